package io.sluice.accept.csv;

import java.util.List;
import java.util.stream.Stream;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** The columns that a file may have, for people. */
@Singleton
@Named("csvColumns")
public class CsvColumns {

    /** A column; {@code *} stands for the rest of a name. */
    public record Column(String name, String otherNames, String meaning, boolean required) {}

    public List<Column> all() {
        return Stream.of(CsvField.values())
                .map(field -> new Column(field.title() + (field.isPrefix() ? "*" : ""),
                        String.join(", ", field.others()), field.meaning(), field.isRequired()))
                .toList();
    }
}
