package io.sluice.crash;

import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

import io.sluice.testing.Http;

/**
 * A few batches, under a plan drawn at random, with troubles drawn at random while they run. The seed decides on plan,
 * batches, troubles and their sequence.
 */
final class BatchCampaign {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofMillis(1500);
    /** The lease of a lane, and a while. */
    private static final Duration TAKE_OVER = Duration.ofSeconds(12);
    private static final String OPEN = "s.status in ('QUEUED', 'HANDLING', 'DELAYED') or s.due_at is not null"
            + " or s.held_by is not null";
    /** The carrier refused to void the shipment; cancelling once more has it asked again. */
    private static final String NOT_VOIDED = "s.status = 'CANCELLED' and s.step = 'void-shipment' and s.due_at is null"
            + " and s.held_by is null";
    private static final String BUSY_HOLDERS = """
            select l.holder from lane l
            where l.lease_until > now() and exists (select from order_state s where s.lane = l.name
                and s.worker = l.holder)
            """;
    private static final List<String> FAULTS = List.of("server-error", "too-many-requests", "drop");

    private final Fleet fleet;
    private final long seed;
    private final Random random;
    private final HandlingDraw plan;
    private final List<OrderBook> books = new ArrayList<>();
    private final List<CampaignBatch> batches = Collections.synchronizedList(new ArrayList<>());
    private final List<TappedWorker> workers = new ArrayList<>();
    /** The names of the workers that were frozen. */
    private final Set<String> frozen = new HashSet<>();
    private int nextWorker = 1;

    BatchCampaign(Fleet fleet, long seed) {
        this.fleet = fleet;
        this.seed = seed;
        // A plain Random draws much the same from seeds that follow one another.
        this.random = new Random(new SplittableRandom(seed).nextLong());
        this.plan = HandlingDraw.of(random);
    }

    /** Something that happens, and how it is told of. */
    private record Event(String name, Runnable action) {}

    private final List<Event> troubles = List.of(
            new Event("the partners change their ways", this::changeWays),
            new Event("a partner is slow", () -> upset(Map.of("latencyMs", 100 + random().nextInt(250)))),
            new Event("a partner refuses orders", () -> upset(Map.of("failureRate", 0.3))),
            new Event("a partner loses answers", () -> upset(Map.of("lostResponseRate", 0.3))),
            new Event("a partner asks to come back later",
                    () -> upset(Map.of("fault", "too-many-requests", "faultRate", 0.3, "retryAfterSeconds", 2))),
            new Event("a partner is down for a moment", this::takeDown),
            new Event("somebody cancels", () -> askSome("cancel", "QUEUED", "HANDLING", "DELAYED", "FAILED")),
            new Event("somebody retries", () -> askSome("retry", "FAILED")),
            new Event("somebody retries every batch", () -> batches().forEach(CampaignBatch::retry)),
            new Event("somebody aborts a batch", () -> anyBatch().abort()),
            new Event("somebody hands over what was left", this::handOverAgain),
            new Event("a worker dies", () -> kill(printing())),
            new Event("a worker dies before the printer hears of it", this::killBeforeTheSheet),
            new Event("a worker dies while the printer prints", this::killDuringTheSheet),
            new Event("a worker dies before the database hears of it", this::killBeforeTheRecord));

    /** What happens in every round, in the middle of an ordered step. */
    private List<Event> laneTroubles() {
        return List.of(atALane("the holder of a lane dies", () -> kill(holder())),
                atALane("the holder of a lane is frozen for longer than its lease", this::freeze),
                atALane("the holder of a lane is told to go", this::handBack),
                atALane("the printer is paused", this::pausePrinter));
    }

    /** With a batch that is made for it if no lane has anything to do. */
    private Event atALane(String name, Runnable action) {
        Event spare = newBatch(List.of("as-listed", "reversed").get(random.nextInt(2)), "skip");
        return new Event(name, () -> {
            if (!within(PAUSE, this::laneIsBusy)) {
                System.out.printf("  %tT %s%n", LocalTime.now(), spare.name());
                spare.action().run();
                within(PAUSE, this::laneIsBusy);
            }
            action.run();
        });
    }

    private Random random() {
        return random;
    }

    private List<CampaignBatch> batches() {
        return List.copyOf(batches);
    }

