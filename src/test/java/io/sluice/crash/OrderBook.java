package io.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

import io.sluice.testing.Api;
import io.sluice.testing.Http;

/** The orders of a scenario, in a separate channel. */
final class OrderBook {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int TOLD = 5;

    private final Fleet fleet;
    private final String channel;
    private final String handling;
    private final Set<String> accepted = Collections.synchronizedSet(new LinkedHashSet<>());

    OrderBook(Fleet fleet, String channel, String handling) {
        this.fleet = fleet;
        this.channel = channel;
        this.handling = handling;
    }

    String channel() {
        return channel;
    }

    /** The ids of all accepted orders. */
    List<String> accepted() {
        synchronized (accepted) {
            return List.copyOf(accepted);
        }
    }

    String post() {
        return post(1).get(0);
    }

    /** Posts {@code count} orders, several at a time. */
    List<String> post(int count) {
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> accept(fleet.apiUrl(), "T-" + UUID.randomUUID()).expect(202).json().path("id").asText())
                .toList();
    }

    /** Posts an order once. A repeated external id is not accepted again. */
    Http.Answer accept(String apiUrl, String externalId) {
        Http.Answer answer = Http.post(apiUrl + "/api/orders",
                Api.order().handling(handling).externalId(externalId).channel(channel).json());
        if (answer.status() == 202 || answer.status() == 200) {
            accepted.add(answer.json().path("id").asText());
        }
        return answer;
    }

    /** The number of orders that match {@code condition}, where {@code s} is {@code order_state}. */
    int count(String condition) {
        return fleet.database.number("""
                select count(*) from order_state s join orders o on o.id = s.order_id
                where o.channel = ? and (%s)
                """.formatted(condition), channel);
    }

    /** The number of customers, by their names. */
    int customers() {
        return fleet.database.number("select count(distinct customer_name) from orders where channel = ?", channel);
    }

    /** The number of attempts in the history that match {@code condition}. */
    int attempts(String condition) {
        return fleet.database.number("""
                select count(*) from event_log e where e.channel = ? and e.outcome is not null and (%s)
                """.formatted(condition), channel);
    }

    /** The number of messages not yet acknowledged by the broker. */
    int unsent() {
        return fleet.database.number("""
                select count(*) from outbox x join orders o on o.id = x.order_id where o.channel = ?
                """, channel);
    }

    List<String> withStatus(String status) {
        return ids("s.status = '%s'".formatted(status));
    }

    /** The orders that match {@code condition}, where {@code s} is {@code order_state}. */
    List<String> ids(String condition) {
        return fleet.database.query("""
                select o.id from order_state s join orders o on o.id = s.order_id
                where o.channel = ? and (%s) order by o.id
                """.formatted(condition), row -> row.getString(1), channel);
    }

    /** All orders in table order. */
    List<String> table() {
        return fleet.database.query("select id from orders where channel = ? order by placed_at desc, id desc",
                row -> row.getString(1), channel);
    }

    int handled() {
        return count("s.status = 'HANDLED'");
    }

    /** Waits for a condition. A failure describes the unfinished orders. */
    void await(String what, Callable<Boolean> condition) {
        try {
            Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(condition);
        } catch (ConditionTimeoutException never) {
            throw new AssertionError("Timed out waiting for: " + what + "\n" + tell(unfinished()), never);
        }
    }

    /** Waits until every order is handled, and checks the invariants. */
    void assertAllHandled() {
        assertEnds(Set.of("HANDLED"));
    }

    /** Waits until no order is open. Checks the invariants and that every order has one of these statuses. */
    void assertEnds(Set<String> statuses) {
        awaitQuiet();
        check(statuses);
    }

    private void awaitQuiet() {
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> count("s.status in ('QUEUED', 'HANDLING', 'DELAYED') or s.due_at is not null"
                            + " or s.held_by is not null") == 0);
        } catch (ConditionTimeoutException open) {
            // The check reports the open orders.
        }
    }

    private void check(Set<String> statuses) {
        List<OrderStory> stories = stories(accepted());
        List<Violation> violations = new Invariants(statuses).check(stories);
        if (!violations.isEmpty()) {
            throw new AssertionError("%d violations among %d orders %s%n%s".formatted(violations.size(),
                    stories.size(), tally(stories), violations.stream()
                            .collect(Collectors.groupingBy(Violation::order, LinkedHashMap::new,
                                    Collectors.mapping(Violation::toString, Collectors.joining("\n"))))
                            .entrySet()
                            .stream()
                            .limit(TOLD)
                            .map(broken -> broken.getValue() + "\n" + broken.getKey().told())
                            .collect(Collectors.joining("\n\n"))));
        }
        assertThat(stories).as("orders in the book").isNotEmpty();
    }

    /** Everything known about these orders. */
    List<OrderStory> stories(List<String> orders) {
        return new Evidence(fleet, channel).about(orders);
    }

    private List<OrderStory> unfinished() {
        return stories(accepted()).stream().filter(story -> !story.is("HANDLED")).toList();
    }

    private static String tell(List<OrderStory> stories) {
        return "%s%n%s".formatted(tally(stories),
                stories.stream().limit(TOLD).map(OrderStory::told).collect(Collectors.joining("\n")));
    }

    private static String tally(List<OrderStory> stories) {
        return stories.stream()
                .collect(Collectors.groupingBy(story -> String.valueOf(story.status()), Collectors.counting()))
                .toString();
    }
}
