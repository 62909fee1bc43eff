package io.sluice.packingslip;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.lowagie.text.pdf.BaseFont;
import com.lowagie.text.pdf.PdfArray;
import com.lowagie.text.pdf.PdfDictionary;
import com.lowagie.text.pdf.PdfIndirectReference;
import com.lowagie.text.pdf.PdfLiteral;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfNumber;
import com.lowagie.text.pdf.PdfStream;
import com.lowagie.text.pdf.PdfWriter;

/**
 * What a PDF file contains of a font: the glyphs in use, with codes in the sequence of their first use (ISO 32000-1,
 * 9.7). Not thread-safe.
 */
final class EmbeddedFont {
    private static final HexFormat HEX = HexFormat.of();
    private static final int NO_GLYPH = 0;
    /** Of one {@code beginbfchar}. */
    private static final int MAX_CHARACTERS = 100;

    private final FontFace face;
    private final PdfName name;
    private final PdfIndirectReference reference;
    private final Map<Integer, Entry> glyphs = new LinkedHashMap<>();

    /** @param character what the glyph means to those who search or copy; null if this is not known */
    private record Entry(int code, int width, Integer character) {}

    /**
     * @param name      of the font within the file
     * @param reference where the file will contain it
     */
    EmbeddedFont(FontFace face, PdfName name, PdfIndirectReference reference) {
        this.face = face;
        this.name = name;
        this.reference = reference;
        add(NO_GLYPH, null);
    }

    PdfName name() {
        return name;
    }

    PdfIndirectReference reference() {
        return reference;
    }

    /** The code of a character, in hexadecimal. */
    String codeOf(int character) {
        int glyph = face.glyph(character);
        Entry known = glyphs.get(glyph);
        return hex(known == null ? add(glyph, character) : known.code());
    }

    /** The code of a glyph, in hexadecimal. */
    String codeOfGlyph(int glyph) {
        Entry known = glyphs.get(glyph);
        return hex(known == null ? add(glyph, face.character(glyph)) : known.code());
    }

    private static String hex(int code) {
        return HEX.toHexDigits((char) code);
    }

    private int add(int glyph, Integer character) {
        int code = face.isPostScript() ? glyph : glyphs.size();
        glyphs.put(glyph, new Entry(code, face.width(glyph), character));
        return code;
    }

    /** Writes the font. No glyph may be added afterwards. */
    void write(PdfWriter writer) throws IOException {
        PdfName fullName = new PdfName(tag() + "+" + face.name());
        PdfDictionary descriptor = face.descriptor();
        descriptor.put(PdfName.FONTNAME, fullName);
        descriptor.put(face.isPostScript() ? PdfName.FONTFILE3 : PdfName.FONTFILE2,
                writer.addToBody(program()).getIndirectReference());
        PdfDictionary glyphFont = new PdfDictionary(PdfName.FONT);
        glyphFont.put(PdfName.SUBTYPE, face.isPostScript() ? PdfName.CIDFONTTYPE0 : PdfName.CIDFONTTYPE2);
        glyphFont.put(PdfName.BASEFONT, fullName);
        glyphFont.put(PdfName.CIDSYSTEMINFO, new PdfLiteral("<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"));
        glyphFont.put(PdfName.FONTDESCRIPTOR, writer.addToBody(descriptor).getIndirectReference());
        glyphFont.put(PdfName.W, new PdfLiteral(widths()));
        if (!face.isPostScript()) {
            glyphFont.put(PdfName.CIDTOGIDMAP, PdfName.IDENTITY);
        }
        PdfDictionary font = new PdfDictionary(PdfName.FONT);
        font.put(PdfName.SUBTYPE, PdfName.TYPE0);
        font.put(PdfName.BASEFONT, fullName);
        font.put(PdfName.ENCODING, new PdfName(BaseFont.IDENTITY_H));
        font.put(PdfName.DESCENDANTFONTS, new PdfArray(writer.addToBody(glyphFont).getIndirectReference()));
        font.put(PdfName.TOUNICODE, writer.addToBody(toUnicode()).getIndirectReference());
        writer.addToBody(font, reference);
    }

    /** Six letters that differ between subsets. */
    private String tag() {
        StringBuilder tag = new StringBuilder();
        for (int rest = glyphs.keySet().hashCode() & Integer.MAX_VALUE; tag.length() < 6; rest /= 26) {
            tag.append((char) ('A' + rest % 26));
        }
        return tag.toString();
    }

    private PdfStream program() {
        byte[] program = face.subset(glyphs.keySet());
        PdfStream stream = new PdfStream(program);
        if (face.isPostScript()) {
            stream.put(PdfName.SUBTYPE, new PdfName("CIDFontType0C"));
            stream.flateCompress();
        } else {
            stream.put(PdfName.LENGTH1, new PdfNumber(program.length));
        }
        return stream;
    }

    private List<Entry> byCode() {
        return glyphs.values().stream().sorted(Comparator.comparingInt(Entry::code)).toList();
    }

    /** {@code [first code [width width …] …]} */
    private String widths() {
        StringBuilder widths = new StringBuilder("[");
        int next = -1;
        for (Entry glyph : byCode()) {
            if (glyph.code() != next) {
                widths.append(next < 0 ? "" : "]").append(glyph.code()).append('[');
            } else {
                widths.append(' ');
            }
            widths.append(glyph.width());
            next = glyph.code() + 1;
        }
        return widths.append("]]").toString();
    }

    /** The characters of the codes, for search and copy (ISO 32000-1, 9.10.3). */
    private PdfStream toUnicode() {
        StringBuilder map = new StringBuilder("""
                /CIDInit /ProcSet findresource begin
                12 dict begin
                begincmap
                /CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def
                /CMapName /Adobe-Identity-UCS def
                /CMapType 2 def
                1 begincodespacerange
                <0000><FFFF>
                endcodespacerange
                """);
        List<Entry> known = byCode().stream().filter(glyph -> glyph.character() != null).toList();
        for (int i = 0; i < known.size(); i++) {
            if (i % MAX_CHARACTERS == 0) {
                map.append(Math.min(MAX_CHARACTERS, known.size() - i)).append(" beginbfchar\n");
            }
            map.append('<').append(hex(known.get(i).code())).append("><");
            for (char c : Character.toChars(known.get(i).character())) {
                map.append(hex(c));
            }
            map.append(">\n");
            if (i % MAX_CHARACTERS == MAX_CHARACTERS - 1 || i == known.size() - 1) {
                map.append("endbfchar\n");
            }
        }
        map.append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        return new PdfStream(map.toString().getBytes(StandardCharsets.US_ASCII));
    }
}