    /** Runs it to its end, and gives what is wrong, in words; empty if nothing is. */
    List<String> run() {
        System.out.printf("Seed %d: %s%n", seed, plan);
        BatchEvidence.watch(fleet.database);
        fleet.configure(plan.environment());
        changeWays();
        while (workers.size() < plan.workers()) {
            hire();
        }
        workers.forEach(TappedWorker::awaitReady);
        for (Event event : drawn()) {
            System.out.printf("  %tT %s%n", LocalTime.now(), event.name());
            event.action().run();
            pause();
        }
        System.out.printf("  %tT it comes to its end%n", LocalTime.now());
        settle();
        return check();
    }

    /** The first thing that happens is a batch, else the troubles are nobody's. */
    private List<Event> drawn() {
        List<Event> events = new ArrayList<>(troubles);
        Collections.shuffle(events, random);
        events.subList(5 + random.nextInt(4), events.size()).clear();
        laneTroubles().forEach(event -> events.add(random.nextInt(events.size() + 1), event));
        int more = 1 + random.nextInt(2);
        for (int i = 0; i < more; i++) {
            events.add(random.nextInt(3), newBatch());
        }
        events.add(0, random.nextBoolean() ? twoAtOnce() : newBatch());
        return events;
    }

    private Event newBatch() {
        return newBatch(List.of("as-listed", "as-listed", "reversed", "reversed", "any").get(random.nextInt(5)),
                List.of("skip", "wait", "stop").get(random.nextInt(3)));
    }

    private Event newBatch(String printOrder, String onFailure) {
        int size = 1 + random.nextInt(random.nextInt(3) == 0 ? 80 : 40);
        boolean byFilter = random.nextInt(3) == 0;
        return new Event("a batch of %d, %s, %s%s".formatted(size, printOrder, onFailure, byFilter ? ", filtered" : ""),
                () -> {
                    OrderBook book = openBook();
                    book.post(size);
                    batches.add(byFilter
                            ? CampaignBatch.filtering(fleet.apiUrl(), book.channel(), book.table(), printOrder,
                                    onFailure)
                            : CampaignBatch.listing(fleet.apiUrl(), book.accepted(), printOrder, onFailure));
                });
    }

    private synchronized OrderBook openBook() {
        OrderBook book = fleet.openBook("manual");
        books.add(book);
        return book;
    }

    private Event twoAtOnce() {
        Event one = newBatch();
        Event other = newBatch();
        return new Event(one.name() + " and at the same time " + other.name(), () -> CompletableFuture
                .allOf(CompletableFuture.runAsync(one.action()), CompletableFuture.runAsync(other.action()))
                .join());
    }

    /** What has failed or was sent back so far, with some that cannot be taken. */
    private void handOverAgain() {
        Set<String> orders = new LinkedHashSet<>();
        List.of("RECEIVED", "FAILED").forEach(status -> orders.addAll(withStatus(status)));
        withStatus("HANDLED").stream().limit(2).forEach(orders::add);
        if (!orders.isEmpty()) {
            batches.add(CampaignBatch.listing(fleet.apiUrl(), List.copyOf(orders), "as-listed", "skip"));
        }
    }

    private List<String> withStatus(String status) {
        return books.stream().flatMap(book -> book.withStatus(status).stream()).toList();
    }

    private void upset(Map<String, Object> behaviour) {
        fleet.partners.set(anyPartner(), behaviour);
    }

    private String anyPartner() {
        return PartnerServices.NAMES.get(random.nextInt(PartnerServices.NAMES.size()));
    }

    /** Each does some things badly from now on, or nothing. */
    private void changeWays() {
        for (String partner : PartnerServices.NAMES) {
            fleet.partners.set(partner, Map.of("latencyMs", plan.latencyMs(), "failureRate", now(0.15),
                    "lostResponseRate", now(0.1), "fault", FAULTS.get(random.nextInt(FAULTS.size())), "faultRate",
                    now(0.15), "retryAfterSeconds", 1));
        }
    }

    /** As often as not nothing, else this. */
    private double now(double rate) {
        return random.nextBoolean() ? rate : 0;
    }

    private void takeDown() {
        String partner = anyPartner();
        fleet.partners.set(partner, Map.of("down", true));
        pause();
        fleet.partners.set(partner, Map.of("down", false));
    }

    private void calmPartners() {
        fleet.partners.behave();
        fleet.partners.setAll(Map.of("latencyMs", plan.latencyMs()));
    }

