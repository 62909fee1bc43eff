package io.sluice.packingslip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.sluice.testing.PdfText;

/** Many slips in one file. */
class SlipFileTest {
    private static final int SLIPS = 400;

    @Test
    void manySlips_areWrittenAsTheyAreAdded_andShareTheirFonts() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long most = 0;
        try (SlipFile file = Slips.PRESS.open(bytes, "Many")) {
            for (int i = 1; i <= SLIPS; i++) {
                int before = bytes.size();
                file.add(Slips.at(new Place(i, SLIPS), false));
                most = Math.max(most, bytes.size() - before);
            }
            assertThat(bytes.size()).as("written before the end").isGreaterThan(SLIPS * 1500);
        }
        assertThat(most).as("written at once").isLessThan(50_000);
        assertThat(bytes.size() / SLIPS).as("bytes a slip").isLessThan(4000);
        try (PdfText pdf = new PdfText(bytes.toByteArray())) {
            assertThat(pdf.pages()).isEqualTo(SLIPS);
            assertThat(pdf.fonts()).hasSize(2);
            assertThat(pdf.page(1)).contains("1/400");
            assertThat(pdf.page(SLIPS)).contains("400/400");
        }
    }

    @Test
    void slipOfSeveralPages_countsItsOwn() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (SlipFile file = Slips.PRESS.open(bytes, "Mixed")) {
            file.add(Slips.at(new Place(1, 3), false));
            file.add(new Marker(UUID.randomUUID(), "webshop", null, new Place(2, 3), "Cancelled", null));
            file.add(Slips.with(Slips.lines(40)));
        }
        try (PdfText pdf = new PdfText(bytes.toByteArray())) {
            assertThat(pdf.page(2)).contains("2/3 – no slip", "Cancelled");
            assertThat(pdf.page(3)).contains("page 1 of 2");
            assertThat(pdf.page(4)).contains("page 2 of 2");
        }
    }
}
