package io.sluice.simulator;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An append-only NDJSON file that outlives a kill of the process: each line has reached the operating system when
 * {@link #append} returns (it is not forced to the disk, so a power cut may take the last ones).
 */
final class Journal implements Closeable {

    private final Path file;
    private final FileChannel channel;
    private long end;

    private Journal(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.end = endOfLastLine();
        channel.truncate(end);
    }

    /**
     * Opens or creates the file and replays what it holds, without a last line that was never finished.
     *
     * @throws IllegalStateException if another simulator has the file open or a finished line cannot be read
     * @throws UncheckedIOException if the file cannot be read or written
     */
    static Journal open(Path file, Consumer<ObjectNode> replay) {
        try {
            Files.createDirectories(file.getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            try {
                lock(file, channel);
                Journal journal = new Journal(file, channel);
                journal.replay(replay);
                return journal;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open the simulator's journal " + file, e);
        }
    }

    /** @throws UncheckedIOException if the line could not be written; then the journal is as before */
    void append(ObjectNode line) {
        byte[] json = Json.bytes(line);
        ByteBuffer buffer = ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
        try {
            long position = end;
            while (buffer.hasRemaining()) {
                position += channel.write(buffer, position);
            }
            end = position;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to the simulator's journal " + file, withoutTornLine(e));
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static void lock(Path file, FileChannel channel) throws IOException {
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very process; the message is the same.
        }
        throw new IllegalStateException("The simulator's journal " + file + " is in use by another simulator");
    }

    private long endOfLastLine() throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        long position = channel.size();
        while (position > 0) {
            channel.read(last.clear(), position - 1);
            if (last.get(0) == '\n') {
                break;
            }
            position--;
        }
        return position;
    }

    private void replay(Consumer<ObjectNode> replay) throws IOException {
        // Reads by way of the channel and leaves it open: closing any other view of the file would drop its lock.
        BufferedReader lines = new BufferedReader(Channels.newReader(channel.position(0), StandardCharsets.UTF_8));
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            try {
                replay.accept(Json.parseObject(line.getBytes(StandardCharsets.UTF_8)));
            } catch (RuntimeException e) {
                throw new IllegalStateException(
                        "Line " + number + " of the simulator's journal " + file + " cannot be read", e);
            }
        }
    }

    private IOException withoutTornLine(IOException cause) {
        try {
            channel.truncate(end);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return cause;
    }
}
