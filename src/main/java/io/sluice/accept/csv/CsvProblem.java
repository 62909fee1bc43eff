package io.sluice.accept.csv;

import io.sluice.json.InputError;

/**
 * What is wrong in a file.
 *
 * @param row    as a spreadsheet counts, the row of names being 1
 * @param column its name in the file; null if it concerns the row, or the order, as a whole
 * @param detail one sentence for a person
 */
public record CsvProblem(int row, String column, String detail) {

    /** The problem with its place. */
    public String toSentence() {
        return "Row " + row + (column == null ? "" : ", " + column) + ": " + detail;
    }

    InputError toError() {
        return InputError.at("", toSentence());
    }

    boolean isAtSamePlaceAs(CsvProblem other) {
        return row == other.row && column != null && column.equals(other.column);
    }
}
