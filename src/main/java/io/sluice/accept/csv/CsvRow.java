package io.sluice.accept.csv;

import java.util.List;
import java.util.stream.IntStream;

import io.sluice.json.TextRules;

/**
 * A row of a file.
 *
 * @param number as a spreadsheet counts: from 1, blank rows too
 * @param cells  may be fewer than there are columns; the others are blank
 */
record CsvRow(int number, List<String> cells) {

    /** The text of a cell without outer blanks; empty if there is none. */
    String cell(int column) {
        return column < cells.size() ? TextRules.strip(cells.get(column)) : "";
    }

    boolean isBlank() {
        return cells.stream().allMatch(TextRules::isBlank);
    }

    /** Whether there are values from this column on. */
    boolean hasValuesFrom(int column) {
        return IntStream.range(column, cells.size()).anyMatch(at -> !cell(at).isEmpty());
    }
}
