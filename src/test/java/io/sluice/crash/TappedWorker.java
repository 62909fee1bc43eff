package io.sluice.crash;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.awaitility.Awaitility;

import io.sluice.testing.SluiceProcess;
import io.sluice.testing.Tap;

/** A worker whose calls to the printer and words to the database can be held back, to kill it in between. */
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

    /** Starts one that prints at the fleet's printer, without waiting for it. */
    static TappedWorker launch(Fleet fleet, String name) {
        return launch(fleet, name, URI.create(fleet.partners.url() + "/printer"), Map.of());
    }

    /** Starts one that prints at that printer, with these settings besides the fleet's, without waiting for it. */
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

    /** Holds back a slip that is sent to the printer, and passes on what the printer is asked. */
    void holdSlip() {
        printer.holdAt("%PDF");
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

    /**
     * Holds back all that it has to say to the database from when on this step is named: in the record of the one
     * before.
     */
    void holdDatabaseAt(String step) {
        database.holdAt(step);
    }

    boolean holdsRecord(String step) {
        return database.holdsBack(step);
    }

    /** SIGSTOP: from now on it hears of nothing. */
    void freeze() {
        process.freeze();
    }

    /** Up to now it has heard of nothing; it goes on as if no time had passed. */
    void thaw() {
        process.thaw();
    }

    /** SIGTERM, without waiting for what comes of it. */
    void askToStop() {
        process.askToStop();
    }

    /** Gives the exit code once it has ended. */
    int awaitEnd() {
        int code = process.awaitEnd();
        printer.close();
        database.close();
        return code;
    }

    /** {@code kill -9}; what was held back is lost, what it had sent besides arrives. */
    void kill() {
        process.kill();
        Awaitility.await().atMost(PATIENCE).until(() -> printer.connections() == 0);
        printer.close();
        database.close();
    }
}
