package io.sluice.packingslip;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.GlyphData;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests parts of font files by reading them with FontBox. */
class TrueTypeSubsetTest {

    /** {@code ǻ} is composed of composed glyphs, {@code ½} of scaled ones. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            OpenSans/OpenSans-Regular.ttf,             'aé ǻ½ÅñṼ€ Ω Жй Ớ'
            OpenSans/OpenSans-Bold.ttf,                'ZÜß ÅñṼ€ Ω Жй Ớ'
            Kurinto/KurintoSans-Rg.ttf,                'محمد अमि ქართ'
            NotoSansSC/NotoSansSC-Regular.ttf,         '张伟山田タ'
            NotoSansMyanmar/NotoSansMyanmar-Regular.ttf, 'အောင်'
            """)
    void glyphs_lookAsInTheWholeFont(String file, String text) throws IOException {
        byte[] whole = bytes(file);
        TrueTypeFont font = new TTFParser().parse(new RandomAccessReadBuffer(whole));
        CmapLookup characters = font.getUnicodeCmapLookup();
        Set<Integer> glyphs = new LinkedHashSet<>(List.of(0));
        text.codePoints().forEach(c -> glyphs.add(characters.getGlyphId(c)));

        byte[] part = new TrueTypeSubset(font, whole).of(glyphs);

        assertThat(part.length).isLessThan(600 + 300 * glyphs.size());
        TrueTypeFont subset = new TTFParser(true).parseEmbedded(new ByteArrayInputStream(part));
        int number = 0;
        for (int glyph : glyphs) {
            assertThat(outline(subset.getGlyph().getGlyph(number))).as("outline of glyph %s", glyph)
                    .isEqualTo(outline(font.getGlyph().getGlyph(glyph)));
            assertThat(subset.getAdvanceWidth(number)).isEqualTo(font.getAdvanceWidth(glyph));
            number++;
        }
        assertThat(sum(part)).as("checksum of the file").isEqualTo(0xB1B0AFBA);
    }

    private static byte[] bytes(String file) throws IOException {
        try (InputStream font = TrueTypeSubsetTest.class.getResourceAsStream("/fonts/ttf/" + file)) {
            return font.readAllBytes();
        }
    }

    private static List<String> outline(GlyphData glyph) {
        List<String> segments = new ArrayList<>();
        if (glyph != null) {
            double[] points = new double[6];
            for (PathIterator path = glyph.getPath().getPathIterator(new AffineTransform()); !path.isDone(); path
                    .next()) {
                segments.add(path.currentSegment(points) + Arrays.toString(points));
            }
        }
        return segments;
    }

    private static int sum(byte[] file) {
        int sum = 0;
        for (ByteBuffer words = ByteBuffer.wrap(file); words.hasRemaining();) {
            sum += words.getInt();
        }
        return sum;
    }
}
