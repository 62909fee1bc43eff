package io.sluice.accept;

/**
 * A line of a stream.
 *
 * @param number  counted from 1, blank lines too, as editors do
 * @param content without the line's end; null if the line is too long to be read
 */
record BulkLine(int number, byte[] content) {

    /** Bytes that it takes in memory, about. */
    int size() {
        return content == null ? 0 : content.length;
    }
}
