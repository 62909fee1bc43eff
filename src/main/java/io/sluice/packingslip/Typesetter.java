package io.sluice.packingslip;

import java.text.Bidi;
import java.text.BreakIterator;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Breaks text of any language into lines. Finds a font for each character, orders right-to-left text, and breaks lines
 * where the language allows it, or anywhere if necessary. Characters that no font has are left out; nothing else is.
 */
final class Typesetter {
    /** Scripts that need no shaping. */
    private static final Set<Character.UnicodeScript> SIMPLE = Set.of(Character.UnicodeScript.COMMON,
            Character.UnicodeScript.LATIN, Character.UnicodeScript.GREEK, Character.UnicodeScript.CYRILLIC,
            Character.UnicodeScript.HAN, Character.UnicodeScript.HIRAGANA, Character.UnicodeScript.KATAKANA,
            Character.UnicodeScript.HANGUL, Character.UnicodeScript.BOPOMOFO);
    /** The Thai rules break Thai words, which have no spaces, and handle all other languages too. */
    private static final Locale LINE_RULES = Locale.forLanguageTag("th");

    private final Fonts fonts;

    Typesetter(Fonts fonts) {
        this.fonts = fonts;
    }

    /** The text in one line of any length. */
    TextLine line(String text, Style style) {
        return set(clean(text), style);
    }

    /** The text in lines of at most {@code width} points. Returns at least one line. */
    List<TextLine> wrap(String text, Style style, float width) {
        String clean = clean(text);
        TextLine whole = set(clean, style);
        if (whole.width() <= width) {
            return List.of(whole);
        }
        List<TextLine> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        float used = 0;
        for (String piece : pieces(clean, style, width)) {
            if (!line.isEmpty() && used + width(piece.stripTrailing(), style) > width) {
                lines.add(set(line.toString().stripTrailing(), style));
                line.setLength(0);
                used = 0;
            }
            line.append(piece);
            used += width(piece, style);
        }
        lines.add(set(line.toString().stripTrailing(), style));
        return lines;
    }

    /**
     * The text in lines of at most {@code width} points, in the largest size at which they are not higher than
     * {@code height}. If there is none from {@code smallest} up, they are higher, in that size.
     */
    List<TextLine> fit(String text, Style largest, float width, float height, float smallest) {
        Style style = largest;
        List<TextLine> lines = wrap(text, style, width);
        while (TextLine.height(lines) > height && style.size() > smallest) {
            style = style.at(Math.max(smallest, style.size() - 0.5f));
            lines = wrap(text, style, width);
        }
        return lines;
    }

    /** Unbreakable pieces. A piece longer than a line is broken anyway. */
    private List<String> pieces(String text, Style style, float width) {
        List<String> pieces = new ArrayList<>();
        for (String word : parts(text, BreakIterator.getLineInstance(LINE_RULES))) {
            if (width(word.stripTrailing(), style) <= width) {
                pieces.add(word);
            } else {
                pieces.addAll(parts(word, BreakIterator.getCharacterInstance(Locale.ROOT)));
            }
        }
        return pieces;
    }

    private float width(String text, Style style) {
        return set(text, style).width();
    }

    private TextLine set(String text, Style style) {
        FontFace main = fonts.main(style.bold());
        if (text.codePoints().allMatch(c -> isSimple(c) && main.covers(c))) {
            return new TextLine(List.of(TextRun.plain(main, text)), style);
        }
        Bidi bidi = new Bidi(text, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT);
        List<List<TextRun>> levels = new ArrayList<>();
        byte[] depth = new byte[bidi.getRunCount()];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = (byte) bidi.getRunLevel(i);
            levels.add(runs(text.substring(bidi.getRunStart(i), bidi.getRunLimit(i)), style, depth[i] % 2 == 1));
        }
        Object[] inSight = levels.toArray();
        Bidi.reorderVisually(depth, 0, inSight, 0, inSight.length);
        List<TextRun> runs = new ArrayList<>();
        for (Object level : inSight) {
            for (Object run : (List<?>) level) {
                runs.add((TextRun) run);
            }
        }
        return new TextLine(runs, style);
    }

    /** The runs of text in one direction, from left to right. */
    private List<TextRun> runs(String text, Style style, boolean rightToLeft) {
        List<TextRun> runs = new ArrayList<>();
        StringBuilder stretch = new StringBuilder();
        FontFace face = null;
        for (String character : parts(text, BreakIterator.getCharacterInstance(Locale.ROOT))) {
            FontFace next = face(character, face, style);
            String shown = character;
            if (next == null && character.codePointCount(0, character.length()) > 1) {
                // Draws the letter without an accent that no font has.
                String letter = Character.toString(character.codePointAt(0));
                next = face(letter, face, style);
                shown = next == null ? character : letter;
            }
            if (next == null) {
                fonts.reportGap(character.codePointAt(0));
                continue;
            }
            if (next != face) {
                add(runs, face, stretch, rightToLeft);
            }
            face = next;
            stretch.append(shown);
        }
        add(runs, face, stretch, rightToLeft);
        return runs;
    }

    /**
     * Keeps spaces and joiners in the font of the preceding text, so that runs are not split. An emoji's font has
     * spaces that are too wide.
     */
    private FontFace face(String character, FontFace before, Style style) {
        if (before != null && character.codePoints().allMatch(c -> staysIn(before, c))) {
            return before;
        }
        return fonts.covering(character, style.bold());
    }

    private boolean staysIn(FontFace face, int codePoint) {
        return (Character.isWhitespace(codePoint) && !fonts.isEmoji(face)
                || Character.getType(codePoint) == Character.FORMAT) && face.covers(codePoint);
    }

    private static void add(List<TextRun> runs, FontFace face, StringBuilder stretch, boolean rightToLeft) {
        if (stretch.isEmpty()) {
            return;
        }
        String text = stretch.toString();
        stretch.setLength(0);
        runs.add(rightToLeft ? 0 : runs.size(), run(face, text, rightToLeft));
    }

    private static TextRun run(FontFace face, String text, boolean rightToLeft) {
        return !rightToLeft && text.codePoints().allMatch(Typesetter::isSimple)
                ? TextRun.plain(face, text)
                : TextRun.shaped(face, text, rightToLeft);
    }

    private static boolean isSimple(int codePoint) {
        return codePoint < 0x300
                || SIMPLE.contains(Character.UnicodeScript.of(codePoint)) && !joinsEmoji(codePoint);
    }

    /** Letters that are drawn as a flag in pairs, and skin tones. */
    private static boolean joinsEmoji(int codePoint) {
        return codePoint >= 0x1F1E6 && codePoint <= 0x1F1FF || codePoint >= 0x1F3FB && codePoint <= 0x1F3FF;
    }

    private static List<String> parts(String text, BreakIterator breaks) {
        List<String> parts = new ArrayList<>();
        breaks.setText(text);
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
            parts.add(text.substring(start, end));
        }
        return parts;
    }

    /** Replaces line breaks, composes accents, and removes characters without a shape. */
    private static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFC).codePoints().forEach(c -> {
            if (Character.isWhitespace(c)) {
                clean.append(' ');
            } else if (!isShapeless(c)) {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString().strip();
    }

    private static boolean isShapeless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.SURROGATE -> true;
            // Shaping needs the joiners.
            case Character.FORMAT -> codePoint != 0x200C && codePoint != 0x200D;
            // Variation selectors, and the key around an emoji's digit.
            default -> codePoint >= 0xFE00 && codePoint <= 0xFE0F || codePoint == 0x20E3;
        };
    }
}
