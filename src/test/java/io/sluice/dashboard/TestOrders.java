package io.sluice.dashboard;

import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import com.github.f4b6a3.uuid.UuidCreator;

import io.agroal.api.AgroalDataSource;
import io.sluice.order.Address;
import io.sluice.order.Customer;
import io.sluice.order.Handling;
import io.sluice.order.OrderDraft;
import io.sluice.order.OrderLine;
import io.sluice.order.OrderStatus;
import io.sluice.order.Outcome;
import io.sluice.order.Step;
import io.sluice.store.OrderContent;
import io.sluice.store.SearchText;

/** Writes orders of any status to the tables, and changes them as a worker does: state and event together. */
@ApplicationScoped
public class TestOrders {
    /** SQLSTATE deadlock_detected. */
    private static final String DEADLOCK = "40P01";
    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    /** No worker takes the orders of these tests. */
    private static final String DUE = "case when ? in ('HANDLING', 'DELAYED') then timestamptz '2100-01-01' end";
    private static final String ATTEMPT = "last_step = ?, last_attempt = ?, last_outcome = ?, last_http_status = ?,"
            + " actor = 'worker-1', last_started_at = clock_timestamp() - interval '512 ms',"
            + " last_finished_at = clock_timestamp()";

    private final AgroalDataSource database;

    TestOrders(AgroalDataSource database) {
        this.database = database;
    }

    /** Empties the tables. Retries on a deadlock with work left over from the previous test. */
    void clear() {
        await().atMost(Duration.ofMinutes(1)).until(this::truncated);
        run("update partner set state = 'UP', next_probe_at = null, probe_order = null, pause_reason = null,"
                + " was_down = false where state <> 'UP'");
    }

    private boolean truncated() {
        try {
            run("truncate orders, order_state, event_log, outbox, batch, batch_item, lane,"
                    + " batch_lane, search_queue, order_search");
            return true;
        } catch (IllegalStateException broken) {
            if (broken.getCause() instanceof SQLException cause && DEADLOCK.equals(cause.getSQLState())) {
                return false;
            }
            throw broken;
        }
    }

    /** Marks the partner as down since noon, with no further probe. */
    void down(String partner) {
        run("update partner set state = 'DOWN', since = ?, next_probe_at = '2100-01-01T00:00Z' where name = ?",
                NOON, partner);
        run("insert into event_log (kind, data, at) values ('partner', '{}', now())");
    }

    /** Holds the order for the step's partner. */
    void hold(UUID id, Step step) {
        String partner = step.kind().wireName();
        stop(id, OrderStatus.DELAYED, step, 1, Outcome.DELAYED,
                "The " + partner + " is down; the order goes on when it works again.", null);
        run("update order_state set held_by = ?, due_at = null, reason_code = 'partner-down' where order_id = ?",
                partner, id);
    }

    /** An ordinary order, {@code minutes} before noon. */
    static OrderDraft draft(String externalId, int minutes) {
        return draft(externalId, minutes, "Ada Lovelace", "EUR", "12.50", "DE");
    }

    static OrderDraft draft(String externalId, int minutes, String customer, String currency, String price,
            String country) {
        return new OrderDraft("webshop", externalId, Handling.MANUAL, NOON.minus(Duration.ofMinutes(minutes)),
                new Customer(customer, "customer@example.com"),
                new Address(customer, "1 Mill Lane", "Millbrook", "12345", country), Currency.getInstance(currency),
                List.of(new OrderLine("MUG-350", "Enamel mug", 2, new BigDecimal(price))));
    }

