package io.sluice.packingslip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.sluice.order.Address;
import io.sluice.testing.PdfText;

/** Tests single slips by reading the PDF back. */
class SlipTest {

    @Test
    void slip_showsLinesAndAddress() {
        try (PdfText pdf = pdf(Slips.plain())) {
            assertThat(pdf.pages()).isEqualTo(1);
            assertThat(pdf.page(1)).contains("The Lockkeeper's Shop", "Canal Street 12 · London SE1 7PB",
                    "Packing slip",
                    "Ada Byron", "St James's Square 12", "London", "SW1Y 4JH", "UNITED KINGDOM", "WEB-1001", "webshop",
                    "2 March 2026", Slips.ORDER.toString(), "SKU-1", "Mug number 1", "Total pieces 1");
            assertThat(pdf.page(1)).doesNotContain("page 1", "out of sequence");
            assertThat(pdf.qrCode(1)).isEqualTo(Slips.ORDER.toString());
        }
    }

    @Test
    void slipOfABatch_isMarked() {
        try (PdfText pdf = pdf(Slips.at(new Place(17, 120), false));
                PdfText late = pdf(
                        Slips.at(new Place(18, 120), true))) {
            assertThat(pdf.page(1)).contains("17/120").doesNotContain("out of sequence");
            assertThat(late.page(1)).contains("18/120", "printed out of sequence");
        }
    }

    @Test
    void manyLines_takeSeveralPages_eachLineOnce() {
        try (PdfText pdf = pdf(Slips.with(Slips.lines(80)))) {
            assertThat(pdf.pages()).isBetween(3, 5);
            StringBuilder text = new StringBuilder();
            for (int page = 1; page <= pdf.pages(); page++) {
                assertThat(pdf.page(page)).contains("page " + page + " of " + pdf.pages(), "Quantity", "Ada Byron",
                        "WEB-1001");
                text.append(pdf.page(page));
            }
            assertThat(IntStream.rangeClosed(1, 80)
                    .filter(i -> text.toString().split("Mug number " + i + " ", -1).length != 2)).isEmpty();
            assertThat(pdf.page(pdf.pages())).contains("Total pieces " + 80 * 81 / 2);
            assertThat(pdf.page(1)).doesNotContain("Total pieces");
        }
    }

    @Test
    void longestAddress_isPrintedCompletely_withoutOverlap() {
        String name = "N".repeat(199) + "!";
        String street = "Wörthstraße".repeat(36) + "7?";
        Address address = new Address(name, "O".repeat(199) + "!", "L1\nL2\nL3\n" + street, "D".repeat(99) + "#",
                "C".repeat(99) + "#", "S".repeat(99) + "#", "12345678901234567890", "BR", null);

        try (PdfText pdf = pdf(Slips.to(address))) {
            String text = pdf.page(1).replaceAll("\\s", "");
            assertThat(text).contains("N!", "O!", "L1", "L2", "L3", "7?", "D#", "C#", "S#", "12345678901234567890",
                    "BRAZIL");
            assertThat(text.indexOf("BRAZIL")).isLessThan(text.indexOf("Mugnumber1"));
        }
    }

    @Test
    void domesticMail_doesNotNameTheCountry() {
        Press british = Slips.press(new Sender("Shop", List.of("London"), "GB"));

        try (PdfText pdf = new PdfText(british.pdf(Slips.plain()))) {
            assertThat(pdf.page(1)).contains("SW1Y 4JH").doesNotContain("UNITED KINGDOM");
        }
    }

    @Test
    void note_isBelowTheLines() {
        try (PdfText pdf = pdf(Slips.noted("Happy birthday, Granny!\n\n孫の太郎より", 2))) {
            assertThat(pdf.pages()).isEqualTo(1);
            assertThat(pdf.page(1)).containsSubsequence("Total pieces", "Note", "Happy birthday, Granny!", "孫の太郎より");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 60})
    void longestNote_isPrintedCompletely(int lines) {
        String words = "Word ".repeat(100).strip() + "\n";
        try (PdfText pdf = pdf(Slips.noted(words.repeat(3) + "x\n".repeat(240) + "The end!", lines))) {
            StringBuilder text = new StringBuilder();
            for (int page = 1; page <= pdf.pages(); page++) {
                text.append(pdf.page(page));
            }
            assertThat(text.toString().split("Word", -1)).hasSize(301);
            assertThat(text.toString().split("(?m)^x$", -1)).hasSize(241);
            assertThat(text).contains("The end!", "page " + pdf.pages() + " of " + pdf.pages());
        }
    }

    @Test
    void tenThousandLines_arePrinted() {
        List<Slip.Line> lines = IntStream.rangeClosed(1, 10_000)
                .mapToObj(i -> new Slip.Line("SKU-" + i, "Enamel mug number " + i + ".", 1))
                .toList();

        byte[] document = Slips.PRESS.pdf(Slips.with(lines));

        // In Base64 it has to pass as a partner's call, with the lines once more.
        assertThat(document).hasSizeLessThan(4_000_000);
        try (PdfText pdf = new PdfText(document)) {
            assertThat(pdf.page(pdf.pages())).contains("number 10000.", "Total pieces 10000",
                    "page " + pdf.pages() + " of " + pdf.pages());
        }
    }

    @Test
    void longestTitle_isPrintedCompletely() {
        try (PdfText words = pdf(Slips.titled("word ".repeat(59) + "last!"));
                PdfText oneWord = pdf(Slips.titled("x".repeat(299) + "!"))) {
            assertThat(words.page(1)).contains("last!");
            assertThat(oneWord.page(1).chars().filter(c -> c == 'x').count()).isGreaterThanOrEqualTo(299);
            assertThat(oneWord.page(1)).contains("x!");
        }
    }

    @Test
    void markerSheet_showsTheReason() {
        MarkerSheet marker = new MarkerSheet(Slips.ORDER, "webshop", "WEB-3", new Place(3, 120), "Failed",
                "The printer answered 400: Out of paper.");

        try (PdfText pdf = pdf(marker)) {
            assertThat(pdf.pages()).isEqualTo(1);
            assertThat(pdf.page(1)).contains("3/120 – no slip", "Order webshop WEB-3", "Failed", "Out of paper.");
            assertThat(pdf.qrCode(1)).isEqualTo(Slips.ORDER.toString());
        }
    }

    @Test
    void latinSlip_isSmall() {
        assertThat(Slips.PRESS.pdf(Slips.with(Slips.lines(5)))).hasSizeLessThan(40_000);
    }

    private static PdfText pdf(Sheet sheet) {
        return new PdfText(Slips.PRESS.pdf(sheet));
    }
}
