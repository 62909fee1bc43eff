package io.sluice.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.sluice.testing.IppPeer;

/** Two workers that print at a real printer. A killed worker is replaced. */
final class PrintingWorkers {
    /** Short timings: every kill costs one lease. */
    private static final Map<String, String> SHORT_TIMINGS = Map.of("SLUICE_PARTNERS_TIMEOUT_MS", "1000",
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
        workers.add(TappedWorker.launch(fleet, "at-the-printer-" + ++hired, printer.uri(), SHORT_TIMINGS));
    }

    int sheets() {
        return printer.jobs().size();
    }

    void awaitSheets(int count) {
        orders.await(count + " sheets are printed", () -> sheets() >= count);
    }

    /**
     * Waits for a worker that has sent a slip which the printer has not received, while no other order is in progress.
     */
    TappedWorker caughtSending() {
        workers.forEach(TappedWorker::holdSlip);
        orders.await("a slip is sent", () -> sending().isPresent());
        TappedWorker caught = sending().orElseThrow();
        workers.stream().filter(worker -> worker != caught).forEach(TappedWorker::releasePrinter);
        orders.await("no other order is in progress",
                () -> orders.count("s.status = 'HANDLING' and s.worker is not null") == 1);
        return caught;
    }

    private Optional<TappedWorker> sending() {
        return workers.stream().filter(TappedWorker::holdsSheet).findAny();
    }

    /** The worker in the print step; any worker if there is none. */
    TappedWorker printing() {
        List<String> names = fleet.database.query("""
                select worker from order_state
                where status = 'HANDLING' and step = 'print-packing-slip' and worker is not null
                """, row -> row.getString(1));
        return workers.stream().filter(worker -> names.contains(worker.name())).findFirst().orElse(workers.get(0));
    }

    /**
     * Lets the printer print the slip and waits until the worker is about to record it. The database does not receive
     * the record.
     */
    void awaitRecord(TappedWorker sending) {
        sending.holdDatabaseAt(SECOND_STEP);
        sending.releasePrinter();
        orders.await("the worker is about to record it", () -> sending.holdsRecord(SECOND_STEP));
    }

    void kill(TappedWorker worker) {
        worker.kill();
        workers.remove(worker);
        hire();
    }
}
