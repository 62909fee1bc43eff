package io.sluice.packingslip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.sluice.order.Address;
import io.sluice.testing.PdfText;

/** Tests text in many scripts. */
class ScriptsTest {
    private static final Typesetter TYPESETTER = new Typesetter(Fonts.load(null));

    @ParameterizedTest
    @CsvSource(textBlock = """
            Zoë Müller-Łukaszewska,  OpenSans
            Αλέξανδρος Παπαδόπουλος, OpenSans
            Володимир Українець,     OpenSans
            Nguyễn Thị Ánh,          OpenSans
            山田太郎,                NotoSansSC
            ヤマダ タロウ,           NotoSansSC
            张伟,                    NotoSansSC
            김민준,                  NanumSquare
            뷁뛣 똠방각하,           NanumSquare
            สมชาย ใจดี,               NotoSansThai
            ສົມສັກ ແກ້ວ,               NotoSansLao
            សុខ សំណាង,              NotoSansKhmer
            အောင်ဆန်း,               NotoSansMyanmar
            བཀྲ་ཤིས་བདེ་ལེགས,            NotoSerifTibetan
            🥳🫶,                    NotoEmoji
            अमिताभ शर्मा,               KurintoSans
            محمد الخطيب,             KurintoSans
            """)
    void name_usesAnEmbeddedFontThatCoversIt(String name, String font) throws IOException {
        try (PdfText pdf = pdf(name)) {
            assertThat(pdf.fonts()).allMatch(PDFont::isEmbedded)
                    .allMatch(PDType0Font.class::isInstance)
                    .allMatch(used -> used.getName().matches("[A-Z]{6}\\+.*"), "subset fonts");
            PDFont used = pdf.fonts().stream().filter(each -> each.getName().contains(font)).findFirst().orElseThrow();
            assertThat(glyphs((PDType0Font) used)).isPositive();
            assertThat(leftOut(name)).as("characters without a font").isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            山田太郎
            张伟
            서울특별시 강남구 테헤란로
            Володимир Українець
            """)
    void text_canBeSearchedAndCopied(String name) {
        try (PdfText pdf = pdf(name)) {
            assertThat(pdf.page(1)).contains(name);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            Zoë Müller-Łukaszewska
            สมชาย ใจดี
            张伟
            محمد الخطيب
            """)
    void fonts_areSmall_soTheyNeedNoCompression(String name) throws IOException {
        byte[] slip = Slips.PRESS
                .pdf(new Slip(Slips.ORDER, "webshop", "WEB-1001", null, new Address(name, name, "-", "-", "JP"),
                        Slips.lines(3), null, null, false));

        assertThat(slip.length).isLessThan(25_000);
        try (PdfText pdf = new PdfText(slip)) {
            for (PDFont font : pdf.fonts()) {
                assertThat(((PDType0Font) font).getDescendantFont()
                        .getFontDescriptor()
                        .getFontFile2()
                        .getCOSObject()
                        .getFilters()).isNull();
            }
        }
    }

    @Test
    void arabicLetters_areJoined_andStandFromRightToLeft() {
        List<TextRun> runs = set("محمد").runs();

        assertThat(runs).hasSize(1);
        List<Shaper.Glyph> joined = runs.get(0).glyphs();
        List<Shaper.Glyph> lastLetterAlone = set("د").runs().get(0).glyphs();
        assertThat(joined.stream().map(Shaper.Glyph::id).distinct())
                .as("distinct glyphs: one of the letters has two forms")
                .hasSize(4);
        assertThat(joined.get(0).id()).as("the last letter comes first, in its joining form")
                .isNotEqualTo(lastLetterAlone.get(0).id());
    }

    @Test
    void numbersAndLatin_withinArabic_keepTheirOwnDirection() {
        List<String> fromLeft = set("كوب (Navy) رقم 12").runs().stream().map(run -> run.text().strip()).toList();

        assertThat(fromLeft.get(0)).isEqualTo("12");
        assertThat(fromLeft).contains("Navy");
        assertThat(fromLeft.get(fromLeft.size() - 1)).startsWith("كوب");
    }

    @Test
    void devanagari_isShaped() {
        // Three letters and a virama form one conjunct; the vowel sign is read last and drawn first.
        assertThat(set("क्षि").runs().get(0).glyphs()).isNotEmpty().hasSizeLessThan("क्षि".length());
    }

    @Test
    void combiningAccent_joinsItsLetter() {
        assertThat(set("e\u0301")).isEqualTo(set("é"));
        assertThat(set("x\u0305").width()).isCloseTo(set("x").width(), Offset.offset(0.5f));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            ที,  ที่
            นำ,  น้ำ
            กี,  กี๊
            ปี,  ปี่
            ผึ,  ผึ้
            ທີ,  ທີ່
            ນຳ,  ນ້ຳ
            e,  ế
            क,  र्क
            """)
    void marks_standAboveEachOther(String lower, String higher) {
        assertThat(top(higher)).as("top of %s, above that of %s", higher, lower).isLessThan(top(lower) - 2);
    }

    /** The topmost row of an image with the title of an order line, in 1/300 inch. */
    private static int top(String title) {
        try (PdfText pdf = new PdfText(Slips.PRESS.pdf(Slips.titled(title)))) {
            BufferedImage picture = pdf.picture(1, 300);
            return IntStream.range(315 * 300 / 72, 340 * 300 / 72)
                    .filter(y -> IntStream.range(186 * 300 / 72, 400 * 300 / 72)
                            .anyMatch(x -> (picture.getRGB(x, y) & 0xFF) < 0x60))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void characterWithoutAFont_isLeftOut() {
        String title = "Mug \uDBFF\uDFFD and \uE000 tea";

        assertThat(leftOut(title)).isEqualTo("\uDBFF\uDFFD\uE000");
        try (PdfText pdf = new PdfText(Slips.PRESS.pdf(Slips.titled(title)));
                PdfText nothing = new PdfText(Slips.PRESS.pdf(Slips.titled("\uE000")))) {
            assertThat(pdf.page(1)).contains("Mug", "and", "tea");
            assertThat(nothing.page(1)).contains("SKU-1", "Total pieces 1");
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            👍🏽,    1
            👨‍👩‍👧, 1
            🇨🇭,    1
            ❤️,     1
            1️⃣,     1
            """)
    void emojiSequence_isOneGlyph(String emoji, int glyphs) {
        List<TextRun> runs = set(emoji).runs();

        assertThat(runs).hasSize(1);
        TextRun run = runs.get(0);
        assertThat(run.glyphs().isEmpty() ? run.text().codePointCount(0, run.text().length()) : run.glyphs().size())
                .isEqualTo(glyphs);
    }

    @Test
    void spaceBesideAnEmoji_isThatOfTheText() {
        float emoji = set("🎂").width();

        assertThat(set("a 🎂 b").width()).isCloseTo(set("a  b").width() + emoji, Offset.offset(0.01f));
    }

    @Test
    void tallScripts_haveMoreRoom() {
        assertThat(set("မြို့").leading()).isGreaterThan(16);
        assertThat(set("ភ្នំពេញ").leading()).isGreaterThan(14);
        assertThat(set("Łódź, Nguyễn, Αθήνα, Київ, 东京").leading()).isEqualTo(Style.plain(10).leading());
    }

    @Test
    void invisibleCharacters_areOmitted() {
        assertThat(set("a\u0007\u200B\uFEFFb\uD800")).isEqualTo(set("ab"));
        assertThat(set("a\tb\nc")).isEqualTo(set("a b c"));
    }

    @Test
    void thai_isBrokenBetweenWords() {
        List<TextLine> lines = TYPESETTER.wrap("แก้วเคลือบสีน้ำเงินเข้มใช้กับเครื่องล้างจาน",
                Style.plain(10), 60);

        assertThat(lines).hasSizeGreaterThan(1).allMatch(line -> line.width() <= 60);
    }

    @Test
    void ownFonts_comeBeforeTheBuiltInSubstitutes(@TempDir Path folder) throws IOException {
        try (InputStream file = getClass().getResourceAsStream("/fonts/ttf/NotoSansSC/NotoSansSC-Bold.ttf")) {
            Files.copy(file, folder.resolve("chinese.TTF"));
        }
        Files.writeString(folder.resolve("readme.txt"), "not a font");
        Press press = press(folder);

        try (PdfText pdf = new PdfText(press.pdf(Slips.titled("搪瓷马克杯")))) {
            assertThat(pdf.page(1)).contains("搪瓷马克杯");
            assertThat(pdf.fonts()).anyMatch(font -> font.getName().contains("NotoSansSC-Bold"))
                    .noneMatch(font -> font.getName().contains("NotoSansSC-Regular"));
        }
    }

    @Test
    void ownFont_thatIsNone_isNamed(@TempDir Path folder) throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.ttf"), "not a font");

        assertThatThrownBy(() -> press(folder))
                .hasMessageContaining("broken.ttf");
        assertThatThrownBy(() -> press(broken))
                .hasMessageContaining("broken.ttf");
    }

    private static Press press(Path ownFonts) {
        return new Press(new Sender("Shop", List.of(), null), PaperSize.A4, ZoneOffset.UTC, ownFonts);
    }

    private static TextLine set(String text) {
        return TYPESETTER.line(text, Style.plain(10));
    }

    private static String leftOut(String text) {
        String drawn = set(text).runs().stream().map(TextRun::text).collect(Collectors.joining());
        return text.codePoints()
                .filter(c -> drawn.indexOf(c) < 0)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static PdfText pdf(String name) {
        return new PdfText(Slips.PRESS.pdf(Slips.to(new Address(name, name, "-", "-", "JP"))));
    }

    /** The number of characters with outlines in the embedded font. */
    private static int glyphs(PDType0Font font) throws IOException {
        int glyphs = 0;
        for (int code = 1; code < 65_536; code++) {
            String text = font.toUnicode(code);
            if (text != null && !text.isBlank() && !font.getPath(code).getBounds2D().isEmpty()) {
                glyphs++;
            }
        }
        return glyphs;
    }
}
