package io.sluice.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Where the partners' journals are: {@code carrier.ndjson}, {@code carrier.dhl.ndjson}. */
final class Journals {
    private static final String SUFFIX = ".ndjson";

    private Journals() {}

    /** @return null if {@code folder} is: then nothing is kept */
    static Path file(Path folder, String kind, String name) {
        return folder == null ? null : folder.resolve((name.equals(kind) ? kind : kind + "." + name) + SUFFIX);
    }

    /** Where the pending orders of a marketplace are: {@code orders-of.marketplace.ndjson}. */
    static Path pendingOrders(Path folder, String name) {
        return file(folder, "orders-of", name);
    }

    /** The named partners of that kind that have a journal. */
    static List<String> names(Path folder, String kind) {
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, kind + ".*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                names.add(name.substring(kind.length() + 1, name.length() - SUFFIX.length()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the simulator's folder " + folder, e);
        }
        Collections.sort(names);
        return names;
    }
}
