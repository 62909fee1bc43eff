package io.sluice.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that holds a password and nothing else, as container platforms mount it. */
public final class SecretFile {

    private SecretFile() {}

    /**
     * Reads the password. A line break at the end is not part of it.
     *
     * @throws UncheckedIOException if the file cannot be read; the message names it
     */
    public static String read(Path file) {
        try {
            return Files.readString(file).replaceFirst("\\R\\z", "");
        } catch (IOException e) {
            // The message of the cause is only the name again.
            String message = "the password file %s cannot be read (%s)".formatted(file, e.getClass().getSimpleName());
            throw new UncheckedIOException(message, new IOException(message));
        }
    }
}
