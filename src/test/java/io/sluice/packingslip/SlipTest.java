package io.sluice.packingslip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.sluice.testing.PdfText;

/** Tests single slips by reading the PDF back. */
class SlipTest {
    private static final Sender LONG_SENDER = new Sender(
            "Norddeutsche Spielwaren- und Papierhandelsgesellschaft mbH & Co. KG",
            List.of("Mönckebergstraße 123, Hinterhaus, 4. Stock links", "20095 Hamburg", "Deutschland"), null);

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

    @ParameterizedTest
    @EnumSource(PaperSize.class)
    void longestTexts_arePrintedCompletely_withoutOverlap(PaperSize paper) {
        Press press = new Press(LONG_SENDER, paper, ZoneOffset.UTC, null);

        Slip slip = Slips.longest();
        try (PdfText pdf = new PdfText(press.pdf(slip))) {
            assertThat(solid(pdf.asDrawn(1))).contains(solid(LONG_SENDER.name() + LONG_SENDER.address().get(0)),
                    solid(LONG_SENDER.inOneLine()), slip.shipTo().name(), slip.shipTo().company(),
                    solid(slip.shipTo().street()), slip.shipTo().district(), slip.shipTo().city(),
                    slip.shipTo().state(), "12345678901234567890BRAZIL", slip.channel(), "30September2026",
                    "987654/1000000printedoutofsequence");
            StringBuilder all = new StringBuilder();
            for (int page = 1; page <= pdf.pages(); page++) {
                assertThat(pdf.illegible(page)).as("on page %s", page).isEmpty();
                String text = solid(pdf.asDrawn(page));
                assertThat(text.split(slip.externalId(), -1)).as("head and foot of page %s", page).hasSize(3);
                assertThat(text).contains(slip.shipTo().name(), "987654/1000000printedoutofsequence");
                all.append(text);
            }
            assertThat(all).contains(slip.lines().get(0).sku(), slip.lines().get(0).title(), "1000000",
                    "Mugnumber40", "1000820Totalpieces", "end!");
            assertThat(all.toString().split("word", -1)).hasSize(400);
            assertThat(pdf.page(1).lastIndexOf(Slips.ORDER.toString())).as("the id, above a wide barcode")
                    .isGreaterThan(pdf.page(1).indexOf("BRAZIL"));
            assertThat(pdf.barcode(1)).isEqualTo(Slips.ORDER.toString());
            assertThat(pdf.qrCode(1)).isEqualTo(Slips.ORDER.toString());
        }
    }

    @ParameterizedTest
    @EnumSource(PaperSize.class)
    void returnAddress_isInTheWindow(PaperSize paper) {
        for (Sender sender : List.of(Slips.SENDER, LONG_SENDER)) {
            Press press = new Press(sender, paper, ZoneOffset.UTC, null);
            try (PdfText pdf = new PdfText(press.pdf(Slips.plain()))) {
                assertThat(press.hasRoomForSender()).isTrue();
                String text = solid(pdf.asDrawn(1));
                assertThat(text.indexOf(solid(sender.inOneLine()), text.indexOf(solid(sender.name())) + 1))
                        .as("once in the header, and again above the recipient")
                        .isPositive()
                        .isLessThan(text.indexOf("AdaByron"));
                assertThat(pdf.illegible(1)).isEmpty();
            }
        }
    }

    @Test
    void senderThatIsTooLong_isNoticed() {
        assertThat(Slips.press(new Sender("Spielwaren ".repeat(60), List.of(), null)).hasRoomForSender()).isFalse();
    }

