package io.sluice.packingslip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.sluice.testing.PdfText;

/** Tests PDFs with many slips. */
class SlipFileTest {
    private static final int SLIPS = 400;

    @Test
    void manySlips_areStreamed_andShareFonts() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long most = 0;
        try (SlipFile file = Slips.PRESS.open(bytes, "Many")) {
            for (int i = 1; i <= SLIPS; i++) {
                int before = bytes.size();
                file.add(Slips.at(new Place(i, SLIPS), false));
                most = Math.max(most, bytes.size() - before);
            }
            assertThat(bytes.size()).as("bytes written before close").isGreaterThan(SLIPS * 1500);
        }
        assertThat(most).as("largest single write").isLessThan(50_000);
        assertThat(bytes.size() / SLIPS).as("bytes per slip").isLessThan(4000);
        try (PdfText pdf = new PdfText(bytes.toByteArray())) {
            assertThat(pdf.pages()).isEqualTo(SLIPS);
            assertThat(pdf.fonts()).hasSize(2);
            assertThat(pdf.page(1)).contains("1/400");
            assertThat(pdf.page(SLIPS)).contains("400/400");
        }
    }

    @Test
    void longSlip_numbersItsOwnPages() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (SlipFile file = Slips.PRESS.open(bytes, "Mixed")) {
            file.add(Slips.at(new Place(1, 3), false));
            file.add(new MarkerSheet(UUID.randomUUID(), "webshop", null, new Place(2, 3), "Cancelled", null));
            file.add(Slips.with(Slips.lines(40)));
        }
        try (PdfText pdf = new PdfText(bytes.toByteArray())) {
            assertThat(pdf.page(2)).contains("2/3 – no slip", "Cancelled");
            assertThat(pdf.page(3)).contains("page 1 of 2");
            assertThat(pdf.page(4)).contains("page 2 of 2");
        }
    }
}
