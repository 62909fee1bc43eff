package io.sluice.accept;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/**
 * Makes lines of pieces of a stream. Blank lines are left out. Keeps the beginning of one line in memory, and no more
 * than the longest line.
 */
final class LineSplitter {
    /** Bytes of a line, without its end. */
    static final int MAX_BYTES = 64 * 1024;

    private final Consumer<BulkLine> lines;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream(1024);
    private boolean tooLong;
    private int number = 1;

    LineSplitter(Consumer<BulkLine> lines) {
        this.lines = lines;
    }

    /** Takes the next piece, and passes on the lines that end in it. */
    void take(byte[] piece) {
        int start = 0;
        for (int i = 0; i < piece.length; i++) {
            if (piece[i] == '\n') {
                keep(piece, start, i);
                end();
                start = i + 1;
            }
        }
        keep(piece, start, piece.length);
    }

    /** The stream has ended; its last line needs no line feed. */
    void end() {
        byte[] line = begun.toByteArray();
        if (tooLong) {
            lines.accept(new BulkLine(number, null));
        } else if (!isBlank(line)) {
            lines.accept(new BulkLine(number, line));
        }
        begun.reset();
        tooLong = false;
        number++;
    }

    /** The number of the line that has begun, or that would be the next. */
    int number() {
        return number;
    }

    private void keep(byte[] piece, int from, int to) {
        if (begun.size() + to - from > MAX_BYTES) {
            begun.reset();
            tooLong = true;
        }
        if (!tooLong) {
            begun.write(piece, from, to - from);
        }
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
