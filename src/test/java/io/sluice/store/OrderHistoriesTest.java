package io.sluice.store;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.sluice.order.OrderStatus;
import io.sluice.testing.Api;
import io.sluice.testing.Partners;
import io.sluice.testing.SluiceServices;

/**
 * Random histories: orders and batches while partners fail, persons cancel, retry, pause and abort, and leases run out.
 * In the end, and every now and then before it, no row breaks a rule that a CHECK cannot express.
 */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
@TestProfile(OrderHistoriesTest.TwoLanes.class)
class OrderHistoriesTest {
    private static final int ROUNDS = 12;
    private static final List<String> PARTNERS = List.of("carrier", "printer", "marketplace");
    /** Its parameter is the channel; its rows are the ids of what breaks the rule. */
    private static final Map<String, String> RULES = new LinkedHashMap<>();

    static {
        RULES.put("an order in a lane has a cursor there", """
                select s.order_id from order_state s where s.channel = ? and s.lane is not null
                  and not exists (select from batch_lane c where c.batch_id = s.batch_id and c.lane = s.lane)
                """);
        RULES.put("a lane is of the order's step and printer", """
                select s.order_id from order_state s join lane l on l.name = s.lane
                     join batch_item i on i.batch_id = s.batch_id and i.rank = s.rank
                where s.channel = ? and (l.step <> s.step or l.printer is not null and l.printer <> i.printer)
                """);
        RULES.put("an order and its place in the batch agree", """
                select s.order_id from order_state s
                where s.channel = ? and s.batch_id is not null
                  and not exists (select from batch_item i
                                  where i.batch_id = s.batch_id and i.order_id = s.order_id and i.position = s.position
                                    and i.rank = s.rank and i.printer is not distinct from s.printer
                                    and i.left_status is null)
                """);
        RULES.put("whoever has not left the batch is in it", """
                select s.order_id from order_state s join batch_item i on i.order_id = s.order_id
                where s.channel = ? and i.left_status is null and s.batch_id is distinct from i.batch_id
                """);
        RULES.put("no order of a finished batch is open", """
                select s.order_id from order_state s join batch b on b.id = s.batch_id
                where s.channel = ? and b.finished_at is not null and s.status in ('QUEUED', 'HANDLING', 'DELAYED')
                """);
        RULES.put("only orders of running batches are parked or stand in a lane for long", """
                select s.order_id from order_state s join batch b on b.id = s.batch_id
                where s.channel = ? and (s.parked or s.lane is not null) and b.finished_at is not null
                """);
        RULES.put("no cursor stands behind a rank that passed", """
                select c.batch_id from batch_lane c
                where c.next_rank <= c.last_rank
                  and c.batch_id in (select batch_id from order_state where channel = ?)
                """);
        RULES.put("no cursor stands at an order that passed, or left",
                """
                        select c.batch_id from batch_lane c join batch_item i on i.batch_id = c.batch_id
                            and i.rank = c.next_rank
                             join order_state s on s.order_id = i.order_id
                        where s.channel = ? and i.lanes_passed > c.lane_no
                        """);
        RULES.put("the highest rank that passed has passed",
                """
                        select c.batch_id from batch_lane c join batch_item i on i.batch_id = c.batch_id
                            and i.rank = c.last_rank
                             join order_state s on s.order_id = i.order_id
                        where s.channel = ? and i.lanes_passed <= c.lane_no
                        """);
        RULES.put("an order in a lane has not passed it", """
                select s.order_id from order_state s join batch_item i on i.batch_id = s.batch_id and i.rank = s.rank
                     join batch_lane c on c.batch_id = s.batch_id and c.lane = s.lane
                where s.channel = ? and i.lanes_passed > c.lane_no
                """);
        RULES.put("a handled order has passed every lane", """
                select s.order_id from order_state s join batch_item i on i.batch_id = s.batch_id and i.rank = s.rank
                where s.channel = ? and s.status = 'HANDLED'
                  and i.lanes_passed < (select count(distinct lane_no) from batch_lane c where c.batch_id = s.batch_id)
                """);
        RULES.put("versions of events ascend from 1 to the order's own, without gaps",
                """
                        select s.order_id from order_state s
                        where s.channel = ? and array(select version from event_log e where e.order_id = s.order_id
                            order by xid, id)
                              <> array(select generate_series(1, s.version))
                        """);
        RULES.put("the last event says what the order's row says",
                """
                        select s.order_id from order_state s join event_log e on e.order_id = s.order_id
                            and e.version = s.version
                        where s.channel = ? and (e.status <> s.status or e.tracking_number is distinct
                            from s.tracking_number
                                                 or e.batch_id <> s.batch_id)
                        """);
        RULES.put("no step is done twice", """
                select e.order_id from event_log e where e.channel = ? and e.outcome = 'SUCCEEDED'
                group by e.order_id, e.step having count(*) > 1
                """);
        RULES.put("a handled order has done every step", """
                select s.order_id from order_state s where s.channel = ? and s.status = 'HANDLED'
                  and (select count(distinct step) from event_log e
                       where e.order_id = s.order_id and e.outcome = 'SUCCEEDED') <> 4
                """);
        RULES.put("an order that can be taken has no batch at work", """
                select s.order_id from order_state s join batch b on b.id = s.batch_id
                where s.channel = ? and s.status = 'RECEIVED'
                """);
    }

