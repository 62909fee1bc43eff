package io.sluice.dashboard.worker;

import io.sluice.dashboard.Format;
import io.sluice.store.WorkerView;

/** A row of the list of workers. */
record WorkerRow(WorkerView worker) {

    enum State {
        RUNNING, DISCONNECTED, SILENT
    }

    public State state() {
        if (!worker.alive()) {
            return State.SILENT;
        }
        return worker.receiving() ? State.RUNNING : State.DISCONNECTED;
    }

    public String label() {
        return switch (state()) {
            case RUNNING -> "Running";
            case DISCONNECTED -> "Not connected to the broker";
            case SILENT -> "Not responding";
        };
    }

    /** The id of the icon in {@code icons.svg}. */
    public String icon() {
        return switch (state()) {
            case RUNNING -> "handled";
            case DISCONNECTED -> "delayed";
            case SILENT -> "failed";
        };
    }

    /** The role and the version. */
    public String kind() {
        return "role " + worker.role() + ", version " + worker.version();
    }

    public String orders() {
        return Format.number(worker.orders());
    }

    public String lanes() {
        return worker.lanes().isEmpty() ? "none" : String.join(", ", worker.lanes());
    }

    public String since() {
        return Format.seconds(worker.since());
    }

    public String lastSeen() {
        return Format.clock(worker.lastSeen());
    }
}
