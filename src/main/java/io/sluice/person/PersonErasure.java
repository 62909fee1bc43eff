package io.sluice.person;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.audit.Requester;
import io.sluice.http.ProblemException;
import io.sluice.operator.OrderErasure;
import io.sluice.order.Email;
import io.sluice.store.OrderView;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Erases a person from all orders that have ended. Each order is a transaction of its own. An order that is erased is
 * not found again, so a run that was interrupted is repeated from the beginning.
 */
@ApplicationScoped
public class PersonErasure {
    /** A request erases about as many orders; few people have more. */
    private static final int ENOUGH = 1000;

    private final PersonOrders orders;
    private final PersonTable table;
    private final OrderErasure erasure;

    PersonErasure(PersonOrders orders, PersonTable table, OrderErasure erasure) {
        this.orders = orders;
        this.table = table;
        this.erasure = erasure;
    }

    public Uni<ErasedPerson> erase(Email email, Requester by) {
        Run run = new Run(email, by);
        // It is recorded first: archives are then rewritten even if this process ends in the middle.
        return table.record(email, by)
                .chain(() -> run.forgetFetched(0))
                .chain(() -> run.eraseOrders(null))
                .map(more -> new ErasedPerson(run.erased, run.underway, run.fetched, more));
    }

    private final class Run {
        private final Email email;
        private final Requester by;
        private final List<UUID> erased = new ArrayList<>();
        private final List<UUID> underway = new ArrayList<>();
        private int fetched;

        Run(Email email, Requester by) {
            this.email = email;
            this.by = by;
        }

        /** Emits whether there may be more. */
        Uni<Boolean> eraseOrders(String cursor) {
            return orders.page(email, cursor)
                    .chain(page -> Multi.createFrom()
                            .iterable(page.orders())
                            .onItem()
                            .transformToUniAndConcatenate(this::erase)
                            .collect()
                            .last()
                            .chain(() -> page.next() == null || erased.size() >= ENOUGH
                                    ? Uni.createFrom().item(page.next() != null)
                                    : eraseOrders(page.next())));
        }

        private Uni<Boolean> erase(OrderView order) {
            if (!order.status().ended()) {
                underway.add(order.id());
                return Uni.createFrom().item(false);
            }
            return erasure.erase(order.id(), by)
                    .invoke(known -> {
                        if (known) {
                            erased.add(order.id());
                        }
                    })
                    // Its shipment is still being undone.
                    .onFailure(ProblemException.class)
                    .recoverWithItem(() -> {
                        underway.add(order.id());
                        return false;
                    });
        }

        Uni<Void> forgetFetched(long after) {
            return table.fetched(email, after).chain(page -> table.forget(page.found()).chain(() -> {
                fetched += page.found().size();
                return page.last() == null ? Uni.createFrom().voidItem() : forgetFetched(page.last());
            }));
        }
    }
}
