package io.sluice.crash;

import static io.sluice.crash.BatchViolation.Invariant.COUNTS_ADD_UP;
import static io.sluice.crash.BatchViolation.Invariant.HELD;
import static io.sluice.crash.BatchViolation.Invariant.IN_SEQUENCE;
import static io.sluice.crash.BatchViolation.Invariant.LAST_WORD;
import static io.sluice.crash.BatchViolation.Invariant.MARKED_WITH_REASON;
import static io.sluice.crash.BatchViolation.Invariant.NONE_FORGOTTEN;
import static io.sluice.crash.BatchViolation.Invariant.NOT_ASKED_AGAIN;
import static io.sluice.crash.BatchViolation.Invariant.ONCE;
import static io.sluice.crash.BatchViolation.Invariant.STANDS_STILL;
import static io.sluice.crash.BatchViolation.Invariant.STATUS_SEQUENCE;
import static io.sluice.crash.BatchViolation.Invariant.UNDIVIDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.sluice.crash.BatchStory.Delay;
import io.sluice.crash.BatchStory.Item;
import io.sluice.crash.BatchStory.Progress;
import io.sluice.crash.BatchViolation.Invariant;
import io.sluice.crash.LaneEvent.Kind;

/** Every violation must be detected. */
class BatchInvariantsTest {
    private static final String PRINT = "print-packing-slip";
    private static final Delay FAILURE = new Delay("FAILED", PRINT, "partner-refused", 422);
    private static final Instant NINE = Instant.parse("2026-01-05T09:00:00Z");

    private static Item handled(String order, int position) {
        return new Item(position, order, "HANDLED", null, false, Set.of(), true);
    }

    private static Item heldUp(String order, int position, boolean marked) {
        return heldUp(order, position, marked, FAILURE);
    }

    private static Item heldUp(String order, int position, boolean marked, Delay delay) {
        return new Item(position, order, "HANDLED", null, marked, Set.of(delay), true);
    }

    private static Progress progress(String status, int waiting, int handled) {
        return new Progress(status, Map.of("total", waiting + handled, "waiting", waiting, "handled", handled));
    }

    private static BatchStory batch(String id, String printOrder, Progress now, List<Progress> told, Item... items) {
        return new BatchStory(id, printOrder, Stream.of(items).map(Item::orderId).toList(), Set.of(), List.of(items), 0,
                List.of(), now, told);
    }

    private static BatchStory done(String id, String printOrder, Item... items) {
        Progress end = progress("COMPLETED", 0, items.length);
        return batch(id, printOrder, end, List.of(progress("RUNNING", items.length, 0), end), items);
    }

    private static BatchStory told(Progress now, int retries, Progress... told) {
        return new BatchStory("a", "as-listed", List.of("o1", "o2"), Set.of(), List.of(handled("o1", 1),
                handled("o2", 2)), retries, List.of(), now, List.of(told));
    }

    /** @param sheets order and batch of each sheet: {@code o1@a} */
    private static List<Effect> printed(String... sheets) {
        return IntStream.range(0, sheets.length)
                .mapToObj(i -> new Effect(sheets[i].split("@")[0], sheets[i].split("@")[1], false, NINE.plusSeconds(i),
                        0))
                .toList();
    }

    private static List<Invariant> broken(List<Effect> printed, BatchStory... batches) {
        return BatchInvariants.check(List.of(PRINT), List.of(batches), Map.of(PRINT, printed), List.of())
                .stream()
                .map(BatchViolation::invariant)
                .distinct()
                .toList();
    }

    @Test
    void everythingInSequence_isFine() {
        assertThat(broken(printed("o1@a", "o2@a"), done("a", "as-listed", handled("o1", 1), handled("o2", 2))))
                .isEmpty();
        assertThat(broken(printed("o2@a", "o1@a"), done("a", "reversed", handled("o1", 1), handled("o2", 2))))
                .isEmpty();
        assertThat(broken(printed("o2@a", "o1@a"), done("a", "any", handled("o1", 1), handled("o2", 2)))).isEmpty();
    }

