package io.sluice.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The PostgreSQL processes that run on a data folder, also those that an owner left behind when it was killed.
 *
 * <p>
 * They are known by their executable, which lies in the folder: a process id that the folder has on record may by now
 * belong to somebody else, who must not be hurt.
 */
final class PostgresProcesses {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(50);

    private PostgresProcesses() {}

    /** The processes that run on the folder now, the postmaster and its children alike. */
    static List<ProcessHandle> running(DataFolder folder) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .command()
                        .map(command -> Path.of(command).startsWith(folder.postgresBinaries()))
                        .orElse(false))
                .toList();
    }

    /**
     * Stops whatever runs on the folder, in the orderly way if it can be done, and returns when nothing does any more.
     *
     * @throws EmbeddedServicesException if something goes on running all the same
     */
    static void stop(DataFolder folder) {
        List<ProcessHandle> running = running(folder);
        OptionalLong postmaster = recordedPid(folder);
        running.stream()
                .filter(process -> postmaster.equals(OptionalLong.of(process.pid())))
                .findFirst()
                .ifPresent(PostgresProcesses::requestFastShutdown);
        // Children without a postmaster end by themselves.
        if (!awaitNone(folder, STOP_TIMEOUT)) {
            // Nothing is lost even so: what was committed is in the write-ahead log.
            running(folder).forEach(ProcessHandle::destroyForcibly);
            if (!awaitNone(folder, KILL_TIMEOUT)) {
                throw new EmbeddedServicesException("PostgreSQL process %d cannot be stopped"
                        .formatted(running(folder).get(0).pid()));
            }
        }
        forgetForeignPid(folder);
    }

    /** PostgreSQL refuses to start while the process id on record is alive, whoever that is. */
    private static void forgetForeignPid(DataFolder folder) {
        OptionalLong pid = recordedPid(folder);
        if (pid.isPresent() && ProcessHandle.of(pid.getAsLong()).isPresent()) {
            try {
                Files.delete(pidFile(folder));
            } catch (IOException e) {
                throw new EmbeddedServicesException("%s cannot be removed (%s)".formatted(pidFile(folder), e), e);
            }
        }
    }

    private static Path pidFile(DataFolder folder) {
        return folder.postgres().resolve("postmaster.pid");
    }

    private static OptionalLong recordedPid(DataFolder folder) {
        try {
            Optional<String> first = Files.readAllLines(pidFile(folder)).stream().findFirst();
            return first.isPresent() ? OptionalLong.of(Long.parseLong(first.get().strip())) : OptionalLong.empty();
        } catch (IOException | NumberFormatException e) {
            // No server has run, or it has stopped in good order.
            return OptionalLong.empty();
        }
    }

    /** SIGINT makes the server end its sessions and write a last checkpoint; Java itself can only send SIGTERM and SIGKILL. */
    private static void requestFastShutdown(ProcessHandle postmaster) {
        try {
            new ProcessBuilder("sh", "-c", "kill -INT " + postmaster.pid()).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new EmbeddedServicesException("PostgreSQL cannot be told to stop (%s)".formatted(e), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static boolean awaitNone(DataFolder folder, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!running(folder).isEmpty()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                Thread.sleep(POLL.toMillis());
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
        return true;
    }

    private static EmbeddedServicesException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new EmbeddedServicesException("interrupted while waiting for PostgreSQL to stop", e);
    }
}
