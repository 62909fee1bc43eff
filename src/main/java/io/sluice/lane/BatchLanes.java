package io.sluice.lane;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.HandlingPlan;
import io.sluice.order.PartnerKind;
import io.sluice.order.Step;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/** Puts batches in line for the lanes of their ordered steps. */
@ApplicationScoped
public class BatchLanes {
    private final HandlingPlan plan;

    BatchLanes(HandlingPlan plan) {
        this.plan = plan;
    }

    /** Makes the lanes that orders of a batch pass, on these printers; each cursor stands nowhere yet. */
    public Uni<Void> prepare(SqlClient transaction, UUID batch, Collection<String> printers) {
        Tuple rows = Tuple.tuple();
        List<String> names = new ArrayList<>();
        List<String> steps = new ArrayList<>();
        List<String> owners = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (Step step : plan.orderedSteps()) {
            Collection<String> lanes = step.kind() == PartnerKind.PRINTER ? printers : Collections.singletonList(null);
            for (String printer : lanes) {
                names.add(Lane.name(step, printer));
                steps.add(step.wireName());
                owners.add(printer);
                numbers.add(plan.lanesBefore(step));
            }
        }
        return names.isEmpty()
                ? Uni.createFrom().voidItem()
                : transaction
                        .preparedQuery(
                                """
                                        /* lanes of a batch */
                                        with made as (
                                            insert into lane (name, step, printer)
                                            select name, step, printer
                                                from unnest($2::text[], $3::text[], $4::text[]) t(name, step, printer)
                                            order by name on conflict do nothing)
                                        insert into batch_lane (batch_id, lane, lane_no)
                                        select $1, name, lane_no from unnest($2::text[], $5::int[]) t(name, lane_no)
                                            on conflict do nothing
                                        """)
                        .execute(rows.addUUID(batch)
                                .addArrayOfString(names.toArray(String[]::new))
                                .addArrayOfString(steps.toArray(String[]::new))
                                .addArrayOfString(owners.toArray(String[]::new))
                                .addArrayOfInteger(numbers.toArray(Integer[]::new)))
                        .replaceWithVoid();
    }

    /** Puts a batch in line: each cursor stands at the first order that has the lane still before it. */
    public Uni<Void> enter(SqlClient transaction, UUID batch) {
        return transaction.preparedQuery("""
                /* lanes entered */
                update batch_lane c
                set next_rank = (select min(i.rank) from batch_item i
                                 where i.batch_id = $1 and i.lanes_passed <= c.lane_no
                                   and (l.printer is null or i.printer = l.printer))
                from lane l where c.batch_id = $1 and l.name = c.lane
                """).execute(Tuple.of(batch)).replaceWithVoid();
    }
}