    /** Whatever state the orders are in by then: the answer is to be yes or an honest no. */
    private void askSome(String what, String... statuses) {
        // How many there are is chance, which must not have a say in the troubles to come.
        Random choice = new Random(random.nextLong());
        List<String> orders = new ArrayList<>(Stream.of(statuses)
                .flatMap(status -> withStatus(status).stream())
                .toList());
        Collections.shuffle(orders, choice);
        orders.stream().limit(1 + choice.nextInt(6)).forEach(order -> ask(order, what));
    }

    private void ask(String order, String what) {
        String batch = Http.get("%s/api/orders/%s".formatted(fleet.apiUrl(), order)).json().path("batchId").asText();
        Http.Answer answer = Http.post("%s/api/orders/%s/%s".formatted(fleet.apiUrl(), order, what));
        if (!List.of(200, 202, 409).contains(answer.status())) {
            throw new AssertionError("%s of %s: %d %s".formatted(what, order, answer.status(), answer.body()));
        }
        if (what.equals("retry") && answer.status() == 202) {
            batches.stream().filter(made -> made.id().equals(batch)).forEach(CampaignBatch::wasRetried);
        }
    }

    private CampaignBatch anyBatch() {
        return batches.get(new Random(random.nextLong()).nextInt(batches.size()));
    }

    private void hire() {
        workers.add(TappedWorker.launch(fleet, "printing-" + seed + "-" + nextWorker++));
    }

    private void kill(TappedWorker worker) {
        worker.kill();
        workers.remove(worker);
        hire();
    }

    /** The worker that prints a slip now, if there is one. */
    private TappedWorker printing() {
        return firstOf("""
                select worker from order_state
                where status = 'HANDLING' and step = 'print-packing-slip' and worker is not null
                """);
    }

    /** The worker that holds a lane and carries a step out there, if there is one. */
    private TappedWorker holder() {
        return firstOf(BUSY_HOLDERS);
    }

    private boolean laneIsBusy() {
        return !fleet.database.query(BUSY_HOLDERS, row -> row.getString(1)).isEmpty();
    }

    private TappedWorker firstOf(String namesQuery) {
        List<String> names = fleet.database.query(namesQuery, row -> row.getString(1));
        return workers.stream().filter(worker -> names.contains(worker.name())).findFirst().orElse(workers.get(0));
    }

    private int lanesOf(TappedWorker worker) {
        return fleet.database.number("select count(*) from lane where holder = ?", worker.name());
    }

    /** Another worker takes its lanes over, before it wakes up in the middle of its steps. */
    private void freeze() {
        beTwo();
        TappedWorker holder = holder();
        frozen.add(holder.name());
        holder.freeze();
        within(TAKE_OVER, () -> lanesOf(holder) == 0);
        pause();
        holder.thaw();
    }

    private void handBack() {
        beTwo();
        TappedWorker leaving = holder();
        leaving.askToStop();
        workers.remove(leaving);
        within(TAKE_OVER, () -> lanesOf(leaving) == 0);
        int code = leaving.awaitEnd();
        if (code != 0) {
            throw new AssertionError("%s ended with exit code %d".formatted(leaving.name(), code));
        }
    }

    private void beTwo() {
        if (workers.size() < 2) {
            hire();
        }
        workers.forEach(TappedWorker::awaitReady);
    }

    private void pausePrinter() {
        Http.post(fleet.apiUrl() + "/api/partners/printer/pause").expect(200);
        within(PAUSE, () -> books.stream().anyMatch(book -> book.count("s.held_by = 'printer'") > 0));
        pause();
        Http.post(fleet.apiUrl() + "/api/partners/printer/resume").expect(200);
    }

    private void killBeforeTheSheet() {
        TappedWorker doomed = printing();
        doomed.holdPrinter();
        within(PAUSE, doomed::holdsSheet);
        kill(doomed);
    }

    private void killDuringTheSheet() {
        TappedWorker doomed = printing();
        fleet.partners.set("printer", Map.of("latencyMs", 300));
        doomed.holdPrinter();
        within(PAUSE, doomed::holdsSheet);
        doomed.releasePrinter();
        kill(doomed);
    }

    private void killBeforeTheRecord() {
        TappedWorker doomed = printing();
        doomed.holdDatabase();
        int printed = fleet.partners.sheets().size();
        within(PAUSE, () -> fleet.partners.sheets().size() > printed);
        kill(doomed);
    }

