package io.sluice.crash;

import static io.sluice.crash.Violation.Invariant.ACCOUNTED_FOR;
import static io.sluice.crash.Violation.Invariant.EXPECTED_END;
import static io.sluice.crash.Violation.Invariant.ONE_EFFECT;
import static io.sluice.crash.Violation.Invariant.PLAN_ORDER;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import io.sluice.crash.OrderStory.Parcel;

/** Checks the invariants of orders. */
final class Invariants {
    static final List<String> PLAN = List.of("print-packing-slip", "create-shipment", "send-tracking", "mark-shipped");
    private static final String VOID = "void-shipment";
    private static final Set<String> OPEN = Set.of("RECEIVED", "QUEUED", "HANDLING", "DELAYED");
    private static final Set<String> ENDED = Set.of("HANDLED", "FAILED", "CANCELLED");

    private final List<String> plan;
    private final Set<String> expectedStatuses;

    /** @param expectedStatuses the statuses in which an order may end */
    Invariants(Set<String> expectedStatuses) {
        this(PLAN, expectedStatuses);
    }

    /** @param plan the steps of every order, in sequence */
    Invariants(List<String> plan, Set<String> expectedStatuses) {
        this.plan = plan;
        this.expectedStatuses = expectedStatuses;
    }

    List<Violation> check(List<OrderStory> stories) {
        return stories.stream().flatMap(story -> check(story).stream()).toList();
    }

    private List<Violation> check(OrderStory order) {
        Findings found = new Findings(order);
        if (!OPEN.contains(String.valueOf(order.status())) && !ENDED.contains(String.valueOf(order.status()))) {
            found.that(ACCOUNTED_FOR, order.status() == null ? "the API does not know it" : "unknown status");
        } else if (!expectedStatuses.contains(order.status())) {
            found.that(EXPECTED_END, "status is %s, expected %s".formatted(order.status(), expectedStatuses));
        }
        checkEffects(order, found);
        checkSequence(order, found);
        return found.violations;
    }

    private static void checkEffects(OrderStory order, Findings found) {
        long valid = order.shipments().stream().filter(shipment -> !shipment.voided()).count();
        found.unless(order.shipments().size() <= 1, ONE_EFFECT, order.shipments().size() + " shipments");
        found.unless(order.sheets().size() <= 1, ONE_EFFECT, order.sheets().size() + " sheets");
        found.unless(!order.is("CANCELLED") || valid == 0, ONE_EFFECT, "cancelled, but its shipment is valid");
        List<String> done = order.succeededSteps();
        if (done.contains("print-packing-slip")) {
            found.unless(order.sheets().size() == 1, ONE_EFFECT, "printed, but there is no sheet");
        }
        if (done.contains("create-shipment")) {
            found.unless(order.shipments()
                    .stream()
                    .map(Parcel::trackingNumber)
                    .anyMatch(number -> number.equals(order.trackingNumber())), ONE_EFFECT,
                    "no shipment has its tracking number");
            found.unless(valid == 1 || order.is("CANCELLED"), ONE_EFFECT, valid + " valid shipments");
        }
        if (done.contains("send-tracking")) {
            found.unless(
                    order.trackingNumber() != null
                            && order.trackingNumber().equals(order.marketplace().trackingNumber()),
                    ONE_EFFECT, "the marketplace has another tracking number");
        }
        if (done.contains("mark-shipped")) {
            found.unless(order.marketplace().shippedAt() != null, ONE_EFFECT,
                    "the marketplace does not list it as shipped");
        }
    }

    private void checkSequence(OrderStory order, Findings found) {
        List<String> done = order.succeededSteps();
        List<String> planned = done.stream().filter(step -> !step.equals(VOID)).toList();
        found.unless(planned.size() <= plan.size() && planned.equals(plan.subList(0, planned.size())), PLAN_ORDER,
                "the steps that succeeded are " + planned);
        found.unless(!order.is("HANDLED") || done.equals(plan), PLAN_ORDER, "it is HANDLED after " + done);
        found.unless(done.indexOf(VOID) < 0 || done.indexOf(VOID) == done.size() - 1, PLAN_ORDER,
                "a step ran after its shipment was voided");
        checkNothingBeforeItsTurn(order, found);
        inOrder(order.attempts().stream().map(Attempt::startedAt), found, "attempts began at");
        inOrder(plan.stream().flatMap(step -> acts(order, step)), found, "the partners acted at");
    }

    private static Stream<Instant> acts(OrderStory order, String step) {
        return switch (step) {
            case "print-packing-slip" -> order.sheets().stream();
            case "create-shipment" -> order.shipments().stream().map(Parcel::at);
            case "send-tracking" -> Stream.ofNullable(order.marketplace().trackingAt());
            case "mark-shipped" -> Stream.ofNullable(order.marketplace().shippedAt());
            default -> throw new IllegalArgumentException("Which partner carries out " + step + "?");
        };
    }

    private void checkNothingBeforeItsTurn(OrderStory order, Findings found) {
        List<String> done = new ArrayList<>();
        for (Attempt attempt : order.attempts()) {
            int place = plan.indexOf(attempt.step());
            if (place >= 0) {
                found.unless(done.equals(plan.subList(0, place)), PLAN_ORDER,
                        "%s was attempted after %s had succeeded".formatted(attempt.step(), done));
            }
            if (attempt.succeeded()) {
                done.add(attempt.step());
            }
        }
    }

    private static void inOrder(Stream<Instant> times, Findings found, String what) {
        List<Instant> told = times.filter(Objects::nonNull).toList();
        found.unless(told.stream().sorted().toList().equals(told), PLAN_ORDER, what + " " + told);
    }

    private record Findings(OrderStory order, List<Violation> violations) {
        Findings(OrderStory order) {
            this(order, new ArrayList<>());
        }

        void that(Violation.Invariant invariant, String what) {
            violations.add(new Violation(invariant, order, what));
        }

        void unless(boolean holds, Violation.Invariant invariant, String what) {
            if (!holds) {
                that(invariant, what);
            }
        }
    }
}
