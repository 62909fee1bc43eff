package io.sluice.accept.csv;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.StringArrayHandler;
import io.sluice.http.BodyLimit;
import io.sluice.http.ProblemException;

/**
 * A file of orders (RFC 4180) in UTF-8, with commas, semicolons or tabs between the cells. It is read as a whole: what
 * makes it unreadable must be known before any of its orders is stored.
 *
 * @param rows those below the header that are not blank
 */
record CsvFile(CsvHeader header, List<CsvRow> rows) {
    /** Below the header, without blank ones. */
    static final int MAX_ROWS = 20_000;
    private static final List<Character> SEPARATORS = List.of(',', ';', '\t');
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    /** Becomes a row of its own after the file, unless the file ends within quotes. */
    private static final String END = "\u0003end";

    /**
     * @throws ProblemException 400 if this is not CSV in UTF-8, 413 if it has too many rows, 422 if it has none
     */
    static CsvFile parse(byte[] bytes) {
        if (bytes.length > BodyLimit.MAX_CSV_BYTES) {
            throw ProblemException.tooLarge("The file has more than 10 MiB. Split it.");
        }
        String text = decode(bytes);
        List<CsvRow> rows = read(text, separator(text));
        if (rows.size() < 2) {
            throw ProblemException.invalid(rows.isEmpty()
                    ? "The file is empty. Its first row must have the names of the columns."
                    : "The file has no rows below the names of its columns.");
        }
        return new CsvFile(CsvHeader.of(rows.get(0)), List.copyOf(rows.subList(1, rows.size())));
    }

    private static String decode(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            if (text.indexOf('\0') >= 0) {
                throw new CharacterCodingException();
            }
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException notUtf8) {
            throw ProblemException.malformed("The file is not text in UTF-8. In Excel, save it as \"CSV UTF-8\"; in "
                    + "LibreOffice, choose the character set \"Unicode (UTF-8)\".");
        }
    }

    /** The one with which the header has the most columns that are known. */
    private static char separator(String text) {
        return SEPARATORS.stream()
                .max(Comparator.comparingInt((Character one) -> header(text, one).known().size())
                        .thenComparingInt(one -> header(text, one).width()))
                .orElseThrow();
    }

    private static CsvHeader header(String text, char separator) {
        try {
            return StreamSupport.stream(records(text, separator).spliterator(), false)
                    .map(cells -> new CsvRow(1, List.of(cells)))
                    .filter(row -> !row.isBlank())
                    .findFirst()
                    .map(CsvHeader::of)
                    .orElse(CsvHeader.NONE);
        } catch (CsvParseException broken) {
            return CsvHeader.NONE;
        }
    }

    /** The rows that are not blank. */
    private static List<CsvRow> read(String text, char separator) {
        List<CsvRow> rows = new ArrayList<>();
        int number = 0;
        try {
            for (String[] cells : records(text + "\n" + END, separator)) {
                CsvRow row = new CsvRow(++number, List.of(cells));
                if (!row.isBlank()) {
                    rows.add(row);
                }
                if (rows.size() > MAX_ROWS + 2) {
                    throw ProblemException.tooLarge("The file has more than " + MAX_ROWS + " rows. Split it.");
                }
            }
        } catch (CsvParseException broken) {
            throw unreadable(number + 1, "there is text after a closing quote");
        }
        CsvRow last = rows.remove(rows.size() - 1);
        if (!last.cells().equals(List.of(END))) {
            throw unreadable(last.number(), "a quote is opened and never closed");
        }
        return rows;
    }

    private static ProblemException unreadable(int row, String fault) {
        return ProblemException.malformed("Row " + row + " cannot be read: " + fault
                + ". A quote within quotes must be doubled.");
    }

    private static CsvReader<String[]> records(String text, char separator) {
        return CsvReader.builder()
                .fieldSeparator(separator)
                // Rows must have the numbers that a spreadsheet shows.
                .skipEmptyLines(false)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .build(StringArrayHandler.of(), text);
    }
}
