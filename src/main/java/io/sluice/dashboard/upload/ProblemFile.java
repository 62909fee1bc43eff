package io.sluice.dashboard.upload;

import java.io.StringWriter;
import java.util.List;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.sluice.accept.csv.CsvProblem;
import io.sluice.http.CsvText;

/** All problems of a file, as a file that spreadsheets open. */
final class ProblemFile {

    private ProblemFile() {}

    static String of(List<CsvProblem> problems) {
        StringWriter text = new StringWriter().append(CsvText.BYTE_ORDER_MARK);
        CsvWriter csv = CsvText.writer(text);
        csv.writeRecord("Row", "Column", "Problem");
        problems.forEach(problem -> csv.writeRecord(String.valueOf(problem.row()),
                problem.column() == null ? "" : CsvText.cell(problem.column()), CsvText.cell(problem.detail())));
        return text.toString();
    }
}
