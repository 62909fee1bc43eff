package io.sluice.http;

import java.io.Writer;

import de.siegmar.fastcsv.writer.CsvWriter;

/** CSV files for people, who open them in spreadsheets. */
public final class CsvText {
    /** Without it, Excel does not take the file for UTF-8. */
    public static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final String FORMULA = "=+-@\t\r";

    private CsvText() {}

    /** Unbuffered, so that there is nothing to close. */
    public static CsvWriter writer(Writer text) {
        return CsvWriter.builder().bufferSize(0).build(text);
    }

    /** A text of others must not become a formula when a spreadsheet opens the file. */
    public static String cell(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
