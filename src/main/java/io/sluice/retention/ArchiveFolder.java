package io.sluice.retention;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The files of an archive. Processes may share the folder: one at a time writes. */
final class ArchiveFolder {
    static final String SUFFIX = ".ndjson.gz";
    private static final String LOCK = ".lock";
    /** Up to which erasure of a person the files have been rewritten. It is kept, and backed up, with the files. */
    private static final String ERASED = ".erased";
    /** A file lock is held by a whole process. */
    private static final Object ONE_THREAD = new Object();

    private final Path folder;

    ArchiveFolder(Path folder) {
        this.folder = folder;
    }

    void append(String file, byte[] bytes) throws IOException {
        Files.createDirectories(folder);
        alone(() -> {
            try (FileChannel out = FileChannel.open(folder.resolve(file), StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND)) {
                ByteBuffer rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    out.write(rest);
                }
                out.force(true);
            }
        });
    }

    List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
        }
    }

    /** Replaces a file by one with other lines, unless all lines stay the same. */
    void rewrite(Path file, UnaryOperator<String> line) throws IOException {
        alone(() -> {
            Path rewritten = folder.resolve(file.getFileName() + ".new");
            boolean changed = false;
            try (BufferedReader in = new BufferedReader(new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
                    OutputStream out = new GZIPOutputStream(Files.newOutputStream(rewritten))) {
                for (String before = in.readLine(); before != null; before = in.readLine()) {
                    String after = line.apply(before);
                    changed |= !after.equals(before);
                    out.write((after + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
            if (changed) {
                try (FileChannel written = FileChannel.open(rewritten, StandardOpenOption.WRITE)) {
                    written.force(true);
                }
                Files.move(rewritten, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.delete(rewritten);
            }
        });
    }

    /** 0 if none. */
    long erasedUpTo() throws IOException {
        Path file = folder.resolve(ERASED);
        return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
    }

    void erasedUpTo(long erasure) throws IOException {
        Files.createDirectories(folder);
        Path written = Files.writeString(folder.resolve(ERASED + ".new"), erasure + "\n");
        Files.move(written, folder.resolve(ERASED), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private interface Work {
        void run() throws IOException;
    }

    private void alone(Work work) throws IOException {
        synchronized (ONE_THREAD) {
            try (FileChannel lock = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE)) {
                lock.lock();
                work.run();
            }
        }
    }
}
