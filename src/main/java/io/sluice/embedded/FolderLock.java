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

/**
 * The ownership of a data folder: a lock that the operating system takes back when the process ends, however it ends.
 */
final class FolderLock implements AutoCloseable {

    // POSIX drops all of a process's locks on a file as soon as it closes any descriptor of that file. So within one JVM
    // a held lock file must not even be opened again.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes the lock, or returns empty if somebody else (in this JVM or in another) holds it. */
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
            // Held by another class loader of this JVM: the same as held by another process.
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
