package io.sluice.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The PostgreSQL processes of a data folder, including those left over from a killed owner.
 *
 * <p>
 * They are recognised by their executable, which lies in the folder. A recorded process id is not enough: it may belong
 * to an unrelated process by now.
 */
final class PostgresProcesses {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(50);

    private PostgresProcesses() {}

    /** The running processes of the folder: postmaster and children. */
    static List<ProcessHandle> running(DataFolder folder) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .command()
                        .map(command -> Path.of(command).startsWith(folder.postgresBinaries()))
                        .orElse(false))
                .toList();
    }

    /** The running postmaster of the folder. */
    static Optional<ProcessHandle> postmaster(DataFolder folder) {
        OptionalLong recorded = recordedPid(folder);
        return running(folder).stream()
                .filter(process -> recorded.equals(OptionalLong.of(process.pid())))
                .findFirst();
    }

    /**
     * Stops all processes of the folder, cleanly if possible, and waits for their end.
     *
     * @throws EmbeddedServicesException if a process cannot be stopped
     */
    static void stop(DataFolder folder) {
        postmaster(folder).ifPresent(PostgresProcesses::requestFastShutdown);
        // Children without a postmaster exit by themselves.
        if (!awaitNone(folder, STOP_TIMEOUT)) {
            // Safe: committed data is in the write-ahead log.
            running(folder).forEach(ProcessHandle::destroyForcibly);
            if (!awaitNone(folder, KILL_TIMEOUT)) {
                throw new EmbeddedServicesException("PostgreSQL process %d cannot be stopped"
                        .formatted(running(folder).get(0).pid()));
            }
        }
        forgetForeignPid(folder);
    }

    /** Removes a recorded process id that belongs to an unrelated process. PostgreSQL would refuse to start. */
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
            // Never started, or stopped cleanly.
            return OptionalLong.empty();
        }
    }

    /**
     * Requests a fast shutdown with SIGINT, which ends sessions and writes a checkpoint. Java can send only SIGTERM and
     * SIGKILL.
     */
    private static void requestFastShutdown(ProcessHandle postmaster) {
        try {
            new ProcessBuilder("sh", "-c", "kill -INT " + postmaster.pid()).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new EmbeddedServicesException("PostgreSQL cannot be signalled (%s)".formatted(e), e);
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
