package io.sluice.person;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.accept.Formats;
import io.sluice.order.Email;
import io.smallrye.mutiny.Uni;

/** How much is stored about a person. */
@ApplicationScoped
public class PersonLookup {
    private final PersonOrders orders;
    private final PersonTable table;

    PersonLookup(PersonOrders orders, PersonTable table) {
        this.orders = orders;
        this.table = table;
    }

    /**
     * How many orders there are.
     *
     * @param ended    orders that can be erased
     * @param underway orders that have not ended
     * @param fetched  orders that were fetched from a marketplace and not accepted
     */
    public record Found(int ended, int underway, int fetched) {
        public static final Found NOTHING = new Found(0, 0, 0);

        private Found plus(PersonOrders.Page page) {
            int erasable = (int) page.orders().stream().filter(order -> order.status().ended()).count();
            return new Found(ended + erasable, underway + page.orders().size() - erasable, fetched);
        }

        private Found plus(PersonTable.FetchedOrders page) {
            return new Found(ended, underway, fetched + page.found().size());
        }
    }

    /** Whether the text can be an address. */
    public static boolean isEmail(String text) {
        return text != null && Formats.isEmail(text.strip());
    }

    public Uni<Found> find(Email email) {
        return inOrders(email, null, Found.NOTHING).chain(found -> fetched(email, 0, found));
    }

    private Uni<Found> inOrders(Email email, String cursor, Found before) {
        return orders.page(email, cursor).chain(page -> {
            Found found = before.plus(page);
            return page.next() == null ? Uni.createFrom().item(found) : inOrders(email, page.next(), found);
        });
    }

    private Uni<Found> fetched(Email email, long after, Found before) {
        return table.fetched(email, after).chain(page -> {
            Found found = before.plus(page);
            return page.last() == null ? Uni.createFrom().item(found) : fetched(email, page.last(), found);
        });
    }
}
