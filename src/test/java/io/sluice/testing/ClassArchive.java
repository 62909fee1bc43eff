package io.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A class-data archive of the application (JEP 350), which makes processes start with a third less work. The first
 * process of a build that exits cleanly writes it.
 */
final class ClassArchive {
    private static final Path COMPLETE = Path.of("target", "sluice.jsa").toAbsolutePath();
    /** Of this test JVM: another may be writing, too. */
    private static final Path DRAFT = Path.of("target", "sluice-draft-" + ProcessHandle.current().pid() + ".jsa")
            .toAbsolutePath();

    private static ChildProcess writer;

    private ClassArchive() {}

    /** Starts a JVM that runs {@code jar} and uses the archive, or writes it. */
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

    /** Accepts the draft only after its writer has exited: a killed writer leaves an incomplete file. */
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
        // Hides warnings about classes that cannot be archived and about archives of other JVMs.
        command.addAll(1, List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off", "-Xshare:auto", option));
        return ChildProcess.start(name, builder.command(command));
    }
}
