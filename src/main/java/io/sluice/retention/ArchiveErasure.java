package io.sluice.retention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.sluice.process.Pace;
import io.sluice.process.PeriodicTasks;
import io.sluice.process.Role;
import io.sluice.retention.RetentionTable.Erasure;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** Erases persons from the archive of this process. The database tells whom, by a hash of the e-mail address. */
@ApplicationScoped
class ArchiveErasure {
    private static final Logger LOG = Logger.getLogger(ArchiveErasure.class);
    /** No statement takes longer: every older erasure has been committed. */
    private static final Duration COMMITTED = Duration.ofSeconds(30);
    /** A process with an archive that has not run for so long does not learn of an erasure. */
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private final Path folder;
    private final RetentionTable table;
    private final ArchivedOrder lines;
    private final AtomicBoolean running = new AtomicBoolean();

    ArchiveErasure(RetentionConfig config, RetentionTable table, ArchivedOrder lines) {
        this.folder = config.archive().orElse(null);
        this.table = table;
        this.lines = lines;
    }

    void start(@Observes StartupEvent event, Role role, PeriodicTasks tasks) {
        if (role.works()) {
            tasks.every(Pace.steady(60_000), LOG, "Erased persons cannot be forgotten", this::look);
        }
    }

    private Uni<Void> look() {
        Instant now = Instant.now();
        if (folder != null && running.compareAndSet(false, true)) {
            // The task does not wait for it: years of files take minutes.
            run(folder, now.minus(COMMITTED)).subscribe()
                    .with(done -> running.set(false), failure -> {
                        running.set(false);
                        LOG.warnf("Persons cannot be erased from the archive %s (%s). Trying again.", folder, failure);
                    });
        }
        return table.forgetErased(now.minus(REMEMBERED));
    }

    /** Completes when the persons who were erased before this time are in none of the files. */
    Uni<Void> run(Path archive, Instant before) {
        return Uni.createFrom()
                .item(new ArchiveFolder(archive))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .chain(files -> table.erasures(upTo(files), before)
                        .emitOn(Infrastructure.getDefaultWorkerPool())
                        .invoke(erasures -> erase(files, erasures)))
                .replaceWithVoid();
    }

    private static long upTo(ArchiveFolder files) {
        try {
            return files.erasedUpTo();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void erase(ArchiveFolder files, List<Erasure> erasures) {
        if (erasures.isEmpty()) {
            return;
        }
        Set<String> erased = erasures.stream()
                .map(erasure -> HexFormat.of().formatHex(erasure.emailHash()))
                .collect(Collectors.toSet());
        try {
            for (Path file : files.files()) {
                rewrite(files, file, erased);
            }
            files.erasedUpTo(erasures.get(erasures.size() - 1).id());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void rewrite(ArchiveFolder files, Path file, Set<String> erased) throws IOException {
        try {
            files.rewrite(file, line -> lines.without(erased, line));
        } catch (IOException broken) {
            throw new IOException(file + " cannot be rewritten: " + broken.getMessage(), broken);
        }
    }
}
