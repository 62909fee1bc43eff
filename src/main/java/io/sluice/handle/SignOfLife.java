package io.sluice.handle;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.sluice.process.Pace;
import io.sluice.process.PeriodicTasks;
import io.sluice.process.Role;
import io.sluice.queue.WorkReceiver;
import io.sluice.shutdown.ShutdownStarted;
import io.sluice.store.WorkerTable;

/** Tells people that this process handles orders. */
@ApplicationScoped
class SignOfLife {
    private static final Logger LOG = Logger.getLogger(SignOfLife.class);
    private static final long PERIOD_MS = 3_000;

    private final WorkerTable table;
    private final WorkerName name;
    private final Role role;
    private final String version;
    private final WorkReceiver receiver;
    private final UUID run = UUID.randomUUID();
    private boolean connected = true;

    SignOfLife(WorkerTable table, WorkerName name, Role role, WorkReceiver receiver,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.table = table;
        this.name = name;
        this.role = role;
        this.receiver = receiver;
        this.version = version;
    }

    void start(@Observes StartupEvent event, PeriodicTasks tasks) {
        if (role.works()) {
            tasks.every(Pace.steady(PERIOD_MS), LOG, "This worker cannot show that it lives",
                    () -> table.seen(name.toString(), run, role.configName(), version, receiving())).now();
        }
    }

    /** A connection counts as lost when it is missing for two signs: a process that starts is not connected at once. */
    private boolean receiving() {
        boolean before = connected;
        connected = receiver.receiving();
        return connected || before;
    }

    void leave(@Observes ShutdownStarted event) {
        if (role.works()) {
            event.endsWith(table.left(run).onFailure().recoverWithNull());
        }
    }
}