    @Test
    void inversion_isFound_unlessMarked() {
        List<Effect> inverted = printed("o2@a", "o1@a");
        BatchStory unmarked = done("a", "as-listed", heldUp("o1", 1, false), handled("o2", 2));
        assertThat(broken(inverted, unmarked)).containsExactly(IN_SEQUENCE);
        assertThat(broken(printed("o1@a", "o2@a"), done("a", "reversed", handled("o1", 1), handled("o2", 2))))
                .containsExactly(IN_SEQUENCE);
        assertThat(broken(inverted, done("a", "as-listed", heldUp("o1", 1, true), handled("o2", 2)))).isEmpty();
        List<Effect> marked = List.of(inverted.get(0), new Effect("o1", "a", true, NINE.plusSeconds(1), 0));
        assertThat(broken(marked, unmarked)).isEmpty();
    }

    @Test
    void inversionAfterAMarkedOrder_isFound() {
        assertThat(broken(printed("o2@a", "o1@a", "o3@a"), done("a", "as-listed", heldUp("o1", 1, true),
                handled("o2", 2), handled("o3", 3)))).isEmpty();
        assertThat(broken(printed("o3@a", "o1@a", "o2@a"), done("a", "as-listed", heldUp("o1", 1, true),
                handled("o2", 2), handled("o3", 3)))).containsExactly(IN_SEQUENCE);
    }

    @Test
    void mark_ifALaterOneWasDoneInAnEarlierBatch_isAllowed() {
        Item marked = new Item(1, "o1", "HANDLED", null, true, Set.of(), true);
        BatchStory second = done("b", "as-listed", marked, handled("o2", 2));
        assertThat(broken(printed("o2@a", "o1@b"), second)).doesNotContain(MARKED_WITH_REASON);
        assertThat(broken(printed("o1@b", "o2@b"), second)).containsExactly(MARKED_WITH_REASON);
    }

    @Test
    void markWithoutReason_isFound() {
        Item marked = new Item(1, "o1", "HANDLED", null, true, Set.of(), true);
        assertThat(broken(printed("o1@a"), done("a", "as-listed", marked))).containsExactly(MARKED_WITH_REASON);
        assertThat(broken(printed("o1@a"), done("a", "any", heldUp("o1", 1, true))))
                .containsExactly(MARKED_WITH_REASON);
    }

    @Test
    void markBecauseThePartnerWasDownOrPaused_isFound_unlessItAnsweredThatOrderWithAnError() {
        for (Delay partners : List.of(new Delay("DELAYED", PRINT, "partner-down", null),
                new Delay("DELAYED", PRINT, "partner-down", 503),
                new Delay("DELAYED", PRINT, "partner-paused", null))) {
            assertThat(broken(printed("o1@a"), done("a", "as-listed", heldUp("o1", 1, true, partners))))
                    .as("%s", partners)
                    .containsExactly(STANDS_STILL);
            assertThat(broken(printed("o2@a", "o1@a"),
                    done("a", "as-listed", heldUp("o1", 1, false, partners), handled("o2", 2))))
                    .containsExactly(IN_SEQUENCE);
        }
        for (Delay itsOwn : List.of(new Delay("DELAYED", PRINT, "partner-down", 500),
                new Delay("DELAYED", PRINT, "partner-no-answer", null),
                new Delay("DELAYED", "create-shipment", "partner-down", null))) {
            assertThat(broken(printed("o1@a"), done("a", "as-listed", heldUp("o1", 1, true, itsOwn))))
                    .as("%s", itsOwn)
                    .isEmpty();
        }
    }

    private static LaneEvent lane(int id, Kind kind, String worker) {
        return new LaneEvent(id, PRINT + "/printer", kind, kind == Kind.HELD ? null : "a", worker, "");
    }

    private static List<Invariant> brokenAt(LaneEvent... lanes) {
        return BatchInvariants.check(List.of(PRINT), List.of(), Map.of(), List.of(lanes))
                .stream()
                .map(BatchViolation::invariant)
                .toList();
    }