    UUID add(OrderDraft draft, OrderStatus status) {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        run("insert into orders values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')", id, draft.channel(),
                draft.externalId(), draft.handling().wireName(), draft.placedAt(), Instant.now(),
                draft.customer().name(), draft.shipTo().country(), draft.currency().getCurrencyCode(), draft.total(),
                draft.itemCount(), OrderContent.of(draft).toJson());
        run("insert into search_queue values (?, ?, ?, ?, ?)", id, draft.placedAt(), draft.channel(),
                draft.shipTo().country(),
                SearchText.of(draft, id));
        run("insert into order_state (order_id, channel, placed_at, status, step, due_at, reason_code, updated_at)"
                + " values (?, ?, ?, ?, ?, " + DUE + ", ?, now())", id, draft.channel(), draft.placedAt(),
                status.name(),
                status == OrderStatus.HANDLED ? null : Step.PRINT_PACKING_SLIP.wireName(), status.name(),
                status == OrderStatus.DELAYED || status == OrderStatus.FAILED ? "partner-refused" : null);
        return id;
    }

    /** Changes the status without an attempt. */
    void become(UUID id, OrderStatus status, Step step) {
        run("update order_state set status = ?, step = coalesce(?, step), version = version + 1, worker = null,"
                + " due_at = " + DUE + " where order_id = ?", status.name(), step == null ? null : step.wireName(),
                status.name(), id);
    }

    /** Changes the status after an attempt that did not succeed, and ends a hold. */
    void stop(UUID id, OrderStatus status, Step step, int attempt, Outcome outcome, String reason, Integer http) {
        run("update order_state set status = ?, step = ?, version = version + 1, reason_code = 'partner-refused',"
                + " reason_detail = ?, held_by = null, due_at = " + DUE + ", " + ATTEMPT + " where order_id = ?",
                status.name(),
                step.wireName(), reason, status.name(), step.wireName(), attempt, outcome.name(), http, id);
    }

    /** Records {@code step} as successful at the first attempt. Continues with {@code next}, or ends if it is null. */
    void done(UUID id, Step step, Step next) {
        String status = next == null ? "HANDLED" : "HANDLING";
        run("update order_state set status = ?, step = ?, version = version + 1, due_at = " + DUE + ", " + ATTEMPT
                + " where order_id = ?", status, next == null ? null : next.wireName(), status, step.wireName(), 1,
                Outcome.SUCCEEDED.name(), null, id);
        if (step == Step.CREATE_SHIPMENT) {
            run("update order_state set tracking_number = ?, carrier = 'Simulated Parcel' where order_id = ?",
                    "SP" + (10_000_000 + Math.abs(id.hashCode()) % 90_000_000), id);
        }
    }

    /** Creates a running batch that no worker handles, and its event. */
    UUID batch(List<UUID> ids) {
        UUID batch = UuidCreator.getTimeOrderedEpoch();
        run("insert into batch (id, print_order, on_failure, total, rejected, created_at, started_by, per_second)"
                + " values (?, 'as-listed', 'skip', ?, '[]', now() - interval '2 minutes', 'Mary', 0.4)", batch,
                ids.size());
        for (int i = 0; i < ids.size(); i++) {
            run("insert into batch_item (batch_id, position, rank, order_id, printer, before_status)"
                    + " values (?, ?, ?, ?, 'printer', 'RECEIVED')", batch, i + 1, i + 1, ids.get(i));
            run("update order_state set batch_id = ?, position = ?, rank = ? where order_id = ?", batch, i + 1, i + 1,
                    ids.get(i));
        }
        run("insert into event_log (kind, batch_id, data, at) values ('batch', ?, '{}', now())", batch);
        return batch;
    }

    /** Sets the status of every order at once. */
    void all(OrderStatus status) {
        run("update order_state set status = ?, step = coalesce(step, 'mark-shipped'), version = version + 1, worker = null,"
                + " due_at = " + DUE, status.name(), status.name());
    }

    private void run(String sql, Object... parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                Object value = parameters[i] instanceof Instant at ? Timestamp.from(at) : parameters[i];
                statement.setObject(i + 1, value);
            }
            statement.execute();
        } catch (SQLException broken) {
            throw new IllegalStateException(sql, broken);
        }
    }
}
