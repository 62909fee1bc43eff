package io.sluice.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

/** Makes a first start that was killed begin again, instead of going on with half of the binaries or half of a database. */
final class FirstStart {

    /** Written once the database cluster is complete. */
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
            // Moved, not deleted: it might be a database that somebody has put there.
            Files.move(folder.postgres(),
                    folder.root().resolve("postgres.unfinished-" + Instant.now().toEpochMilli()));
        }
    }

    /** The library's own two marks: the one it sets when it is done, and the lock it holds until then. */
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