    @Inject
    AgroalDataSource database;
    private final String channel = "histories-" + UUID.randomUUID().toString().substring(0, 8);
    private final List<String> orders = new ArrayList<>();
    private final List<String> batches = new ArrayList<>();

    /** Shipments run ahead of the first of two lanes. */
    public static class TwoLanes implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("sluice.handling.steps", "create-shipment,print-packing-slip,send-tracking,mark-shipped",
                    "sluice.handling.ordered-steps", "print-packing-slip,mark-shipped",
                    "sluice.handling.lane-patience", "300ms", "sluice.handling.look-ahead", "5",
                    "sluice.handling.retry-delay", "100ms", "sluice.handling.max-attempts", "4",
                    "sluice.partners.probe-delay", "100ms", "sluice.partners.probe-max-delay", "300ms");
        }
    }

    @AfterEach
    void wellBehavedPartners() {
        Partners.wellBehaved();
        PARTNERS.forEach(partner -> given().post("/api/partners/" + partner + "/resume").then().statusCode(200));
    }

    @Test
    void randomHistories_breakNoRule() {
        long seed = Long.getLong("histories.seed", System.nanoTime());
        Random random = new Random(seed);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                act(random);
                long enough = number("select count(*) from event_log where channel = ?") + 30;
                long deadline = System.nanoTime() + Duration.ofSeconds(3).toNanos();
                // While every partner is down or paused, little happens.
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> open() == 0 || System.nanoTime() > deadline
                                || number("select count(*) from event_log where channel = ?") > enough);
                checkNow();
            }
            wellBehavedPartners();
            await().atMost(Duration.ofMinutes(2)).until(() -> {
                batches.forEach(batch -> given().post("/api/batches/" + batch + "/retry"));
                return open() == 0;
            });
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> strings("select id::text from batch where finished_at is null and id in"
                            + " (select batch_id from order_state where channel = ?)").isEmpty());
            checkNow();
        } catch (AssertionError | RuntimeException broken) {
            throw new AssertionError("With -Dhistories.seed=" + seed + ": " + broken.getMessage(), broken);
        }
    }

    private void act(Random random) {
        for (String partner : PARTNERS) {
            boolean down = random.nextInt(6) == 0;
            Partners.set(partner, Map.of("latencyMs", 0, "failureRate", random.nextInt(3) * 0.2, "lostResponseRate",
                    random.nextInt(3) * 0.1, "down", down));
            if (random.nextInt(8) == 0) {
                given().post("/api/partners/" + partner + "/pause").then().statusCode(200);
            } else {
                given().post("/api/partners/" + partner + "/resume").then().statusCode(200);
            }
        }
        orders.addAll(Api.post(random.nextInt(4), Api.order().channel(channel)));
        List<String> manual = Api.post(3 + random.nextInt(10), Api.order().channel(channel).manual());
        orders.addAll(manual);
        batches.add(Api.batch(manual)
                .printOrder(List.of("as-listed", "reversed", "any").get(random.nextInt(3)))
                .onFailure(List.of("skip", "wait", "stop").get(random.nextInt(3)))
                .create());
        for (int i = random.nextInt(12); i > 0; i--) {
            String order = orders.get(random.nextInt(orders.size()));
            String batch = batches.get(random.nextInt(batches.size()));
            switch (random.nextInt(7)) {
                case 0, 1 -> Api.act(order, "cancel");
                case 2, 3 -> Api.act(order, "retry");
                case 4 -> given().post("/api/batches/" + batch + (random.nextBoolean() ? "/abort" : "/retry"));
                case 5 -> leasesOfOrdersRunOut();
                default -> leasesOfLanesRunOut();
            }
        }
    }

    /**
     * As if their worker had been frozen for long: another claim takes them over, and what it writes later is refused.
     */
    private void leasesOfOrdersRunOut() {
        update("update order_state set due_at = now() where worker is not null and lane is null and channel = ?",
                channel);
    }

    private void leasesOfLanesRunOut() {
        update("update lane set lease_until = now() - interval '1 second' where holder is not null");
    }

    private long open() {
        return number(
                "select count(*) from order_state where channel = ? and (status in ('QUEUED', 'HANDLING', 'DELAYED')"
                        + " or due_at is not null)");
    }

    private void checkNow() {
        RULES.forEach((rule, sql) -> assertThat(strings(sql)).as(rule).isEmpty());
        for (String order : strings("select order_id from order_state where channel = ?")) {
            List<OrderStatus> states = strings("select status from event_log where order_id = '" + order
                    + "' and channel = ? order by version").stream().map(OrderStatus::valueOf).toList();
            for (int i = 1; i < states.size(); i++) {
                OrderStatus from = states.get(i - 1);
                OrderStatus to = states.get(i);
                assertThat(from.mayBecome(to) || from == OrderStatus.CANCELLED && to == from)
                        .as("order %s: %s", order, states)
                        .isTrue();
            }
        }
    }

    private long number(String sql) {
        return Long.parseLong(strings(sql).get(0));
    }

    private List<String> strings(String sql) {
        List<String> values = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, channel);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
        } catch (SQLException broken) {
            throw new IllegalStateException(sql, broken);
        }
        return values;
    }

    private void update(String sql, Object... parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        } catch (SQLException broken) {
            throw new IllegalStateException(sql, broken);
        }
    }
}
