package io.sluice.crash;

import java.util.Map;

import io.sluice.testing.SluiceProcess;
import io.sluice.testing.Tap;

/** A worker whose calls to the printer and words to the database can be held back, to kill it in between. */
final class TappedWorker {
    private final String name;
    private final Tap printer;
    private final Tap database;
    private final SluiceProcess process;

    private TappedWorker(String name, Tap printer, Tap database, SluiceProcess process) {
        this.name = name;
        this.printer = printer;
        this.database = database;
        this.process = process;
    }

    /** Starts one without waiting for it. */
    static TappedWorker launch(Fleet fleet, String name) {
        Tap printer = new Tap(fleet.partners.port());
        Tap database = new Tap(fleet.database.port());
        return new TappedWorker(name, printer, database, fleet.launchWorker(name,
                Map.of("SLUICE_PARTNERS_PRINTER_URL", "http://127.0.0.1:" + printer.port() + "/printer"),
                database.port(), fleet.broker.port()));
    }

    String name() {
        return name;
    }

    void awaitReady() {
        process.awaitReady();
    }

    void holdPrinter() {
        printer.hold();
    }

    boolean holdsSheet() {
        return printer.heldBack() > 0;
    }

    /** The printer hears of what was held back. */
    void releasePrinter() {
        printer.release();
    }

    void holdDatabase() {
        database.hold();
    }

    /** {@code kill -9}; what was held back is lost. */
    void kill() {
        process.kill();
        printer.close();
        database.close();
    }
}
