package io.sluice.packingslip;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

/**
 * The fonts of the slips. Each character uses the first font that has it. The fonts besides Open Sans are loaded on
 * first use.
 */
final class Fonts {
    private static final Logger LOG = Logger.getLogger(Fonts.class);
    /** Emoji begin here; the older symbols below are drawn by another font. */
    private static final int EMOJI = 0x1F000;

    private final Lazy regular = builtIn("OpenSans/OpenSans-Regular.ttf");
    private final Lazy bold = builtIn("OpenSans/OpenSans-Bold.ttf");
    private final Lazy manyScripts = builtIn("Kurinto/KurintoSans-Rg.ttf");
    private final Lazy eastAsian = builtIn("NotoSansSC/NotoSansSC-Regular.ttf");
    private final Lazy korean = builtIn("NanumSquare/NanumSquareR.ttf");
    private final Lazy emoji = builtIn("NotoEmoji/NotoEmoji-Regular.ttf");
    private final Map<Character.UnicodeScript, Lazy> byScript = byScript();
    private final List<FontFace> own;
    /** Blocks with characters that no font has, as far as they were met. */
    private final Set<Character.UnicodeBlock> gaps = ConcurrentHashMap.newKeySet();

    private Fonts(List<FontFace> own) {
        this.own = own;
    }

    /**
     * @param ownFonts a folder of {@code .ttf} and {@code .otf} files, used in name order before the built-in
     *                 fallbacks; or null
     * @throws UncheckedIOException if the folder or a font in it cannot be read
     */
    static Fonts load(Path ownFonts) {
        return new Fonts(ownFonts == null ? List.of() : ownFiles(ownFonts).stream().map(Fonts::read).toList());
    }

    private Map<Character.UnicodeScript, Lazy> byScript() {
        return Map.of(Character.UnicodeScript.HAN, eastAsian,
                Character.UnicodeScript.HIRAGANA, eastAsian,
                Character.UnicodeScript.KATAKANA, eastAsian,
                Character.UnicodeScript.BOPOMOFO, eastAsian,
                Character.UnicodeScript.HANGUL, korean,
                Character.UnicodeScript.THAI, builtIn("NotoSansThai/NotoSansThai-Regular.ttf"),
                Character.UnicodeScript.LAO, builtIn("NotoSansLao/NotoSansLao-Regular.ttf"),
                Character.UnicodeScript.KHMER, builtIn("NotoSansKhmer/NotoSansKhmer-Regular.ttf"),
                Character.UnicodeScript.MYANMAR, builtIn("NotoSansMyanmar/NotoSansMyanmar-Regular.ttf"),
                Character.UnicodeScript.TIBETAN, builtIn("NotoSerifTibetan/NotoSerifTibetan-Regular.ttf"));
    }

    FontFace main(boolean bold) {
        return (bold ? this.bold : regular).get();
    }

    /** The first font that has all characters; null if none does. */
    FontFace covering(String characters, boolean bold) {
        FontFace main = main(bold);
        if (covers(main, characters)) {
            return main;
        }
        return Stream.concat(own.stream(), substitutes(characters.codePointAt(0)).map(Lazy::get))
                .filter(face -> covers(face, characters))
                .findFirst()
                .orElse(null);
    }

    /** Whether this is the font of the emoji. */
    boolean isEmoji(FontFace face) {
        return face == emoji.face;
    }

    /** Logs that a character is left out, once for each block of Unicode. */
    void reportGap(int codePoint) {
        Character.UnicodeBlock block = Character.UnicodeBlock.of(codePoint);
        if (block != null && gaps.add(block)) {
            LOG.warnf("Slips leave out U+%04X and others of the block %s, because no font has them. "
                    + "SLUICE_PAPER_FONTS adds fonts.", codePoint, block);
        }
    }

    /** The fallback fonts, likeliest first. Loading one costs up to half a second and megabytes. */
    private Stream<Lazy> substitutes(int codePoint) {
        Lazy likeliest = codePoint >= EMOJI ? emoji : byScript.get(Character.UnicodeScript.of(codePoint));
        return Stream.of(likeliest, manyScripts, eastAsian, korean, emoji).filter(Objects::nonNull).distinct();
    }

    private static boolean covers(FontFace face, String characters) {
        return characters.codePoints().allMatch(face::covers);
    }

    private static List<Path> ownFiles(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(ttf|otf)"))
                    .sorted()
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException("The font folder " + folder + " cannot be read", broken);
        }
    }

    private static FontFace read(Path file) {
        try {
            return FontFace.of(file.getFileName().toString(), Files.readAllBytes(file));
        } catch (IOException broken) {
            throw new UncheckedIOException("The font " + file + " cannot be read", broken);
        }
    }

    private static Lazy builtIn(String name) {
        return new Lazy(() -> {
            try (InputStream file = Fonts.class.getResourceAsStream("/fonts/ttf/" + name)) {
                return FontFace.of(name, file.readAllBytes());
            } catch (IOException broken) {
                throw new UncheckedIOException("The font " + name + " cannot be read", broken);
            }
        });
    }

    /** A font loaded on first use. */
    private static final class Lazy {
        private final Supplier<FontFace> reader;
        private volatile FontFace face;

        private Lazy(Supplier<FontFace> reader) {
            this.reader = reader;
        }

        private FontFace get() {
            FontFace known = face;
            return known == null ? read() : known;
        }

        private synchronized FontFace read() {
            if (face == null) {
                face = reader.get();
            }
            return face;
        }
    }
}
