package io.sluice.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.sluice.testing.IppPeer;

/** Two workers that print at a real printer; when one dies, another is hired. */
final class PrintingWorkers {
    /** As short as it may be, for every death costs one lease. */
    private static final Map<String, String> HASTE = Map.of("SLUICE_PARTNERS_TIMEOUT_MS", "1000",
            "SLUICE_HANDLING_LEASE", "6s");
    private static final int COUNT = 2;
    private static final String SECOND_STEP = "create-shipment";

    private final Fleet fleet;
    private final IppPeer printer;
    private final OrderBook orders;
    private final List<TappedWorker> workers = new ArrayList<>();
    private int hired;

    PrintingWorkers(Fleet fleet, IppPeer printer, OrderBook orders) {
        this.fleet = fleet;
        this.printer = printer;
        this.orders = orders;
        while (hired < COUNT) {
            hire();
        }
        workers.forEach(TappedWorker::awaitReady);
    }

    private void hire() {
        workers.add(TappedWorker.launch(fleet, "at-the-printer-" + ++hired, printer.uri(), HASTE));
    }

    int sheets() {
        return printer.jobs().size();
    }

    void awaitSheets(int count) {
        orders.await(count + " sheets are out", () -> sheets() >= count);
    }

    /** The worker that has sent a slip of which the printer has not heard yet, and nobody does anything else. */
    TappedWorker caughtSending() {
        workers.forEach(TappedWorker::holdSlip);
        orders.await("a slip is sent", () -> sending().isPresent());
        TappedWorker caught = sending().orElseThrow();
        workers.stream().filter(worker -> worker != caught).forEach(TappedWorker::releasePrinter);
        // Those in the lane are this slip and the next one, which is claimed ahead.
        orders.await("nothing else is being worked on",
                () -> orders.count("s.worker is not null and s.lane is null") == 0);
        return caught;
    }

    private Optional<TappedWorker> sending() {
        return workers.stream().filter(TappedWorker::holdsSheet).findAny();
    }

    /** The worker that holds the printer's lane now; any if none does. */
    TappedWorker printing() {
        List<String> names = fleet.database.query("select holder from lane where holder is not null",
                row -> row.getString(1));
        return workers.stream().filter(worker -> names.contains(worker.name())).findFirst().orElse(workers.get(0));
    }

    /**
     * Has the slip that it sends printed, and waits until it is about to write that, in a database that will not hear
     * it.
     */
    void awaitRecord(TappedWorker sending) {
        sending.holdDatabaseAt(SECOND_STEP);
        sending.releasePrinter();
        orders.await("it is about to write", () -> sending.holdsRecord(SECOND_STEP));
    }

    void kill(TappedWorker worker) {
        worker.kill();
        workers.remove(worker);
        hire();
    }
}
