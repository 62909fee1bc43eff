package io.sluice.address;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads a table of the resource folder {@code addresses}: columns are separated by tabs, comments begin with #. */
final class Table {
    private Table() {}

    static List<String[]> rows(String file) {
        String path = "/addresses/" + file;
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(Table.class.getResourceAsStream(path), StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.startsWith("#")).map(line -> line.split("\t", -1)).toList();
        } catch (IOException broken) {
            throw new UncheckedIOException("The resource " + path + " cannot be read", broken);
        }
    }
}
