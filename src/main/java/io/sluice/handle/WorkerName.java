package io.sluice.handle;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What this process is called in leases and in the history: its host and process id, unless configured. */
@ApplicationScoped
class WorkerName {
    private final String name;

    WorkerName(@ConfigProperty(name = "sluice.worker.name") Optional<String> configured) {
        this.name = configured.orElseGet(() -> host() + "-" + ProcessHandle.current().pid());
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "worker";
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