    @Test
    void workerThatWritesOrMovesWithoutHoldingTheLane_isFound() {
        LaneEvent one = lane(1, Kind.HELD, "w1");
        LaneEvent other = lane(3, Kind.HELD, "w2");
        assertThat(brokenAt(one, lane(2, Kind.WROTE, "w1"), lane(2, Kind.MOVED, "w1"), other,
                lane(4, Kind.WROTE, "w2"), lane(5, Kind.HELD, "w1"), lane(6, Kind.WROTE, "w1"))).isEmpty();
        assertThat(brokenAt(one, other, lane(4, Kind.WROTE, "w1"))).containsExactly(HELD);
        assertThat(brokenAt(one, other, lane(4, Kind.MOVED, "w1"))).containsExactly(HELD);
        assertThat(brokenAt(one, lane(2, Kind.HELD, null), lane(3, Kind.WROTE, "w1"))).containsExactly(HELD);
        assertThat(brokenAt(one, lane(2, Kind.MOVED, null))).containsExactly(HELD);
        assertThat(brokenAt(lane(1, Kind.WROTE, "w1"))).containsExactly(HELD);
    }

    @Test
    void markOfAnOrderThatLingered_isFine_unlessItHadGoneThroughBefore() {
        Item marked = new Item(1, "o1", "HANDLED", null, true, Set.of(), true);
        Progress end = progress("ABORTED", 0, 1);
        BatchStory retried = new BatchStory("a", "as-listed", List.of("o1"), Set.of(), List.of(marked), 1,
                List.of(NINE.plusMillis(500)), end, List.of(end));
        List<Effect> printed = printed("o0@b", "o1@a");
        assertThat(broken(printed, retried)).isEmpty();
        assertThat(broken(printed.subList(0, 1), retried)).containsExactly(NONE_FORGOTTEN);
        assertThat(broken(printed("o1@a"), retried)).containsExactly(MARKED_WITH_REASON);
    }

    @Test
    void batchesThatInterleave_areFound_unlessOneComesBackLater() {
        BatchStory a = done("a", "as-listed", handled("o1", 1), handled("o2", 2));
        BatchStory b = done("b", "reversed", handled("o3", 1));
        assertThat(broken(printed("o1@a", "o2@a", "o3@b"), a, b)).isEmpty();
        assertThat(broken(printed("o1@a", "o3@b", "o2@a"), a, b)).containsExactly(UNDIVIDED);
        assertThat(broken(printed("o1@a", "o3@b", "o2@a"), a, done("b", "any", handled("o3", 1)))).isEmpty();
        assertThat(broken(printed("o1@a", "o3@b", "o2@a"),
                done("a", "as-listed", handled("o1", 1), heldUp("o2", 2, false)), b)).isEmpty();
    }

    @Test
    void batchThatIsRetriedAfterItsEnd_isUndividedBeforeAndAfter() {
        BatchStory a = done("a", "as-listed", handled("o1", 1), handled("o2", 2), handled("o3", 3));
        BatchStory b = done("b", "as-listed", handled("o4", 1));
        BatchStory retried = new BatchStory("a", a.printOrder(), a.asked(), Set.of(), a.items(), 1,
                List.of(NINE.plusMillis(500)), a.now(), a.told());
        assertThat(broken(printed("o1@a", "o4@b", "o2@a", "o3@a"), a, b)).containsExactly(UNDIVIDED);
        assertThat(broken(printed("o1@a", "o4@b", "o2@a", "o3@a"), retried, b)).isEmpty();
        assertThat(broken(printed("o1@a", "o2@a", "o4@b", "o3@a"), retried, b)).containsExactly(UNDIVIDED);
    }

    @Test
    void orderThatComesBackAmidAnotherBatch_isFound_evenIfMarked() {
        BatchStory a = done("a", "as-listed", heldUp("o1", 1, true), handled("o2", 2));
        BatchStory b = done("b", "as-listed", handled("o3", 1), handled("o4", 2));
        assertThat(broken(printed("o2@a", "o3@b", "o4@b", "o1@a"), a, b)).isEmpty();
        assertThat(broken(printed("o2@a", "o3@b", "o1@a", "o4@b"), a, b)).containsExactly(UNDIVIDED);
    }

    @Test
    void secondSheet_isFound() {
        assertThat(broken(printed("o1@a", "o1@a"), done("a", "as-listed", handled("o1", 1)))).containsExactly(ONCE);
    }