    /** Until some more has been done, or nothing moves. */
    private void pause() {
        int done = done() + 5 + random.nextInt(40);
        within(PAUSE, () -> done() >= done);
    }

    private int done() {
        return books.stream().mapToInt(book -> book.attempts("true")).sum();
    }

    private static boolean within(Duration most, BooleanSupplier condition) {
        try {
            Awaitility.await().atMost(most).pollInterval(Duration.ofMillis(20)).until(condition::getAsBoolean);
            return true;
        } catch (ConditionTimeoutException notThisTime) {
            return false; // The moment was not to be had; what happens next then happens at another.
        }
    }

    /** Partners behave, and what a batch waits for is seen to, until nothing moves any more. */
    private void settle() {
        calmPartners();
        workers.forEach(TappedWorker::awaitReady);
        Random choice = new Random(random.nextLong());
        try {
            Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(allEnded(choice));
        } catch (ConditionTimeoutException never) {
            throw new AssertionError(hanging(), never);
        }
    }

    private Callable<Boolean> allEnded(Random choice) {
        return () -> {
            boolean ended = true;
            for (CampaignBatch batch : batches) {
                var now = batch.now();
                if (now.path("finishedAt").isMissingNode() || now.path("finishedAt").isNull()) {
                    ended = false;
                    var head = now.path("waitsFor");
                    if (head.path("status").asText().equals("FAILED")) {
                        ask(head.path("orderId").asText(), choice.nextInt(3) == 0 ? "cancel" : "retry");
                    }
                }
            }
            for (OrderBook book : books) {
                List<String> notVoided = book.ids(NOT_VOIDED);
                notVoided.forEach(order -> ask(order, "cancel"));
                ended &= notVoided.isEmpty();
            }
            return ended && books.stream().allMatch(book -> book.count(OPEN) == 0);
        };
    }

    private String hanging() {
        String lanes = batches.stream()
                .map(batch -> batch.now() + "\n"
                        + fleet.database.query(
                                """
                                        select concat_ws(' ', 'lane', l.name, 'at rank', c.next_rank, 'past',
                                            c.last_rank, 'held by',
                                                         l.holder, 'until', l.lease_until, case
                                                             when l.batch_id = c.batch_id then 'has it' end)
                                        from batch_lane c join lane l on l.name = c.lane where c.batch_id = ?::uuid
                                            order by c.lane_no
                                        """,
                                row -> row.getString(1), batch.id()))
                .collect(Collectors.joining("\n"));
        String orders = books.stream()
                .flatMap(book -> book.stories(book.ids(OPEN)).stream())
                .limit(10)
                .map(OrderStory::told)
                .collect(Collectors.joining("\n"));
        return "It never came to its end.\n" + lanes + "\n" + orders;
    }

    private List<String> check() {
        List<String> wrong = new ArrayList<>();
        BatchEvidence evidence = new BatchEvidence(fleet, books.stream().map(OrderBook::channel).toList());
        List<BatchStory> stories = batches.stream().map(evidence::about).toList();
        stories.forEach(story -> System.out.printf("  %tT %s, %d marked%n", LocalTime.now(), story.now(),
                story.items().stream().filter(BatchStory.Item::marked).count()));
        List<LaneEvent> lanes = evidence.lanes();
        Stream.of(LaneEvent.Kind.values())
                .forEach(kind -> System.out.printf("  %tT lanes: %s %d times%n", LocalTime.now(), kind,
                        lanes.stream().filter(event -> event.kind() == kind).count()));
        List<BatchViolation> violations = BatchInvariants.check(plan.orderedSteps(), stories, evidence.effects(frozen),
                lanes);
        violations.forEach(violation -> wrong.add(violation.toString()));
        Invariants ofOrders = new Invariants(plan.steps(), Set.of("HANDLED", "FAILED", "CANCELLED", "RECEIVED"));
        for (OrderBook book : books) {
            List<OrderStory> orders = book.stories(book.accepted());
            ofOrders.check(orders).forEach(violation -> wrong.add(violation + "\n" + violation.order().told()));
            orders.stream()
                    .filter(order -> violations.stream().anyMatch(violation -> violation.what().contains(order.id())))
                    .limit(10)
                    .forEach(order -> wrong.add(order.told()));
        }
        return wrong;
    }
}
