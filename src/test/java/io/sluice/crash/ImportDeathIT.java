package io.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.sluice.testing.Api;
import io.sluice.testing.SluiceProcess;

/** Workers die while they import the pending orders of a marketplace. */
@ExtendWith(FleetScenarios.class)
class ImportDeathIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String CHANNEL = "marketplace";
    private static final int ORDERS = 3000;
    /** One order in {@code BAD} cannot be accepted; one in {@code CANCELLED} is cancelled at the end. */
    private static final int BAD = 100;
    private static final int CANCELLED = 50;

    private final Map<String, SluiceProcess> workers = new HashMap<>();

    /**
     * The first death is in the middle of a request, the second one while a page is stored. Each order is there once, as
     * an order or with its problem. The marketplace is never asked twice at the same time.
     */
    @Test
    void importGoesOn_afterEachDeath(Fleet fleet) {
        fleet.dismissWorkers();
        try (ListingMarketplace marketplace = new ListingMarketplace(entries())) {
            marketplace.holdFrom(ORDERS / 3);
            launch(fleet, marketplace, "first");
            launch(fleet, marketplace, "second");
            workers.values().forEach(SluiceProcess::awaitReady);

            await("a page is held back").atMost(PATIENCE).until(marketplace::holds);
            kill(marketplace);
            marketplace.letGo();
            marketplace.holdFrom(2 * ORDERS / 3);
            launch(fleet, marketplace, "third");

            await("another worker has taken over").atMost(PATIENCE).until(marketplace::holds);
            int stored = orders(fleet, "true");
            marketplace.letGo();
            await("the page is being stored").pollInterval(Duration.ofMillis(1))
                    .atMost(PATIENCE)
                    .until(() -> orders(fleet, "true") > stored);
            kill(marketplace);

            await("the import has ended").atMost(PATIENCE)
                    .until(() -> fleet.database.number("""
                            select count(*) from import
                            where marketplace = 'marketplace' and finished_at is not null and error is null
                            """) == 1);
            assertThat(marketplace.mostAtOnce()).as("requests at a time").isEqualTo(1);
        }
        assertThat(orders(fleet, "true")).isEqualTo(ORDERS - ORDERS / BAD);
        assertThat(fleet.database.number("select count(distinct external_id) from orders where channel = ?", CHANNEL))
                .isEqualTo(ORDERS - ORDERS / BAD);
        assertThat(fleet.database.query("select external_id from import_problem where channel = ?",
                row -> row.getString(1), CHANNEL)).containsExactlyInAnyOrderElementsOf(numbers(BAD, 0));
        assertThat(fleet.database.query("""
                select o.external_id from orders o join order_state s on s.order_id = o.id
                where o.channel = ? and s.status = 'CANCELLED'
                """, row -> row.getString(1), CHANNEL)).containsExactlyInAnyOrderElementsOf(numbers(CANCELLED, 1));
        assertThat(orders(fleet, "s.status = 'RECEIVED'"))
                .isEqualTo(ORDERS - ORDERS / BAD - ORDERS / CANCELLED);
    }

    private void launch(Fleet fleet, ListingMarketplace marketplace, String name) {
        workers.put(name, fleet.launchWorker(name, Map.of("SLUICE_PARTNERS_MARKETPLACE_URL", marketplace.url(name),
                "SLUICE_PARTNERS_MARKETPLACE_INTAKE", "manual")));
    }

    /** Kills the worker that imports. */
    private void kill(ListingMarketplace marketplace) {
        SluiceProcess importing = workers.remove(marketplace.asking());
        assertThat(importing).as("the worker that imports").isNotNull();
        importing.kill();
    }

    private static int orders(Fleet fleet, String condition) {
        return fleet.database.number("""
                select count(*) from orders o join order_state s on s.order_id = o.id where o.channel = ? and %s
                """.formatted(condition), CHANNEL);
    }

    /** Orders, and then the cancellations of some of them. */
    private static List<String> entries() {
        List<String> entries = new ArrayList<>();
        List<String> bad = numbers(BAD, 0);
        for (String number : numbers(1, 0)) {
            entries.add(Api.order()
                    .manual()
                    .externalId(number)
                    .channel(CHANNEL)
                    .currency(bad.contains(number) ? "POUND" : "EUR")
                    .json());
        }
        numbers(CANCELLED, 1).forEach(number -> entries.add(
                "{\"externalId\": \"%s\", \"cancelled\": true}".formatted(number)));
        return entries;
    }

    /** The number of every {@code every}-th order, from the order {@code from} on. */
    private static List<String> numbers(int every, int from) {
        return IntStream.range(0, ORDERS).filter(i -> i % every == from % every).mapToObj(i -> "M-" + i).toList();
    }
}
