package io.sluice.dashboard.upload;

import java.io.StringWriter;
import java.util.List;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.sluice.accept.csv.CsvProblem;

/** All problems of a file, as a file that spreadsheets open. */
final class ProblemFile {
    /** Without it, Excel does not take the file for UTF-8. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final String FORMULA = "=+-@\t\r";

    private ProblemFile() {}

    static String of(List<CsvProblem> problems) {
        StringWriter text = new StringWriter().append(BYTE_ORDER_MARK);
        // Unbuffered, so that there is nothing to close.
        CsvWriter csv = CsvWriter.builder().bufferSize(0).build(text);
        csv.writeRecord("Row", "Column", "Problem");
        problems.forEach(problem -> csv.writeRecord(String.valueOf(problem.row()),
                problem.column() == null ? "" : asText(problem.column()), asText(problem.detail())));
        return text.toString();
    }

    /** A text from the imported file must not become a formula when a spreadsheet opens this one. */
    private static String asText(String cell) {
        return !cell.isEmpty() && FORMULA.indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }
}
