package io.sluice.handle;

import static io.sluice.handle.GateRows.PRINTER;
import static io.sluice.handle.GateRows.batch;
import static io.sluice.handle.GateRows.gate;
import static io.sluice.handle.GateRows.rolledBack;
import static io.sluice.handle.GateRows.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.handle.ArrivalTable.Arrival;
import io.sluice.handle.ArrivalTable.Fate;
import io.sluice.order.FailurePolicy;
import io.sluice.order.OrderState;
import io.sluice.order.OrderStatus;
import io.sluice.order.PrintOrder;
import io.sluice.order.Step;
import io.sluice.testing.SluiceServices;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Three orders of a batch at the printer's gate. A worker has the second, whose turn it is; the others have given way, because
 * the printer was down, and are held.
 */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class ArrivalTableTest {
    private static final int LEASE = 7;
    private static final String HANDLING = "status = 'HANDLING', held_by = null, due_at = now() + interval '1 minute'";

    @Inject
    ArrivalTable arrivals;
    @Inject
    Pool pool;

    @Test
    void partnerThatIsDown_letsNobodyThrough() {
        assertThat(arrival("DOWN", 2, Trial.NONE))
                .isEqualTo(new Seen(Fate.HELD, false, 2, "1 gave way, 2, 3 gave way"));
        assertThat(arrival("PROBING", 2, Trial.NONE))
                .isEqualTo(new Seen(Fate.HELD, false, 2, "1 gave way, 2, 3 gave way"));
    }

    @Test
    void partnerThatIsDown_leavesThoseWaitingThatGaveWay() {
        assertThat(arrival("DOWN", 3, Trial.NONE))
                .isEqualTo(new Seen(Fate.HELD, false, 2, "1 gave way, 2, 3 gave way"));
        assertThat(arrival("DOWN", 3, Trial.NONE,
                "update batch_item set gave_way = false where rank = 3 and batch_id = $1"))
                .isEqualTo(new Seen(Fate.PARKED, false, 2, "1 gave way, 2, 3"));
    }

    @Test
    void orderThatAPartnerIsTriedWith_goesThroughInItsTurn_andAllThatWaitAreBackInLine() {
        assertThat(arrival("PROBING", 1, Trial.IN_SEQUENCE))
                .isEqualTo(new Seen(Fate.THROUGH, false, 1, "1 admitted, 2, 3"));
        assertThat(arrival("PROBING", 2, Trial.IN_SEQUENCE)).isEqualTo(new Seen(Fate.PARKED, false, 1, "1, 2, 3"));
    }

    @Test
    void orderThatAPartnerIsTriedWithBehindAnother_goesThrough_andTheOtherIsLeftBehind() {
        assertThat(arrival("PROBING", 2, Trial.BEHIND_ANOTHER))
                .isEqualTo(new Seen(Fate.THROUGH, false, 2, "1 gave way, 2 admitted, 3"));
    }

    @Test
    void partnerThatIsBack_isGoneToInSequence_whoeverComesFirst() {
        assertThat(arrival("UP", 1, Trial.NONE)).isEqualTo(new Seen(Fate.THROUGH, false, 1, "1 admitted, 2, 3"));
        assertThat(arrival("UP", 2, Trial.NONE)).isEqualTo(new Seen(Fate.PARKED, false, 1, "1, 2, 3"));
        assertThat(arrival("UP", 3, Trial.NONE)).isEqualTo(new Seen(Fate.PARKED, false, 1, "1, 2, 3"));
    }

    /** The second waits on its own account. */
    @Test
    void partnerThatIsBack_isNotKeptForAnOrderThatHasBeenWaitedForLongEnough() {
        assertThat(arrival("UP", 3, Trial.NONE,
                "update order_state set status = 'DELAYED', held_by = null, due_at = now(), "
                        + "delayed_since = now() - interval '1 day' where batch_id = $1 and rank = 2",
                "update batch_item set gave_way = true where batch_id = $1 and rank = 2"))
                .isEqualTo(new Seen(Fate.PARKED, false, 1, "1, 2 gave way, 3"));
    }

    @Test
    void orderIsMarked_whileALaterOneIsInThePrinter() {
        assertThat(
                arrival("UP", 1, Trial.NONE, "update order_state set admitted = true where batch_id = $1 and rank = 2"))
                .isEqualTo(new Seen(Fate.THROUGH, true, 1, "1 late admitted, 2 admitted, 3"));
    }

    @Test
    void mark_isTakenBack_whereTheLaterOneDidNotComeOut() {
        String marked = "update batch_item set late = true where batch_id = $1 and rank = 1";
        assertThat(arrival("UP", 1, Trial.NONE, marked))
                .isEqualTo(new Seen(Fate.THROUGH, false, 1, "1 admitted, 2, 3"));
        assertThat(arrival("UP", 2, Trial.NONE, marked)).isEqualTo(new Seen(Fate.PARKED, false, 1, "1, 2, 3"));
    }

    @Test
    void orderIsMarked_whereALaterOneLeftTheBatchOrWasCancelled_andMayHaveComeOut() {
        String doubt = "update batch_item set doubt_step = 'print-packing-slip' where batch_id = $1 and rank = 3";
        assertThat(arrival("UP", 1, Trial.NONE, doubt))
                .isEqualTo(new Seen(Fate.THROUGH, true, 1, "1 late admitted, 2, 3 in doubt"));
        assertThat(arrival("UP", 1, Trial.NONE, doubt.replace("print-packing-slip", "create-shipment")))
                .as("it was another gate")
                .isEqualTo(new Seen(Fate.THROUGH, false, 1, "1 admitted, 2, 3 in doubt"));
    }

    /** It has ended, or is to end: the order leaves it. */
    @Test
    void batchThatDoesNotRun_letsNobodyThrough() {
        for (String printer : new String[]{"UP", "DOWN"}) {
            assertThat(arrival(printer, 2, Trial.NONE, "update batch set status = 'ABORTED' where id = $1").fate())
                    .isEqualTo(Fate.PARKED);
        }
        assertThat(arrival("UP", 1, Trial.NONE, "update batch set status = 'ABORTED' where id = $1").fate())
                .isEqualTo(Fate.PARKED);
    }

    @Test
    void mark_staysWhereALaterOneHasComeOut_orWhereItStandsForAnEarlierGate() {
        String marked = "update batch_item set late = true where batch_id = $1 and rank = 1";
        assertThat(arrival("UP", 2, Trial.NONE, marked, "update batch_gate set let_through = 2 where batch_id = $1"))
                .isEqualTo(new Seen(Fate.THROUGH, false, 2, "1 gave way late, 2 admitted, 3"));
        assertThat(arrival("UP", 1, Trial.NONE, marked, "update batch_gate set gate = 1 where batch_id = $1",
                "update batch_item set gates_passed = 1 where batch_id = $1"))
                .isEqualTo(new Seen(Fate.THROUGH, true, 1, "1 late admitted, 2, 3"));
    }

    /** What becomes of the order of that rank when a worker comes to the gate with it, and how things stand afterwards. */
    private Seen arrival(String printer, int rank, Trial trial, String... changes) {
        UUID batch = UUID.randomUUID();
        List<UUID> orders = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        return rolledBack(pool, transaction -> {
            Uni<Void> made = run(transaction, "update partner set state = $1, since = now() where name = 'printer'",
                    Tuple.of(printer))
                    .chain(() -> batch(transaction, batch))
                    .chain(() -> gate(transaction, batch, 0, PRINTER, 2, 0));
            for (int i = 1; i <= orders.size(); i++) {
                int at = i;
                made = made.chain(() -> order(transaction, batch, orders.get(at - 1), at));
            }
            made = made
                    .chain(() -> run(transaction,
                            "update batch_item set gave_way = false where batch_id = $1 and rank = 2",
                            Tuple.of(batch)))
                    .chain(() -> run(transaction, "update order_state set " + HANDLING
                            + " where batch_id = $1 and rank = any(array[2, $2])", Tuple.of(batch, rank)));
            for (String change : changes) {
                made = made.chain(() -> run(transaction, change, Tuple.of(batch)));
            }
            return made.chain(() -> arrivals.arrive(transaction, claim(batch, orders.get(rank - 1), rank),
                    Step.PRINT_PACKING_SLIP, trial))
                    .chain(arrival -> seen(transaction, batch, arrival));
        });
    }

    private static Uni<Void> order(SqlClient transaction, UUID batch, UUID id, int rank) {
        return run(transaction,
                """
                        with item as (
                            insert into batch_item (batch_id, position, rank, order_id, gave_way) values ($1, $3, $3, $2, true)
                        )
                        insert into order_state (order_id, placed_at, status, step, version, lease, held_by, delayed_since, batch_id,
                                                 position, rank, updated_at)
                        values ($2, now(), 'DELAYED', 'print-packing-slip', 2, $4, 'printer', now() - interval '1 day', $1,
                                $3, $3, now())
                        """,
                Tuple.of(batch, id, rank, LEASE));
    }

    private static Claim claim(UUID batch, UUID order, int rank) {
        return new Claim(new OrderState(order, OrderStatus.HANDLING, Step.PRINT_PACKING_SLIP, 0, 2, false), LEASE, null,
                new BatchPlace(batch, rank, PrintOrder.AS_LISTED, FailurePolicy.SKIP), false, false, null);
    }

    private static Uni<Seen> seen(SqlClient transaction, UUID batch, Arrival arrival) {
        return transaction
                .preparedQuery(
                        """
                                select (select next_rank from batch_gate where batch_id = $1) as next_rank,
                                       string_agg(i.rank || case when i.gave_way then ' gave way' else '' end
                                                         || case when i.late then ' late' else '' end
                                                         || case when s.admitted then ' admitted' else '' end
                                         || case when i.doubt_step is null then '' else ' in doubt' end,
                                  ', ' order by i.rank) as orders
                                from batch_item i join order_state s on s.order_id = i.order_id where i.batch_id = $1
                                """)
                .execute(Tuple.of(batch))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return new Seen(arrival.fate(), arrival.late(), row.getInteger("next_rank"),
                            row.getString("orders"));
                });
    }

    /** @param orders their ranks, and what is to be said of each */
    private record Seen(Fate fate, boolean late, int next, String orders) {}
}
