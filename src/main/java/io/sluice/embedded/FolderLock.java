package io.sluice.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The lock of a data folder. The operating system releases it when the process ends, even after a kill. */
final class FolderLock implements AutoCloseable {

    // POSIX releases all locks of a process on a file when it closes any descriptor of that file. A lock file held by
    // this JVM must therefore not be opened again.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Acquires the lock; empty if this JVM or another process holds it. */
    static Optional<FolderLock> tryAcquire(Path file) {
        if (!HELD_HERE.add(file)) {
            return Optional.empty();
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, CREATE, WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new FolderLock(file, channel));
            }
        } catch (OverlappingFileLockException e) {
            // Another class loader of this JVM holds it.
        } catch (IOException e) {
            release(file, channel);
            throw new EmbeddedServicesException("the data folder cannot be locked (%s)".formatted(e), e);
        }
        release(file, channel);
        return Optional.empty();
    }

    @Override
    public void close() {
        release(file, channel);
    }

    private static void release(Path file, FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new EmbeddedServicesException("the lock %s cannot be released (%s)".formatted(file, e), e);
        } finally {
            HELD_HERE.remove(file);
        }
    }
}
