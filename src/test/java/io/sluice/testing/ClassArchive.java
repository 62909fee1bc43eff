package io.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The application's classes as a JVM holds them in memory, in a file (JEP 350): a process that maps it starts with a third less
 * work. Written by the first process of a build that ends in good order; those before it start without.
 */
final class ClassArchive {
    private static final Path COMPLETE = Path.of("target", "sluice.jsa").toAbsolutePath();
    private static final Path DRAFT = Path.of("target", "sluice-draft.jsa").toAbsolutePath();

    private static ChildProcess writer;

    private ClassArchive() {}

    /** Starts a JVM that runs {@code jar}, with the archive or to write it. */
    static synchronized ChildProcess start(String name, ProcessBuilder builder, Path jar) {
        try {
            completeDraft();
            if (isOf(jar)) {
                return start(name, builder, "-XX:SharedArchiveFile=" + COMPLETE);
            }
            if (writer != null) {
                return ChildProcess.start(name, builder);
            }
            Files.deleteIfExists(DRAFT);
            writer = start(name, builder, "-XX:ArchiveClassesAtExit=" + DRAFT);
            return writer;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Only the end of its writer says that it is whole; one that was killed leaves nothing or something worse. */
    private static void completeDraft() throws IOException {
        if (writer != null && !writer.alive()) {
            if (writer.awaitEnd() == 0 && Files.exists(DRAFT)) {
                Files.move(DRAFT, COMPLETE, StandardCopyOption.REPLACE_EXISTING);
            }
            writer = null;
        }
    }

    private static boolean isOf(Path jar) throws IOException {
        return Files.exists(COMPLETE)
                && Files.getLastModifiedTime(COMPLETE).compareTo(Files.getLastModifiedTime(jar)) > 0;
    }

    private static ChildProcess start(String name, ProcessBuilder builder, String option) {
        List<String> command = new ArrayList<>(builder.command());
        // Which classes cannot be kept, and that another JVM's archive is of no use, need not be told.
        command.addAll(1, List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off", "-Xshare:auto", option));
        return ChildProcess.start(name, builder.command(command));
    }
}
