package io.sluice.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.sluice.lane.LaneItem.Place;
import io.sluice.order.CallMode;
import io.sluice.order.Decision;
import io.sluice.order.FailurePolicy;
import io.sluice.order.HandlingPlan;
import io.sluice.order.HandlingRules;
import io.sluice.order.OrderState;
import io.sluice.order.OrderStatus;
import io.sluice.order.Partner;
import io.sluice.order.Reason;
import io.sluice.order.RetryPolicy;
import io.sluice.order.Step;
import io.sluice.order.StepResult;

/**
 * One batch in one lane, in memory: what the database, the partner and the guard before it do, in as few words as will
 * do. {@link LaneRules} and {@link HandlingRules} are the real ones. It fails with an {@link AssertionError} as soon as
 * a slip comes out that must not, and when nothing moves although something could.
 */
final class LaneModel {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration PROBE_DELAY = Duration.ofSeconds(5);
    private static final Duration CALL = Duration.ofSeconds(1);
    private static final int WINDOW = 4;
    private static final int MOST_MOVES = 1000;
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final Partner PRINTER = Partner.defaultOf(Step.PRINT_PACKING_SLIP.kind());
    private static final Reason WHY = new Reason(Reason.PARTNER_UNAVAILABLE, "Because.", null);

    private final HandlingRules rules = new HandlingRules(
            new HandlingPlan(List.of(Step.PRINT_PACKING_SLIP), List.of(Step.PRINT_PACKING_SLIP)),
            new RetryPolicy(6, Duration.ofSeconds(4), Duration.ofMinutes(1)), () -> 0);
    private final FailurePolicy onFailure;
    private final int breakerCalls;
    private final List<Outage> outages;
    private final List<Order> orders = new ArrayList<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.comparing(Event::at).thenComparing(Event::number));
    private final List<String> story = new ArrayList<>();
    private final List<Order> asked = new ArrayList<>();
    private final List<Order> probed = new ArrayList<>();
    private boolean answers;
    private boolean answered;
    private int probes;
    private Order again;
    private Instant now = START;
    private Instant lookedAt = START;
    private boolean running = true;
    private boolean batchHasLane;
    private Integer nextRank;
    private PartnerIs partner = PartnerIs.UP;
    private Instant nextProbeAt;
    private Order probeOrder;
    private CallMode probeMode;
    private Instant lastSuccess;
    private final List<Order> answeredInStreak = new ArrayList<>();
    private int unansweredInStreak;

    /** What the partner, or the fate of a worker, makes of a call. */
    enum Outcome {
        DONE, COME_BACK_LATER, ERROR, SILENCE, REFUSED, WORKER_LOST_BEFORE_IT, WORKER_LOST_AFTER_IT, WORKER_LOST_AFTER_THE_NEXT
    }

    /** What becomes of an order: how it gets to the lane, and what its calls come to; further ones are done. */
    record Plan(int comingFor, int delayedBeforeFor, boolean failsBefore, List<Outcome> calls) {}

    /** The partner gives no answer, or answers everything with an error; in seconds since the start. */
    record Outage(int from, int length, boolean answers) {
        boolean at(Instant time) {
            long second = Duration.between(START, time).toSeconds();
            return second >= from && second < from + length;
        }
    }

    /** A person retries or cancels an order, as far as it can be. */
    record Wish(int at, int order, boolean cancel) {}

    private enum PartnerIs {
        UP, DOWN, PROBING
    }

    private record Event(Instant at, int number, Runnable action) {}

    /** An order of the batch. */
    private static final class Order {
        private final UUID id;
        private final int rank;
        private final List<Outcome> calls;
        private Place place = Place.COMING;
        private int attempts;
        private boolean outcomeUnknown;
        private boolean held;
        private Instant delayedSince;
        /** As {@code delayedSince}, by this model's own book: the time that it is held does not count. */
        private Instant waitsSince;
        private Instant failingSince;
        private Instant triedAt;
        private Instant queuedAt = START;
        private Instant dueAt;
        private boolean passed;
        private boolean out;
        private int failures;
        private boolean overtaken;
        private boolean cancelled;
        private boolean leftTheBatch;

        Order(int rank, List<Outcome> calls) {
            this.id = new UUID(0, rank);
            this.rank = rank;
            this.calls = new ArrayList<>(calls);
        }

        boolean inLane() {
            return place == Place.STANDING || place == Place.DELAYED || place == Place.AT_WORK;
        }

        Outcome nextOutcome() {
            return calls.isEmpty() ? Outcome.DONE : calls.remove(0);
        }

        @Override
        public String toString() {
            return "#" + rank;
        }
    }

    /** @param breakerCalls how many failures in a row it takes for the partner to be down */
    LaneModel(List<Plan> plans, FailurePolicy onFailure, List<Outage> outages, List<Wish> wishes, int breakerCalls) {
        this.onFailure = onFailure;
        this.breakerCalls = breakerCalls;
        this.outages = outages;
        for (Plan plan : plans) {
            Order order = new Order(orders.size() + 1, plan.calls());
            orders.add(order);
            come(order, plan);
        }
        nextRank = 1;
        for (Wish wish : wishes) {
            Order order = orders.get(wish.order() % orders.size());
            at(START.plusSeconds(wish.at()), () -> {
                if (wish.cancel()) {
                    cancel(order);
                } else {
                    retry(order);
                }
            });
        }
    }

    private void come(Order order, Plan plan) {
        order.queuedAt = now;
        at(now.plusSeconds(plan.comingFor()), () -> {
            if (order.place != Place.COMING) {
                return;
            }
            if (plan.failsBefore()) {
                fail(order);
            } else if (plan.delayedBeforeFor() > 0) {
                order.place = Place.DELAYED_BEFORE;
                order.delayedSince = now;
                order.waitsSince = now;
                at(now.plusSeconds(plan.delayedBeforeFor()), () -> {
                    if (order.place == Place.DELAYED_BEFORE) {
                        arrive(order);
                    }
                });
            } else {
                arrive(order);
            }
        });
    }

    private void arrive(Order order) {
        order.place = Place.STANDING;
        order.attempts = 0;
        order.delayedSince = null;
        order.waitsSince = null;
        order.failingSince = null;
        order.dueAt = null;
        order.held = false;
        tell(order + " stands in the lane");
    }

    private void fail(Order order) {
        arrive(order);
        order.place = Place.FAILED;
        order.failures++;
        tell(order + " has failed");
    }

    private void cancel(Order order) {
        if (order.place != Place.AT_WORK && !order.passed && order.place != Place.GONE) {
            order.place = Place.GONE;
            order.cancelled = true;
            order.held = false;
            tell(order + " is cancelled");
        }
    }

    private void retry(Order order) {
        if (order.place == Place.FAILED && running) {
            tell(order + " is retried");
            if (order.rank % 2 == 0) {
                arrive(order);
                order.queuedAt = now;
            } else {
                order.place = Place.COMING;
                come(order, new Plan(3, 0, false, List.of()));
            }
        }
    }

    private void at(Instant time, Runnable action) {
        events.add(new Event(time, events.size(), action));
    }

    private void tell(String what) {
        story.add(Duration.between(START, now).toSeconds() + " s: " + what);
    }

    /** Runs until nothing can happen any more. */
    void run() {
        run(order -> false);
    }

    /** Runs until the slips of the orders that the partner can process are out. */
    void runUntilGoodOnesAreOut() {
        run(order -> order.calls.isEmpty());
    }

    private void run(Predicate<Order> goal) {
        for (int moves = 0; moves < MOST_MOVES; moves++) {
            happen();
            if (orders.stream().anyMatch(goal) && orders.stream().filter(goal).allMatch(o -> o.out)) {
                return;
            }
            if (batchHasLane || choose()) {
                lookedAt = now;
                LaneMove move = LaneRules.next(view(null),
                        new Tries(ids(asked), ids(probed), answers, answered, again == null ? null : again.id));
                again = null;
                apply(move);
            } else if (!advance(null) && !personActs()) {
                checkTheEnd();
                return;
            }
        }
        throw broken("the lane moves for ever");
    }

    private void happen() {
        while (!events.isEmpty() && !events.peek().at().isAfter(now)) {
            events.poll().action().run();
        }
        if (partner != PartnerIs.UP && !nextProbeAt.isAfter(now)) {
            probe();
        }
        if (!running) {
            orders.stream().filter(o -> !o.passed && o.place != Place.AT_WORK).forEach(o -> {
                o.leftTheBatch |= o.place != Place.GONE && o.place != Place.FAILED;
                o.place = o.place == Place.FAILED ? Place.FAILED : Place.GONE;
                o.held = false;
            });
        }
    }

    private void probe() {
        List<Order> held = orders.stream().filter(o -> o.held).toList();
        if (!held.isEmpty()) {
            partner = PartnerIs.PROBING;
            probes++;
            nextProbeAt = now.plus(LEASE);
            probeOrder = held.get(0);
            probeMode = held.size() < breakerCalls ? CallMode.PROBE_OF_FEW : CallMode.PROBE;
        } else if (outageNow(false) || outageNow(true)) {
            nextProbeAt = now.plus(PROBE_DELAY);
        } else {
            works();
        }
    }

    private boolean outageNow(boolean answers) {
        return outages.stream().anyMatch(outage -> outage.at(now) && outage.answers() == answers);
    }

    /** Gives the lane to the batch, if something of it could go. */
    private boolean choose() {
        batchHasLane = running && (nextRank != null || orders.stream()
                .filter(Order::inLane)
                .anyMatch(o -> o.place != Place.DELAYED || o.dueAt != null && !o.dueAt.isAfter(now)
                        || o.dueAt == null && partner == PartnerIs.UP));
        return batchHasLane;
    }

    private LaneView view(Order busy) {
        List<LaneItem> ahead = nextRank == null
                ? List.of()
                : orders.stream()
                        .filter(o -> o != busy && !o.passed && !o.leftTheBatch && o.rank >= nextRank)
                        .limit(WINDOW)
                        .map(this::item)
                        .toList();
        Predicate<Order> late = o -> o != busy && !o.passed && (nextRank == null || o.rank < nextRank);
        boolean anyStands = orders.stream().anyMatch(late.and(Order::inLane));
        List<LaneItem> lateOnes = orders.stream()
                .filter(late.and(o -> o.inLane() || anyStands && o.place == Place.COMING))
                .map(this::item)
                .toList();
        boolean probed = partner == PartnerIs.PROBING && probeOrder.inLane();
        return new LaneView(running, onFailure, probed ? probeMode : null, probes % 4 == 0, now, PATIENCE, lateOnes,
                ahead,
                ahead.size() == WINDOW);
    }

    private LaneItem item(Order o) {
        Instant since = switch (o.place) {
            case COMING -> o.queuedAt;
            case DELAYED, DELAYED_BEFORE -> o.held ? o.triedAt : o.delayedSince;
            case STANDING -> o.failingSince == null ? null : o.triedAt;
            case PARKED, AT_WORK, FAILED, GONE -> null;
        };
        return new LaneItem(o.id, o.rank, o.place, o.outcomeUnknown, o.held && partner != PartnerIs.UP,
                o.failingSince != null, !rules.retries().allowsAfter(o.attempts + 1), since, o.dueAt);
    }

    private static List<UUID> ids(List<Order> orders) {
        return orders.stream().map(o -> o.id).toList();
    }

    private Order of(LaneItem item) {
        return orders.get(item.rank() - 1);
    }

    private void apply(LaneMove move) {
        if (move instanceof LaneMove.CarryOut carryOut) {
            carryOut(of(carryOut.item()), carryOut.mode());
        } else if (move instanceof LaneMove.Ask ask) {
            ask(of(ask.item()), ask.mode());
        } else if (move instanceof LaneMove.Wait wait) {
            if (!advance(wait.until()) && !personActs()) {
                throw broken("the lane waits for ever: " + wait);
            }
        } else if (move instanceof LaneMove.EndProbe) {
            asked.clear();
            probed.clear();
            if (partner == PartnerIs.PROBING) {
                partner = PartnerIs.DOWN;
                nextProbeAt = now.plus(PROBE_DELAY);
            }
        } else if (move instanceof LaneMove.TakeOver) {
            takeOver();
        } else if (move instanceof LaneMove.SkipTo skip) {
            giveWay(o -> o.rank >= nextRank && o.rank <= skip.rank(), this::mayBeOvertaken, "the cursor");
            nextRank = Math.max(nextRank, skip.rank() + 1);
        } else if (move instanceof LaneMove.Stop) {
            running = false;
        } else {
            if (running && nextRank != null) {
                giveWay(o -> o.rank >= nextRank, this::mayBeOvertaken, "the next batch");
                nextRank = null;
            }
            batchHasLane = false;
        }
    }

    /** Lets time pass until something happens, or until then; false if nothing will. */
    private boolean advance(Instant until) {
        Instant next = Stream
                .of(until, events.isEmpty() ? null : events.peek().at(),
                        partner == PartnerIs.UP ? null : nextProbeAt,
                        batchHasLane
                                ? null
                                : orders.stream()
                                        .filter(Order::inLane)
                                        .map(o -> o.dueAt)
                                        .filter(Objects::nonNull)
                                        .min(Comparator.naturalOrder())
                                        .orElse(null))
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
        if (next == null) {
            return false;
        }
        now = next.isAfter(now) ? next : now.plusMillis(1);
        return true;
    }

    /**
     * Nothing moves by itself any more: a person retries the first order that the batch waits for, and then cancels it.
     */
    private boolean personActs() {
        return running && batchHasLane && onFailure == FailurePolicy.WAIT
                && orders.stream().filter(o -> o.place == Place.FAILED).findFirst().map(o -> {
                    if (o.failures < 3) {
                        retry(o);
                    } else {
                        cancel(o);
                    }
                    return true;
                }).orElse(false);
    }

    private void takeOver() {
        orders.stream().filter(o -> o.place == Place.AT_WORK && !o.dueAt.isAfter(now)).forEach(o -> {
            o.place = Place.STANDING;
            o.outcomeUnknown = true;
            o.dueAt = null;
            tell(o + " is taken over");
        });
    }

    private void ask(Order order, CallMode mode) {
        if (partner != PartnerIs.UP && !mode.probe()) {
            write(order, new StepResult.Held(PRINTER, WHY, false, order.failingSince == null));
        } else if (outageNow(false) || outageNow(true)) {
            if (mode.probe()) {
                asked.add(order);
            }
            write(order, judge(order, mode, outageNow(true), new StepResult.NoAnswer(WHY)));
        } else if (order.out) {
            if (mode.probe()) {
                asked.add(order);
            }
            works();
            write(order, StepResult.Done.PLAIN);
        } else {
            order.outcomeUnknown = false;
            order.triedAt = now;
            order.place = Place.STANDING;
            order.held = false;
            order.dueAt = null;
        }
    }

    private void carryOut(Order order, CallMode mode) {
        if (partner != PartnerIs.UP && !mode.probe() && orders.stream().anyMatch(o -> o.held)) {
            throw broken(order + " is carried out while the lane is held");
        }
        now = now.plus(CALL);
        StepResult result = call(order, mode);
        tried(order, mode);
        if (result == null) {
            asked.clear();
            probed.clear();
            again = null;
            order.place = Place.AT_WORK;
            order.dueAt = now.plus(LEASE);
        } else {
            write(order, result);
        }
    }

    /** What comes of the call; null if the worker is lost. */
    private StepResult call(Order order, CallMode mode) {
        answers = false;
        answered = true;
        if (!mode.probe() && partner != PartnerIs.UP) {
            return new StepResult.Held(PRINTER, WHY, false, order.failingSince == null);
        }
        if (outageNow(false)) {
            tell(order + " gets no answer, " + mode);
            return judge(order, mode, false,
                    order.rank % 2 == 0 ? new StepResult.NoAnswer(WHY) : new StepResult.Unavailable(WHY, null));
        }
        Outcome outcome = outageNow(true) ? Outcome.ERROR : order.out ? Outcome.DONE : order.nextOutcome();
        tell(order + " " + outcome + ", " + mode);
        return switch (outcome) {
            case DONE -> {
                comesOut(order, mode);
                works();
                yield StepResult.Done.PLAIN;
            }
            case COME_BACK_LATER -> new StepResult.Unavailable(WHY, Duration.ofSeconds(40));
            case ERROR -> judge(order, mode, true, new StepResult.Unavailable(WHY, null));
            case SILENCE -> judge(order, mode, true, new StepResult.NoAnswer(WHY));
            case REFUSED -> {
                works();
                yield new StepResult.Refused(WHY);
            }
            case WORKER_LOST_BEFORE_IT -> null;
            case WORKER_LOST_AFTER_IT -> {
                comesOut(order, mode);
                yield null;
            }
            case WORKER_LOST_AFTER_THE_NEXT -> {
                comesOut(order, mode);
                if (mode == CallMode.NORMAL) {
                    sendTheNextToo(order);
                }
                yield null;
            }
        };
    }

    /** The holder claims the next order while one is running, and sends it before the first is written. */
    private void sendTheNextToo(Order busy) {
        lookedAt = now;
        if (LaneRules.next(view(busy), Tries.NONE) instanceof LaneMove.CarryOut next
                && next.mode() == CallMode.NORMAL) {
            Order order = of(next.item());
            busy.passed = true;
            comesOut(order, CallMode.NORMAL);
            busy.passed = false;
            order.place = Place.AT_WORK;
            order.dueAt = now.plus(LEASE);
            tell(order + " was sent too");
        }
    }

    /**
     * As the guard before the partner does.
     *
     * @param answersQuestions whether the partner does, right after the failure
     */
    private StepResult judge(Order order, CallMode mode, boolean answersQuestions, StepResult failure) {
        boolean silent = failure instanceof StepResult.NoAnswer;
        boolean orderFails = answersQuestions && !silent;
        answers = answersQuestions;
        answered = !silent;
        boolean workedSince = order.failingSince != null && lastSuccess != null
                && lastSuccess.isAfter(order.failingSince);
        boolean neverToBlame = order.failingSince == null && !answersQuestions;
        if (answersQuestions && order.failingSince == null) {
            order.failingSince = now;
        }
        if (answersQuestions && workedSince || orderFails && mode == CallMode.PROBE_OF_FEW) {
            return failure;
        }
        if (partner == PartnerIs.UP) {
            if (!orderFails) {
                unansweredInStreak++;
            } else if (!answeredInStreak.contains(order)) {
                answeredInStreak.add(order);
            }
            if (unansweredInStreak + answeredInStreak.size() < breakerCalls && mode != CallMode.TRIAL) {
                return mode == CallMode.BEFORE_TRIAL
                        ? new StepResult.Postponed(WHY, Duration.ofSeconds(1), silent)
                        : failure;
            }
            partner = PartnerIs.DOWN;
            nextProbeAt = now.plus(PROBE_DELAY);
            tell("the partner is down");
        }
        return new StepResult.Held(PRINTER, WHY, silent, neverToBlame);
    }

    private void tried(Order order, CallMode mode) {
        if (mode.probe()) {
            probed.add(order);
        } else if (mode == CallMode.BEFORE_TRIAL) {
            again = order;
        }
    }

    private void works() {
        answeredInStreak.clear();
        unansweredInStreak = 0;
        lastSuccess = now;
        if (partner != PartnerIs.UP) {
            tell("the partner works again");
        }
        partner = PartnerIs.UP;
    }

    /** The one thing that cannot be undone. */
    private void comesOut(Order order, CallMode mode) {
        if (order.out) {
            return;
        }
        if (orders.stream().anyMatch(o -> o != order && o.outcomeUnknown && couldBeAskedAfter(o))) {
            throw broken(order + " is sent before the uncertain ones are asked after");
        }
        // A probe or a trial goes through with an order behind only right after one before it has failed.
        if (mode.probe() || mode == CallMode.TRIAL) {
            giveWay(o -> o.rank < order.rank && o.failingSince != null, o -> oneBeforeFailedJustNow(order), order);
        }
        giveWay(o -> o.rank < order.rank, this::mayBeOvertaken, order);
        order.out = true;
    }

    private boolean oneBeforeFailedJustNow(Order order) {
        return orders.stream()
                .anyMatch(o -> o.rank < order.rank && !o.passed && o.triedAt != null
                        && !o.triedAt.plus(CALL).isBefore(now));
    }

    /** In a probe, the partner has answered the question about those that were tried with an error. */
    private boolean couldBeAskedAfter(Order o) {
        return o.place == Place.STANDING || o.place == Place.DELAYED && !probed.contains(o) && !asked.contains(o)
                && (o.held || o.dueAt == null || !o.dueAt.isAfter(lookedAt));
    }

    /** Those orders are no longer waited for; each must be one of which that may become. */
    private void giveWay(Predicate<Order> which, Predicate<Order> mayBeOvertaken, Object by) {
        orders.stream().filter(o -> !o.out && o.place != Place.GONE).filter(which).forEach(o -> {
            if (!o.overtaken && !mayBeOvertaken.test(o)) {
                throw broken(o + " is overtaken by " + by);
            }
            o.overtaken = true;
        });
    }

    private boolean mayBeOvertaken(Order o) {
        boolean itsOwnDelay = (o.place == Place.DELAYED || o.place == Place.DELAYED_BEFORE) && !o.held;
        return o.failures > 0 || itsOwnDelay && !o.waitsSince.plus(PATIENCE).isAfter(lookedAt);
    }

    private void write(Order order, StepResult result) {
        Decision decision = rules.decide(new OrderState(order.id, OrderStatus.HANDLING, Step.PRINT_PACKING_SLIP,
                order.attempts, 1, order.outcomeUnknown), result);
        order.attempts = decision.attempts();
        order.outcomeUnknown = decision.outcomeUnknown();
        order.held = decision.heldBy() != null;
        order.dueAt = decision.delay() == null ? null : now.plus(decision.delay());
        order.triedAt = now;
        switch (decision.status()) {
            case HANDLED -> {
                order.place = Place.GONE;
                order.passed = true;
                if (nextRank != null && nextRank <= order.rank) {
                    nextRank = orders.stream()
                            .filter(o -> o.rank > order.rank && !o.passed && !o.leftTheBatch)
                            .map(o -> o.rank)
                            .findFirst()
                            .orElse(null);
                }
            }
            case DELAYED -> {
                order.place = Place.DELAYED;
                order.waitsSince = order.held ? null : order.waitsSince == null ? now : order.waitsSince;
                order.delayedSince = order.held ? null : order.delayedSince == null ? now : order.delayedSince;
            }
            case FAILED -> fail(order);
            default -> throw new IllegalStateException("Not after a step of the lane: " + decision);
        }
    }

    private void checkTheEnd() {
        for (Order order : orders) {
            boolean ended = order.passed ? order.out : order.cancelled || order.leftTheBatch;
            if (!ended && order.place != Place.FAILED) {
                throw broken(order + " is forgotten: " + order.place);
            }
        }
    }

    private AssertionError broken(String what) {
        int from = Math.max(0, story.size() - 60);
        return new AssertionError(what + "\n" + String.join("\n", story.subList(from, story.size())));
    }
}
