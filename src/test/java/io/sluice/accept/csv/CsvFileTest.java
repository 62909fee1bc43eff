package io.sluice.accept.csv;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.sluice.http.ProblemException;

/** What counts as a file: dialects, encodings, blank rows, and what is refused as a whole. */
class CsvFileTest {
    private static CsvFile parse(String text) {
        return CsvFile.parse(text.getBytes(UTF_8));
    }

    private static List<List<String>> cells(CsvFile file) {
        return file.rows().stream().map(CsvRow::cells).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void separator_isFoundByTheHeader(String separator) {
        CsvFile file = parse(String.join(separator, "Order number", "SKU", "Note; with, other\tseparators") + "\n"
                + String.join(separator, "W-1", "A", "x"));

        assertThat(file.header().known()).extracting(CsvHeader.Column::field)
                .startsWith(CsvField.EXTERNAL_ID, CsvField.SKU);
        assertThat(file.rows().get(0).cells()).startsWith("W-1", "A");
    }

    @Test
    void quotes_keepSeparatorsLineBreaksAndQuotes() {
        CsvFile file = parse("sku,note\r\nA,\"one, two\r\n\"\"three\"\"\"\r\n6\" pipe,\r\n");

        assertThat(cells(file)).containsExactly(List.of("A", "one, two\r\n\"three\""), List.of("6\" pipe", ""));
        assertThat(file.rows()).extracting(CsvRow::number).containsExactly(2, 3);
    }

    @Test
    void blankRows_countButAreNoRows() {
        CsvFile file = parse("\n ;\nsku;note\n\n;\nA;x\n\n\n");

        assertThat(cells(file)).containsExactly(List.of("A", "x"));
        assertThat(file.rows().get(0).number()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void lineBreaks_areThoseOfAnySystem(String lineBreak) {
        assertThat(cells(parse("sku,note" + lineBreak + "A,x" + lineBreak + "B,y")))
                .containsExactly(List.of("A", "x"), List.of("B", "y"));
    }

    @Test
    void byteOrderMark_isNoPartOfTheFirstName() {
        assertThat(parse("\uFEFFsku,note\nA,x").header().known()).hasSize(2);
    }

    @Test
    void otherEncodings_areRefused() {
        String text = "sku,note\nA,Käse";
        for (Charset charset : List.of(Charset.forName("windows-1252"), UTF_16)) {
            assertThatThrownBy(() -> CsvFile.parse(text.getBytes(charset))).isInstanceOf(ProblemException.class)
                    .hasMessageContaining("The file is not text in UTF-8. In Excel, save it as \"CSV UTF-8\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sku,note\nA,x\nB,\"open\nC,y\n", "sku,note\nA,x\nB,\"open",
            "sku,note\nA,x\nB,\"o\"pen\"\n"})
    void brokenQuotes_areRefusedWithTheirRow(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("Row 3 cannot be read: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "\uFEFF", "sku,note", "sku,note\n,\n"})
    void fileWithoutRows_isRefused(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(ProblemException.class)
                .hasMessageMatching("The file (is empty|has no rows).*");
    }

    @Test
    void tooManyRows_areRefused() {
        String rows = "A,x\n".repeat(CsvFile.MAX_ROWS);

        assertThat(parse("sku,note\n" + rows).rows()).hasSize(CsvFile.MAX_ROWS);
        assertThatThrownBy(() -> parse("sku,note\n" + rows + "B,y\n"))
                .hasMessage("The file has more than 20000 rows. Split it.");
    }

    @Test
    void columns_areNamedInManyWays() {
        CsvHeader header = parse(
                "Order_Number,shipTo.name,POSTCODE,lines.unitPrice,adjustment.Gift wrap,Metadata.cart\nx")
                .header();

        assertThat(header.known()).extracting(CsvHeader.Column::field)
                .containsExactly(CsvField.EXTERNAL_ID, CsvField.RECIPIENT, CsvField.POSTAL_CODE, CsvField.UNIT_PRICE,
                        CsvField.ADJUSTMENT, CsvField.METADATA);
        assertThat(header.known().get(4).suffix()).isEqualTo("Gift wrap");
        assertThat(header.unknown()).isEmpty();
    }

    @Test
    void columnsThatAreUnknownDoubleOrMissing_areAllNamed() {
        CsvHeader header = parse("order number,recipient,strete,country,currency,sku,title,quantity,price,unit price,,"
                + "metadata.a,metadata.b\nx").header();

        assertThat(header.problems(false)).extracting(CsvProblem::detail)
                .containsExactly("The file has no column 'street'.",
                        "The columns 'price' and 'unit price' mean the same. Remove or rename one of them.",
                        "The column 'strete' is not known. Did you mean 'street'?", "A column has no name.");
        assertThat(header.problems(true)).hasSize(2);
    }
}
