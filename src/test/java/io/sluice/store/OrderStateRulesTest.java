package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testing.SluiceServices;

/** The database as the referee: rows that it refuses, columns that it clears, and events that it writes. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class OrderStateRulesTest {
    private static final String ID = "'00000000-0000-0000-0000-000000000001'";
    private static final String IN_A_BATCH = "batch_id=gen_random_uuid(), position=1, rank=1";
    private static final String DELAYED = "status='DELAYED', reason_code='r', ";

    @Inject
    AgroalDataSource database;
    private Connection connection;

    @BeforeEach
    void begin() throws SQLException {
        connection = database.getConnection();
        connection.setAutoCommit(false);
    }

    /** Nothing stays. */
    @AfterEach
    void rollBack() throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
        connection.close();
    }

    /** A row that breaks one rule: what it has beyond a row that the table takes. */
    record Broken(String table, String constraint, String columns) {
        @Override
        public String toString() {
            return constraint + ": " + columns;
        }
    }

    private static Broken order(String constraint, String columns) {
        return new Broken("order_state", constraint, columns);
    }

    static List<Broken> brokenRows() {
        return List.of(order("known_status", "status='LOST'"),
                order("known_step", "step='wrap-it'"),
                order("known_outcome", "last_outcome='MAYBE'"),
                order("open_order_has_a_step", "step=null"),
                order("handled_order_has_no_step", "status='HANDLED'"),
                order("only_shipments_are_undone", "step='void-shipment'"),
                order("resting_order_waits_for_nothing", "due_at=now()"),
                order("worker_has_a_lease", DELAYED + "worker='w', due_at=now()"),
                order("queued_order_has_no_worker", "status='QUEUED', due_at=now()"),
                order("handling_is_work_or_a_lane", "status='HANDLING'"),
                order("nothing_is_due_in_a_lane", "status='HANDLING', lane='l', due_at=now(), " + IN_A_BATCH),
                order("nothing_is_due_in_a_lane", "status='HANDLING', lane='l', worker='w', " + IN_A_BATCH),
                order("delayed_until", DELAYED + "due_at=null"),
                order("delayed_until", DELAYED + "due_at=now(), held_by='printer'"),
                order("held_order_is_delayed", "status='HANDLING', lane='l', held_by='printer', " + IN_A_BATCH),
                order("held_order_is_delayed", "status='CANCELLED', step=null, held_by='printer'"),
                order("delay_has_a_reason", "status='FAILED'"),
                order("delay_has_a_reason", "status='DELAYED', due_at=now()"),
                order("parked_order_is_queued", "status='HANDLING', due_at=now(), parked=true, " + IN_A_BATCH),
                order("parked_order_is_queued", "status='QUEUED', lane='l', parked=true, " + IN_A_BATCH),
                order("lane_is_for_open_orders", "status='CANCELLED', lane='l', " + IN_A_BATCH),
                order("place_in_a_batch", "position=1"),
                order("place_in_a_batch", "batch_id=gen_random_uuid(), rank=1"),
                order("lane_is_for_batches", "status='QUEUED', lane='l'"),
                order("lane_is_for_batches", "status='QUEUED', parked=true"),
                order("shipment_is_whole", "carrier='c'"),
                order("shipment_is_whole", "tracking_number='t'"),
                order("counts_are_positive", "attempts=-1"), order("counts_are_positive", "version=0"),
                order("counts_are_positive", "lease=-1"),
                order("counts_are_positive", "batch_id=gen_random_uuid(), position=0, rank=0"),
                new Broken("batch_item", "rank_is_a_position", "rank=2"),
                new Broken("batch_item", "batch_item_position_check", "position=0, rank=0"),
                new Broken("batch_item", "batch_item_lanes_passed_check", "lanes_passed=-1"),
                new Broken("batch_item", "batch_item_before_status_check", "before_status='HANDLED'"),
                new Broken("lane", "holder_has_a_lease", "holder='w'"),
                new Broken("lane", "holder_has_a_lease", "lease_until=now()"),
                new Broken("lane", "batch_needs_a_holder", "batch_id=gen_random_uuid()"),
                new Broken("partner", "partner_kind_check", "kind='warehouse'"),
                new Broken("partner", "partner_state_check", "state='ASLEEP'"),
                new Broken("partner", "probe_while_down", "state='DOWN'"),
                new Broken("partner", "probe_while_down", "next_probe_at=now()"),
                new Broken("partner", "probe_order_while_probing",
                        "state='DOWN', next_probe_at=now(), probe_order=gen_random_uuid()"),
                new Broken("partner", "reason_while_paused", "pause_reason='r'"),
                new Broken("partner", "was_down_while_paused", "was_down=true"),
                new Broken("import", "import_failures_check", "failures=-1"),
                new Broken("import", "import_created_check", "created=-1"),
                new Broken("import", "import_known_check", "known=-1"),
                new Broken("import", "import_cancelled_check", "cancelled=-1"),
                new Broken("import", "import_problems_check", "problems=-1"),
                new Broken("import", "import_ends_after_it_began", "finished_at=now()"),
                new Broken("import", "only_ended_imports_fail", "started_at=now(), error='e'"),
                new Broken("import_problem", "only_orders_with_a_number_are_fetched_again", "retry_at=now()"),
                new Broken("audit", "audit_action_check", "action='order.'"),
                new Broken("audit", "audit_action_check", "action='dance.retry'"),
                new Broken("audit", "audit_actor_kind_check", "actor_kind='cat'"),
                new Broken("audit", "corrections_name_fields", "action='order.correct'"),
                new Broken("audit", "corrections_name_fields", "fields='{note}'"),
                new Broken("audit", "no_values_of_persons", "action='order.erase', before='{}'"));
    }

    /** Rows that the tables take. */
    private static Map<String, String> valid(String table) {
        return columns(switch (table) {
            case "order_state" -> "order_id=" + ID + ", channel='c', placed_at=now(), status='RECEIVED',"
                    + " step='print-packing-slip', updated_at=now()";
            case "batch_item" -> "batch_id=" + ID + ", position=1, rank=1, order_id=" + ID
                    + ", before_status='RECEIVED'";
            case "lane" -> "name='a-lane', step='print-packing-slip'";
            case "partner" -> "name='a-partner', kind='printer'";
            case "import" -> "marketplace='a-marketplace'";
            case "import_problem" -> "marketplace='a-marketplace', key='k', errors='[]'";
            case "audit" -> "actor='a', actor_kind='user', action='order.retry', subject=" + ID;
            default -> throw new IllegalArgumentException(table);
        });
    }

    private static Map<String, String> columns(String list) {
        return Stream.of(list.split(", *"))
                .map(one -> one.split("=", 2))
                .collect(Collectors.toMap(one -> one[0], one -> one[1], (a, b) -> b, LinkedHashMap::new));
    }

    private void insert(String table, String columns) throws SQLException {
        Map<String, String> row = new TreeMap<>(valid(table));
        if (!columns.isEmpty()) {
            row.putAll(columns(columns));
        }
        execute("insert into " + table + " (" + String.join(", ", row.keySet()) + ") values ("
                + String.join(", ", row.values()) + ")");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> strings(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    @ParameterizedTest
    @MethodSource("brokenRows")
    void rowThatBreaksARule_isRefused(Broken row) {
        PSQLException refused = catchThrowableOfType(PSQLException.class, () -> insert(row.table(), row.columns()));
        assertThat((Throwable) refused).as("the refusal").isNotNull();
        assertThat(refused.getServerErrorMessage().getConstraint()).isEqualTo(row.constraint());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "status='QUEUED'", "status='HANDLING', worker='w', due_at=now()",
            "status='HANDLING', lane='l', batch_id=gen_random_uuid(), position=2, rank=-2",
            "status='QUEUED', parked=true, batch_id=gen_random_uuid(), position=2, rank=-2",
            "status='DELAYED', reason_code='r', due_at=now()", "status='DELAYED', reason_code='r', held_by='printer'",
            "status='FAILED', reason_code='r'", "status='HANDLED', step=null", "status='CANCELLED', step=null",
            "status='CANCELLED', step='void-shipment', held_by='carrier'",
            "status='CANCELLED', step='void-shipment', worker='w', due_at=now()"})
    void everyState_isTaken(String columns) throws SQLException {
        insert("order_state", columns);
    }

    @Test
    void everyRule_isBrokenAbove() throws SQLException {
        assertThat(brokenRows().stream().map(Broken::constraint).distinct().toList())
                .containsExactlyInAnyOrderElementsOf(
                        strings("""
                                select conname from pg_constraint
                                where contype = 'c' and conrelid::regclass::text in ('order_state', 'batch_item',
                                    'lane', 'partner', 'import', 'import_problem', 'audit')
                                """));
    }

    /** An order that has as much as one that is being handled can have. */
    private void insertBusyOrder() throws SQLException {
        insert("order_state", "status='HANDLING', worker='w', due_at=now(), lane='l', attempts=2, lease=7,"
                + " outcome_unknown=true, cancel_requested_by='Ada', delayed_since=now(), failing_since=now(),"
                + " queued_at=now(), reason_code='r', reason_detail='d', actor='w', last_step='print-packing-slip',"
                + " last_attempt=2, last_outcome='FAILED', last_http_status=500, last_started_at=now(),"
                + " last_finished_at=now(), " + IN_A_BATCH);
    }

    private void change(String columns) throws SQLException {
        execute("update order_state set version = version + 1, " + columns + " where order_id = " + ID);
    }

    /** Those of the columns that hold something: neither null, nor false, nor zero. */
    private List<String> full(String... columns) throws SQLException {
        String each = Stream.of(columns)
                .map(column -> "('" + column + "', " + column + "::text)")
                .collect(Collectors.joining(", "));
        return strings("select t.name from order_state s cross join lateral (values " + each
                + ") t(name, value) where s.order_id = " + ID + " and t.value not in ('f', 'false', '0')");
    }

    private static final String[] LAST = {"last_step", "last_attempt", "last_outcome", "last_http_status",
            "last_started_at", "last_finished_at"};

    @ParameterizedTest
    @ValueSource(strings = {"RECEIVED", "HANDLED", "FAILED"})
    void restingOrder_waitsForNothing(String status) throws SQLException {
        insertBusyOrder();
        change("status='" + status + "', parked=true, held_by='printer'");
        assertThat(full("worker", "due_at", "held_by", "lane", "parked", "queued_at", "cancel_requested_by",
                "delayed_since", "failing_since")).isEmpty();
    }

    @Test
    void handledOrder_hasNoStep_noAttempts_andNoDoubt() throws SQLException {
        insertBusyOrder();
        change("status='HANDLED'");
        assertThat(full("step", "attempts", "outcome_unknown")).isEmpty();
    }

    @Test
    void queuedOrder_beginsAnew() throws SQLException {
        insertBusyOrder();
        change("status='QUEUED', held_by='printer'");
        assertThat(full("worker", "due_at", "held_by", "attempts", "cancel_requested_by", "delayed_since",
                "failing_since", "reason_code", "reason_detail")).isEmpty();
        assertThat(full("lane", "queued_at", "outcome_unknown", "step")).hasSize(4);
    }

    @Test
    void delayedOrder_hasNoWorker_andKeepsSinceWhen() throws SQLException {
        insertBusyOrder();
        change("status='DELAYED'");
        assertThat(full("worker", "cancel_requested_by", "parked")).isEmpty();
        assertThat(full("due_at", "lane", "delayed_since", "failing_since", "attempts", "reason_code")).hasSize(6);
    }

    @Test
    void cancelledOrder_standsInNoLane_andMayHaveAWorker() throws SQLException {
        insertBusyOrder();
        change("status='CANCELLED', step='void-shipment'");
        assertThat(full("lane", "parked", "cancel_requested_by", "delayed_since", "failing_since")).isEmpty();
        assertThat(full("worker", "due_at")).hasSize(2);
    }

    @Test
    void handledStep_takesItsDelayWithIt() throws SQLException {
        insertBusyOrder();
        change("step='create-shipment', parked=true, held_by='carrier'");
        assertThat(full("delayed_since", "failing_since", "parked", "held_by")).isEmpty();
        assertThat(full("cancel_requested_by", "worker")).hasSize(2);
    }

    @Test
    void changeThatIsNoAttempt_tellsOfNone() throws SQLException {
        insertBusyOrder();
        change("lease=8");
        assertThat(full(LAST)).isEmpty();
        assertThat(full("reason_code", "reason_detail")).isEmpty();
    }

    @Test
    void changeThatIsAnAttempt_tellsOfIt() throws SQLException {
        insertBusyOrder();
        change("last_finished_at=now() + interval '1 second'");
        assertThat(full(LAST)).hasSize(LAST.length);
        assertThat(full("reason_code", "reason_detail")).hasSize(2);
    }

    @Test
    void failedOrder_keepsItsReason() throws SQLException {
        insertBusyOrder();
        change("status='FAILED'");
        assertThat(full("reason_code", "reason_detail", "step", "attempts")).hasSize(4);
    }

    @Test
    void changeWithoutAVersion_clearsAndTellsNothing() throws SQLException {
        insertBusyOrder();
        execute("update order_state set due_at = now() + interval '1 second' where order_id = " + ID);
        assertThat(full(LAST)).hasSize(LAST.length);
        assertThat(versions()).containsExactly("1");
    }

    @Test
    void everyVersion_hasOneEvent() throws SQLException {
        insert("order_state", "");
        change("status='QUEUED'");
        change("status='HANDLING', worker='w', due_at=now()");
        change("status='DELAYED', held_by='printer', due_at=null, reason_code='partner-down', last_step=step,"
                + " last_outcome='UNKNOWN', last_finished_at=now()");
        change("status='CANCELLED', held_by=null, step=null");
        assertThat(versions()).containsExactly("1", "2", "3", "4", "5");
        assertThat(strings("select concat_ws(' ', status, step, outcome, reason_code) from event_log where order_id = "
                + ID + " order by id")).containsExactly("RECEIVED", "QUEUED", "HANDLING print-packing-slip",
                        "DELAYED print-packing-slip UNKNOWN partner-down", "CANCELLED");
    }

    @Test
    void orderThatLeavesItsBatch_tellsOfThatBatch() throws SQLException {
        insertBusyOrder();
        change("status='RECEIVED', batch_id=null, position=null, rank=null");
        assertThat(strings("select position from event_log where order_id = " + ID + " and version = 2"))
                .containsExactly("1");
    }

    private List<String> versions() throws SQLException {
        return strings("select version from event_log where order_id = " + ID + " order by id");
    }
}