    @Test
    void slipThatIsSentAgain_isFound_evenIfThePrinterRemembers() {
        assertThat(broken(List.of(new Effect("o1", "a", false, NINE, 1)), done("a", "as-listed", handled("o1", 1))))
                .containsExactly(NOT_ASKED_AGAIN);
    }

    @Test
    void handledOrderWithoutASheet_isFound() {
        assertThat(broken(printed(), done("a", "as-listed", handled("o1", 1)))).containsExactly(NONE_FORGOTTEN);
    }

    @Test
    void orderThatIsNeitherTakenNorRejected_isFound() {
        Progress end = progress("COMPLETED", 0, 1);
        List<Item> items = List.of(handled("o1", 1));
        assertThat(broken(printed("o1@a"), new BatchStory("a", "any", List.of("o1", "o2"), Set.of("o2"), items, 0,
                List.of(), end, List.of(end)))).isEmpty();
        assertThat(broken(printed("o1@a"), new BatchStory("a", "any", List.of("o1", "o2"), Set.of(), items, 0,
                List.of(), end, List.of(end)))).containsExactly(NONE_FORGOTTEN);
    }

    @Test
    void orderLeftBehind_isFound() {
        Progress completed = progress("COMPLETED", 1, 0);
        Progress aborted = progress("ABORTED", 1, 0);
        Item open = new Item(1, "o1", "DELAYED", "partner-down", false, Set.of(FAILURE), true);
        Item failed = new Item(1, "o1", "FAILED", null, false, Set.of(FAILURE), true);
        Item returned = new Item(1, "o1", "RECEIVED", null, false, Set.of(), false);
        Item kept = new Item(1, "o1", "RECEIVED", null, false, Set.of(), true);
        assertThat(broken(printed(), batch("a", "any", aborted, List.of(aborted), returned))).isEmpty();
        for (Item lost : List.of(open, failed, kept)) {
            assertThat(broken(printed(), batch("a", "any", aborted, List.of(aborted), lost))).as("%s", lost)
                    .containsExactly(NONE_FORGOTTEN);
        }
        assertThat(broken(printed(), batch("a", "any", completed, List.of(completed), returned)))
                .containsExactly(NONE_FORGOTTEN);
    }

    @Test
    void countsThatDoNotAddUp_areFound() {
        List<Effect> printed = printed("o1@a", "o2@a");
        Progress end = progress("COMPLETED", 0, 2);
        Progress wrong = new Progress("RUNNING", Map.of("total", 2, "waiting", 1, "handled", 2));
        assertThat(broken(printed, told(end, 0, wrong, end))).containsExactly(COUNTS_ADD_UP);
        assertThat(broken(printed, told(end, 0, progress("RUNNING", 1, 2), end))).containsExactly(COUNTS_ADD_UP);
    }

    @Test
    void lastEventThatIsNotTheTruth_isFound() {
        List<Effect> printed = printed("o1@a", "o2@a");
        Progress end = progress("COMPLETED", 0, 2);
        assertThat(broken(printed, told(end, 0, progress("RUNNING", 1, 1)))).containsExactly(LAST_WORD);
        assertThat(broken(printed, told(end, 0, progress("COMPLETED", 1, 1)))).containsExactly(LAST_WORD);
        assertThat(broken(printed, told(end, 0))).containsExactly(LAST_WORD);
    }

    @Test
    void batchThatRunsAgainWithoutARetry_isFound() {
        List<Effect> printed = printed("o1@a", "o2@a");
        Progress running = progress("RUNNING", 1, 1);
        Progress stopped = progress("STOPPED", 1, 1);
        Progress end = progress("COMPLETED", 0, 2);
        assertThat(broken(printed, told(end, 1, running, stopped, running, end))).isEmpty();
        assertThat(broken(printed, told(end, 0, running, stopped, running, end))).containsExactly(STATUS_SEQUENCE);
        assertThat(broken(printed, told(end, 0, running, stopped, end))).containsExactly(STATUS_SEQUENCE);
        assertThat(broken(printed, told(running, 0, running))).containsExactly(STATUS_SEQUENCE);
    }
}
