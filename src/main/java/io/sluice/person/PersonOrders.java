package io.sluice.person;

import java.util.List;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.Email;
import io.sluice.store.OrderFilter;
import io.sluice.store.OrderView;
import io.sluice.store.Orders;
import io.smallrye.mutiny.Uni;

/** The orders with an e-mail address. */
@ApplicationScoped
class PersonOrders {
    private static final int PAGE = 200;

    private final Orders orders;

    PersonOrders(Orders orders) {
        this.orders = orders;
    }

    /** @param next the cursor of the next page; null if this is the last */
    record Page(List<OrderView> orders, String next) {}

    /** @param cursor null for the first page */
    Uni<Page> page(Email email, String cursor) {
        // The search finds parts of words, too: "ann@example.org" is in "joann@example.org".
        return orders.page(OrderFilter.of(Set.of(), null, email.normal()), cursor, PAGE)
                .map(page -> new Page(
                        page.items().stream().filter(order -> email.is(order.customer().email())).toList(),
                        page.nextCursor()));
    }
}