    @Test
    void paper_isA4OrLetter() {
        try (PdfText a4 = pdf(Slips.plain());
                PdfText letter = new PdfText(Slips.press(PaperSize.LETTER).pdf(Slips.plain()))) {
            assertThat(a4.width()).isCloseTo(595.3f, within(0.1f));
            assertThat(a4.height()).isCloseTo(841.9f, within(0.1f));
            assertThat(letter.width()).isEqualTo(612);
            assertThat(letter.height()).isEqualTo(792);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            Pacific/Auckland,    2 March 2026
            Asia/Kolkata,        2 March 2026
            Europe/London,       2 March 2026
            America/Los_Angeles, 2 March 2026
            Pacific/Pago_Pago,   1 March 2026
            """)
    void date_isThatOfTheShop(String zone, String date) {
        Press press = new Press(Slips.SENDER, PaperSize.A4, ZoneId.of(zone), null);

        try (PdfText pdf = new PdfText(press.pdf(Slips.plain()))) {
            assertThat(pdf.page(1)).contains(date);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "WEB-1001", "#1042", "302-4958203-1029384", "20260302000017", "a/b c_d~",
            "WW-1234567890123456789012345678901234567890123456789012345678901234567890-ZZ"})
    void barcode_isTheOrderNumber(String externalId) {
        for (PaperSize paper : PaperSize.values()) {
            try (PdfText pdf = new PdfText(Slips.press(paper).pdf(Slips.numbered(externalId)))) {
                assertThat(pdf.barcode(1)).isEqualTo(externalId);
                assertThat(pdf.qrCode(1)).isEqualTo(Slips.ORDER.toString());
            }
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"Bestellung-Ä1", "Muñoz-1", "注文1", "1😀",
            "a-number-that-is-too-long-for-a-barcode-on-this-paper-and-has-no-digits-in-a-row-to-be-shortened"})
    void barcode_isTheId_ifTheOrderNumberCannotBeOne(String externalId) {
        try (PdfText pdf = pdf(Slips.numbered(externalId))) {
            assertThat(pdf.barcode(1)).isEqualTo(Slips.ORDER.toString());
        }
    }

    @Test
    void firstLineThatDoesNotFitBelowTheAddress_isOnTheNextPage() {
        Slip slip = Slips.longest(List.of(new Slip.Line("SKU-1", "word ".repeat(230) + "last!", 1)));

        try (PdfText pdf = pdf(slip)) {
            assertThat(pdf.page(1)).doesNotContain("SKU-1", "Quantity");
            assertThat(pdf.page(2)).contains("SKU-1", "Quantity", "last!");
            assertThat(pdf.illegible(1) + pdf.illegible(2)).isEmpty();
        }
    }

    @Test
    void lineThatIsLongerThanAPage_continuesOnTheNext() {
        try (PdfText pdf = pdf(Slips.titled("word ".repeat(1999) + "last!"))) {
            StringBuilder all = new StringBuilder();
            for (int page = 1; page <= pdf.pages(); page++) {
                assertThat(pdf.illegible(page)).isEmpty();
                all.append(pdf.page(page));
            }
            assertThat(all.toString().split("word", -1)).hasSize(2000);
            assertThat(all).contains("last!");
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
            assertThat(pdf.barcode(1)).isEqualTo("WEB-3");
        }
    }

    @ParameterizedTest
    @EnumSource(PaperSize.class)
    void longestMarkerSheet_isPrintedCompletely(PaperSize paper) {
        MarkerSheet marker = new MarkerSheet(Slips.ORDER, "c".repeat(40), "W".repeat(99) + "!",
                new Place(987_654, 1_000_000), "Failed", "word ".repeat(799) + "end.");

        try (PdfText pdf = new PdfText(new Press(LONG_SENDER, paper, ZoneOffset.UTC, null).pdf(marker))) {
            assertThat(pdf.illegible(1)).isEmpty();
            assertThat(pdf.page(1).split("word", -1)).hasSize(800);
            assertThat(solid(pdf.asDrawn(1))).contains("987654/1000000–noslip", "W!", "end.");
            assertThat(pdf.barcode(1)).isEqualTo(Slips.ORDER.toString());
        }
    }

    @Test
    void latinSlip_isSmall() {
        assertThat(Slips.PRESS.pdf(Slips.with(Slips.lines(5)))).hasSizeLessThan(40_000);
    }

    private static String solid(String text) {
        return text.replaceAll("\\s", "");
    }

    private static PdfText pdf(Sheet sheet) {
        return new PdfText(Slips.PRESS.pdf(sheet));
    }
}
