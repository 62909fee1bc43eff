package io.sluice.crash;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.awaitility.Awaitility;

import io.sluice.testing.SluiceProcess;
import io.sluice.testing.Tap;

/**
 * A worker whose requests to the printer and statements to the database can be held back, so that a test can kill it in
 * between.
 */
final class TappedWorker {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

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

    /** Starts a worker that prints at the printer of the fleet, without waiting. */
    static TappedWorker launch(Fleet fleet, String name) {
        return launch(fleet, name, URI.create(fleet.partners.url() + "/printer"), Map.of());
    }

    /** Starts a worker that prints at this printer, with additional settings, without waiting. */
    static TappedWorker launch(Fleet fleet, String name, URI printerUrl, Map<String, String> settings) {
        Tap printer = new Tap(printerUrl.getPort());
        Tap database = new Tap(fleet.database.port());
        Map<String, String> more = new HashMap<>(settings);
        more.put("SLUICE_PARTNERS_PRINTER_URL", "%s://127.0.0.1:%d%s".formatted(printerUrl.getScheme(), printer.port(),
                printerUrl.getPath()));
        return new TappedWorker(name, printer, database,
                fleet.launchWorker(name, more, database.port(), fleet.broker.port()));
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

    /** Holds back slips sent to the printer; look-ups still pass. */
    void holdSlip() {
        printer.holdAt("%PDF");
    }

    boolean holdsSheet() {
        return printer.heldBack() > 0;
    }

    /** Sends the held requests to the printer. */
    void releasePrinter() {
        printer.release();
    }

    void holdDatabase() {
        database.hold();
    }

    /**
     * Holds back statements to the database once one contains this step, which the record of the previous step does.
     */
    void holdDatabaseAt(String step) {
        database.holdAt(step);
    }

    boolean holdsRecord(String step) {
        return database.holdsBack(step);
    }

    /** SIGSTOP: pauses the worker. */
    void freeze() {
        process.freeze();
    }

    /** {@code kill -9}. Held data is lost; data already sent arrives. */
    void kill() {
        process.kill();
        Awaitility.await().atMost(PATIENCE).until(() -> printer.connections() == 0);
        printer.close();
        database.close();
    }
}
