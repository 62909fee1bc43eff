package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.order.OrderStatus;
import io.sluice.order.Step;
import io.sluice.testing.SluiceServices;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;

/**
 * Compares what the database finds with what a loop over all orders finds: 2,000 random orders in a database of their
 * own, and segments and limits so small that every way of searching is taken.
 */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrderFinderTest {
    private static final int ORDERS = 2000;
    private static final int SEGMENT = 150;
    private static final int NEWEST = 40;
    private static final int RARE = 60;
    private static final long SEED = Long.getLong("finder.seed", 4711);
    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
    private static final List<String> CHANNELS = List.of("amazon", "amazon", "amazon", "web's\\shop", "rare");
    private static final List<String> NAMES = List.of("Anna", "Annalisa", "Ben", "Zoë", "José", "Müller", "Schmidt",
            "O’Neill",
            "Straße", "Иванов", "山田", "太郎", "李娜", "김서연", "Ødegård", "Li", "X", "50%", "a_b", "c\\d", "it's", "&",
            "𠮷野");
    private static final List<String> COUNTRIES = List.of("DE", "DE", "DE", "DE", "AT", "FR", "LI");
    private static final List<Step> STEPS = List.of(Step.CREATE_SHIPMENT, Step.CREATE_SHIPMENT, Step.MARK_SHIPPED);
    private static final List<String> CAUSES = List.of("partner-refused", "partner-refused", "partner-down");
    private static final List<String> SKUS = List.of("MUG-350-BL", "MUG-350-WH", "TEA-1", "T", "POT_8%", "kn!fe");

    @Inject
    Vertx vertx;
    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;
    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    private final Random random = new Random(SEED);
    private final List<Stored> orders = new ArrayList<>();
    private final OrderFinder finder = new OrderFinder(NEWEST, RARE);
    private Connection connection;
    private Pool pool;

    /** An order as the test knows it. */
    private record Stored(UUID id, Instant placedAt, String channel, String country, OrderStatus status, Step step,
            String cause, String tracking, String text) {
        boolean matches(OrderFilter filter) {
            return filter.shows(status) && (filter.channel() == null || filter.channel().equals(channel))
                    && (filter.country() == null || filter.country().equals(country))
                    && (filter.step() == null || filter.step() == step)
                    && (filter.cause() == null || step != null && filter.cause().equals(cause))
                    && (filter.placedFrom() == null || !placedAt.isBefore(filter.placedFrom()))
                    && (filter.placedTo() == null || placedAt.isBefore(filter.placedTo()))
                    && (filter.text() == null || !SearchText.words(filter.text()).isEmpty()
                            && SearchText.words(filter.text())
                                    .stream()
                                    .allMatch(word -> SearchText.forms(word).stream().anyMatch(this::has)));
        }

        private boolean has(String form) {
            boolean beginning = form.length() < 3 && form.chars().allMatch(c -> c < 0x80);
            return beginning
                    ? (" " + text).contains(" " + form)
                    : text.contains(form)
                            || form.length() >= 12 && id.toString().replace("-", "").startsWith(form)
                            || tracking != null && SearchText.plain(tracking).replace(" ", "").equals(form);
        }
    }

    @BeforeAll
    void fill() throws Exception {
        try (Connection server = DriverManager.getConnection(url, user, ""); Statement sql = server.createStatement()) {
            sql.execute("drop database if exists finder");
            sql.execute("create database finder");
        }
        String address = url.substring(0, url.lastIndexOf('/')) + "/finder";
        connection = DriverManager.getConnection(address, user, "");
        try (Statement sql = connection.createStatement()) {
            sql.execute(new String(getClass().getResourceAsStream("/db/migration/V1__orders.sql").readAllBytes(),
                    java.nio.charset.StandardCharsets.UTF_8));
        }
        PgConnectOptions options = PgConnectOptions.fromUri(address.substring("jdbc:".length()))
                .setUser(user)
                .setPassword("")
                .setCachePreparedStatements(true);
        pool = Pool.newInstance(PgBuilder.pool()
                .connectingTo(options)
                .with(new PoolOptions().setMaxSize(1))
                .using(vertx.getDelegate())
                .build());
        for (int i = 0; i < ORDERS; i++) {
            orders.add(order(i));
        }
        insert(orders.subList(0, ORDERS * 3 / 4));
        new SearchIndexer(pool).index(ORDERS * 3 / 4, 128, SEGMENT).await().indefinitely();
        insert(orders.subList(ORDERS * 3 / 4, ORDERS));
        try (Statement sql = connection.createStatement()) {
            sql.execute("analyze");
        }
    }

    @AfterAll
    void close() throws SQLException {
        pool.close().await().indefinitely();
        connection.close();
    }

    private Stored order(int number) {
        // Mostly in the sequence of their arrival, many at the same moment, some much older.
        Instant placedAt = NOON.plusSeconds(number / 3 - (random.nextInt(20) == 0 ? random.nextInt(2000) : 0));
        OrderStatus status = random.nextInt(3) > 0
                ? OrderStatus.HANDLED
                : OrderStatus.values()[random.nextInt(OrderStatus.values().length)];
        // The rare channel has no order with the last of the SKUs.
        String channel = pick(CHANNELS);
        Set<String> parts = new LinkedHashSet<>();
        parts.add(channel.charAt(0) + "-" + random.nextInt(100) + "-" + (1_000_000 + number));
        parts.add(pick(NAMES) + " " + pick(NAMES));
        parts.add(pick(NAMES) + random.nextInt(1000) + "@example.com");
        parts.add(channel.equals("rare") ? SKUS.get(0) : pick(SKUS));
        String tracking = status == OrderStatus.HANDLED ? "1Z-" + (500 + random.nextInt(2000)) + " x" : null;
        Step step = status == OrderStatus.HANDLED || status == OrderStatus.CANCELLED && random.nextBoolean()
                ? null
                : status == OrderStatus.CANCELLED ? Step.VOID_SHIPMENT : pick(STEPS);
        return new Stored(new UUID(random.nextLong(), random.nextLong()), placedAt, channel, pick(COUNTRIES), status,
                step, pick(CAUSES), tracking,
                String.join(" ", parts.stream().map(SearchText::plain).toList()));
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private void insert(List<Stored> some) throws SQLException {
        String content = "insert into orders (id, channel, handling, placed_at, received_at, customer_name, country,"
                + " currency, total, item_count, content, content_hash)"
                + " values (?, ?, 'manual', ?, now(), 'x', ?, 'EUR', 1, 1, '{}', '')";
        String state = "insert into order_state (order_id, channel, placed_at, status, step, due_at, reason_code,"
                + " tracking_number, carrier, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, now())";
        String text = "insert into search_queue (order_id, placed_at, channel, country, text) values (?, ?, ?, ?, ?)";
        connection.setAutoCommit(false);
        try (PreparedStatement contents = connection.prepareStatement(content);
                PreparedStatement states = connection.prepareStatement(state);
                PreparedStatement texts = connection.prepareStatement(text)) {
            for (Stored order : some) {
                Object at = order.placedAt().atOffset(ZoneOffset.UTC);
                boolean waits = EnumSet.of(OrderStatus.HANDLING, OrderStatus.DELAYED).contains(order.status());
                add(contents, order.id(), order.channel(), at, order.country());
                add(states, order.id(), order.channel(), at, order.status().name(),
                        order.step() == null ? null : order.step().wireName(), waits ? at : null, order.cause(),
                        order.tracking(), order.tracking() == null ? null : "carrier");
                add(texts, order.id(), at, order.channel(), order.country(), order.text());
            }
            contents.executeBatch();
            states.executeBatch();
            texts.executeBatch();
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    private static void add(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        statement.addBatch();
    }

    @Test
    void everyFilter_findsWhatALoopFinds_pageByPage() {
        int matching = 0;
        for (int i = 0; i < 400; i++) {
            OrderFilter filter = filter();
            List<UUID> expected = orders.stream()
                    .filter(order -> order.matches(filter))
                    .sorted(Comparator.comparing(Stored::placedAt)
                            .thenComparing(order -> order.id().toString())
                            .reversed())
                    .map(Stored::id)
                    .toList();
            matching += expected.isEmpty() ? 0 : 1;
            int limit = 1 + random.nextInt(expected.size() > 100 ? 100 : 20);
            assertThat(all(filter, limit)).as("%s by %d (seed %d)", filter, limit, SEED).isEqualTo(expected);
        }
        assertThat(matching).as("filters that match something").isBetween(200, 390);
    }

    private OrderFilter filter() {
        boolean more = random.nextInt(3) == 0;
        return new OrderFilter(statuses(), random.nextInt(2) == 0 ? null : pick(CHANNELS),
                more && random.nextBoolean() ? null : text(),
                more && random.nextInt(3) == 0 ? pick(STEPS) : null,
                more && random.nextInt(3) == 0 ? pick(CAUSES) : null,
                more && random.nextInt(2) == 0 ? pick(COUNTRIES) : null,
                more && random.nextInt(3) == 0 ? NOON.plusSeconds(random.nextInt(ORDERS / 3)) : null,
                more && random.nextInt(3) == 0 ? NOON.plusSeconds(random.nextInt(ORDERS / 3)) : null);
    }

    private List<UUID> all(OrderFilter filter, int limit) {
        List<UUID> found = new ArrayList<>();
        PageCursor after = null;
        while (true) {
            List<PageCursor> page = finder.find(pool, filter, after, limit).await().indefinitely();
            page.forEach(key -> found.add(key.id()));
            if (page.size() < limit || found.size() > ORDERS) {
                return found;
            }
            after = page.get(limit - 1);
        }
    }

    private Set<OrderStatus> statuses() {
        Set<OrderStatus> statuses = EnumSet.noneOf(OrderStatus.class);
        for (int count = Math.max(0, random.nextInt(5) - 1); count > 0; count--) {
            statuses.add(pick(List.of(OrderStatus.values())));
        }
        return statuses;
    }

    /** One or two words, each a part of an order's text, or one of its numbers, or something else. */
    private String text() {
        Stored order = pick(orders);
        String word = pick(List.of(order.text().split(" ")));
        int[] characters = word.codePoints().toArray();
        int from = random.nextInt(characters.length);
        String part = new String(characters, from, 1 + random.nextInt(characters.length - from));
        return switch (random.nextInt(12)) {
            case 0 -> order.tracking() == null ? "1z999" : order.tracking().toLowerCase(Locale.ROOT).replace(" ", "");
            case 1 -> order.id().toString().toUpperCase(Locale.ROOT);
            case 2 -> order.id().toString().substring(0, 13 + random.nextInt(20));
            case 3 -> pick(NAMES) + " " + part;
            case 4 -> order.id() + " " + word;
            case 5 ->
                pick(List.of("%", "_", "\\", "'", "zzz", "qqqqq", "!", "a_b", "5", "x", "&", "- -", "kn!fe", "𠮷"));
            case 6, 7 -> word;
            case 8 -> null;
            default -> part;
        };
    }

    @Test
    void keysOfNumbers_areWhatASearchMakesOfThem() throws SQLException {
        for (String number : List.of("1Z 999-AA1/01", "JJD_00.03%", "a" + SearchText.IGNORED_ASCII + " B")) {
            try (PreparedStatement key = connection.prepareStatement("select search_key(?)")) {
                key.setString(1, number);
                ResultSet row = key.executeQuery();
                row.next();
                assertThat(row.getString(1)).isEqualTo(SearchText.plain(number).replace(" ", ""));
            }
        }
    }

    @Test
    void pagesWithoutText_readFewRows() throws SQLException {
        PageCursor middle = finder.find(pool, OrderFilter.ALL, null, ORDERS / 2)
                .await()
                .indefinitely()
                .get(ORDERS / 2 - 1);
        for (PageCursor after : new PageCursor[]{null, middle}) {
            for (Set<OrderStatus> statuses : List.of(Set.<OrderStatus>of(), Set.of(OrderStatus.FAILED),
                    Set.of(OrderStatus.HANDLED, OrderStatus.FAILED))) {
                for (String channel : new String[]{null, "amazon", "rare", "none"}) {
                    long before = rowsRead();
                    finder.find(pool, OrderFilter.of(statuses, channel, null), after, 5).await().indefinitely();
                    assertThat(rowsRead() - before).as("%s %s after %s", statuses, channel, after)

                            .isLessThanOrEqualTo(20L * Math.max(1, statuses.size()));
                }
            }
        }
    }

    /** By all scans of tables and indexes, without those that are made in memory. */
    private long rowsRead() throws SQLException {
        pool.query("set enable_seqscan = off").execute().await().indefinitely();
        pool.query("select pg_stat_force_next_flush()").execute().await().indefinitely();
        try (Statement sql = connection.createStatement();
                ResultSet read = sql.executeQuery("select pg_stat_clear_snapshot(), (select sum(seq_tup_read)"
                        + " from pg_stat_user_tables) + (select sum(idx_tup_read) from pg_stat_user_indexes)")) {
            read.next();
            return read.getLong(2);
        }
    }
}
