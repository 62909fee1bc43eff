package io.sluice.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.sluice.order.OrderStatus;
import io.sluice.order.Step;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;

/**
 * Times pages of the table in databases that were filled by {@code src/bench/size/fill.sql}, for each combination of
 * statuses, channel and text, from the first row and from the 100,000th. Runs only on request; see
 * {@code docs/benchmarks.md}.
 */
class SizeBenchmark {
    private static final int PAGE = 51;
    private static final int RUNS = Integer.getInteger("size.runs", 5);
    private static final List<Set<OrderStatus>> STATUSES = List.of(Set.of(), Set.of(OrderStatus.FAILED),
            Set.of(OrderStatus.RECEIVED), Set.of(OrderStatus.HANDLED), Set.of(OrderStatus.CANCELLED),
            Set.of(OrderStatus.HANDLED, OrderStatus.FAILED), Set.of(OrderStatus.RECEIVED, OrderStatus.FAILED),
            EnumSet.complementOf(EnumSet.of(OrderStatus.HANDLED)));
    private static final List<String> CHANNELS = Collections.unmodifiableList(
            java.util.Arrays.asList(null, "amazon", "etsy", "faire", "nothing"));

    @Test
    void pages() throws Exception {
        for (String uri : System.getProperty("size.databases").split(",")) {
            PgConnectOptions options = PgConnectOptions.fromUri(uri).setCachePreparedStatements(true);
            Pool pool = Pool.newInstance(PgBuilder.pool()
                    .connectingTo(options)
                    .with(new PoolOptions().setMaxSize(1))
                    .using(Vertx.vertx().getDelegate())
                    .build());
            measure(pool, uri.substring(uri.lastIndexOf('/') + 1));
            pool.close().await().indefinitely();
        }
    }

    private static void measure(Pool pool, String name) throws IOException {
        long pid = number(pool, "select pg_backend_pid()");
        PageCursor deep = key(pool,
                "select placed_at, id from orders order by placed_at desc, id desc offset 100000 limit 1");
        OrderFinder finder = new OrderFinder();
        System.out.printf("%s | pages | database CPU ms: median | p99 | most | wall ms: median | p99 | most |"
                + " slowest of all (CPU)%n", name);
        for (Map.Entry<String, OrderFilter> asked : filters(pool).entrySet()) {
            List<Double> cpu = new ArrayList<>();
            List<Double> wall = new ArrayList<>();
            String slowest = "";
            for (PageCursor after : deep == null ? new PageCursor[]{null} : new PageCursor[]{null, deep}) {
                for (Set<OrderStatus> statuses : STATUSES) {
                    for (String channel : CHANNELS) {
                        OrderFilter filter = with(asked.getValue(), statuses, channel);
                        finder.find(pool, filter, after, PAGE).await().indefinitely();
                        for (int i = 0; i < RUNS; i++) {
                            long begun = System.nanoTime();
                            long used = cpuNanos(pid);
                            finder.find(pool, filter, after, PAGE).await().indefinitely();
                            cpu.add((cpuNanos(pid) - used) / 1e6);
                            wall.add((System.nanoTime() - begun) / 1e6);
                            if (Collections.max(cpu).equals(cpu.get(cpu.size() - 1))) {
                                slowest = statuses + " " + channel + (after == null ? "" : " at 100,000");
                            }
                        }
                    }
                }
            }
            System.out.printf("%s | %s | %s | %s | %s%n", name, asked.getKey(), figures(cpu), figures(wall), slowest);
        }
    }

    private static OrderFilter with(OrderFilter more, Set<OrderStatus> statuses, String channel) {
        return new OrderFilter(statuses, channel, more.text(), more.step(), more.cause(), more.country(),
                more.placedFrom(), more.placedTo());
    }

    private static Map<String, OrderFilter> filters(Pool pool) {
        Map<String, OrderFilter> filters = new LinkedHashMap<>();
        filters.put("step", new OrderFilter(Set.of(), null, null, Step.CREATE_SHIPMENT, null, null, null, null));
        filters.put("step of none", new OrderFilter(Set.of(), null, null, Step.MARK_SHIPPED, null, null, null, null));
        filters.put("reason", new OrderFilter(Set.of(), null, null, null, "REFUSED", null, null, null));
        filters.put("country of many", new OrderFilter(Set.of(), null, null, null, null, "DE", null, null));
        filters.put("country of few", new OrderFilter(Set.of(), null, null, null, null, "AT", null, null));
        filters.put("country of none", new OrderFilter(Set.of(), null, null, null, null, "LI", null, null));
        filters.put("country and name", new OrderFilter(Set.of(), null, "Anna", null, null, "AT", null, null));
        texts(pool).forEach((name, text) -> filters.put(name, OrderFilter.of(Set.of(), null, text)));
        return filters;
    }

    /** Common and rare texts of the database, and some that it does not have. */
    private static Map<String, String> texts(Pool pool) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("no text", null);
        texts.put("order number, exact", text(pool, "split_part(text, ' ', 1)"));
        texts.put("part of an order number", text(pool, "substr(split_part(text, ' ', 1), 3, 8)"));
        texts.put("tracking number",
                text(pool, "(select tracking_number from order_state s where s.order_id = o.order_id)"));
        texts.put("id", text(pool, "order_id::text"));
        texts.put("e-mail, exact", text(pool, "split_part(text, ' ', 4)"));
        texts.put("beginning of an e-mail", text(pool, "substr(split_part(text, ' ', 4), 1, 9)"));
        texts.put("SKU of many", "MUG-00000-BL");
        texts.put("SKU of few", "MUG-21000-BL");
        texts.put("common name", "Anna");
        texts.put("part of a name", "chmid");
        texts.put("rare name", "Παπαδόπουλος");
        texts.put("Han, one character", "娜");
        texts.put("two names", "Katharina Schmidt");
        texts.put("two letters", "xe");
        texts.put("three letters", "xen");
        texts.put("nothing like it", "qqqzzz");
        texts.put("nothing, common parts", "annalisabeth");
        texts.put("per cent sign", "100%");
        return texts;
    }

    private static String text(Pool pool, String expression) {
        return pool.query("select " + expression + " from order_search o where exists (select from order_state s"
                + " where s.order_id = o.order_id and s.tracking_number is not null) and channel = 'amazon' and text ~ '^[ -~]*$'"
                + " order by placed_at limit 1 offset 1000")
                .execute()
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getString(0);
    }

    private static long number(Pool pool, String sql) {
        return pool.query(sql).execute().await().indefinitely().iterator().next().getInteger(0);
    }

    private static PageCursor key(Pool pool, String sql) {
        for (Row row : pool.query(sql).execute().await().indefinitely()) {
            return new PageCursor(row.getOffsetDateTime(0).toInstant(), row.getUUID(1));
        }
        return null;
    }

    /** What the server process has used, from Linux; the clock of the wall also has what other processes used. */
    private static long cpuNanos(long pid) throws IOException {
        return Long.parseLong(Files.readString(Path.of("/proc/" + pid + "/schedstat")).split(" ")[0]);
    }

    private static String figures(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return "%.1f | %.1f | %.1f".formatted(sorted.get(sorted.size() / 2), sorted.get(sorted.size() * 99 / 100),
                sorted.get(sorted.size() - 1));
    }
}
