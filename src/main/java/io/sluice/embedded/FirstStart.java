package io.sluice.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

/** Restarts an interrupted first start from scratch, instead of using incomplete binaries or an incomplete database. */
final class FirstStart {

    /** Marks a complete database cluster. */
    private static final String COMPLETE = "sluice.complete";

    private FirstStart() {}

    static void clearUnfinished(DataFolder folder) throws IOException {
        if (Files.isDirectory(folder.postgresBinaries())) {
            try (Stream<Path> versions = Files.list(folder.postgresBinaries())) {
                for (Path version : versions.filter(FirstStart::isHalfUnpacked).toList()) {
                    delete(version);
                }
            }
        }
        if (Files.exists(folder.postgres()) && !Files.exists(folder.postgres().resolve(COMPLETE))) {
            // Moves the directory instead of deleting it: it may contain user data.
            Files.move(folder.postgres(),
                    folder.root().resolve("postgres.unfinished-" + Instant.now().toEpochMilli()));
        }
    }

    /** The library writes a marker when it has unpacked the binaries and holds a lock until then. */
    private static boolean isHalfUnpacked(Path version) {
        return !Files.exists(version.resolve(".exists")) || Files.exists(version.resolve("epg-lock"));
    }

    static void markComplete(DataFolder folder) {
        Path mark = folder.postgres().resolve(COMPLETE);
        try {
            if (!Files.exists(mark)) {
                Files.createFile(mark);
            }
        } catch (IOException e) {
            throw new EmbeddedServicesException("%s cannot be written (%s)".formatted(mark, e), e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
