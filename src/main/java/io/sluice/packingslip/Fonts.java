package io.sluice.packingslip;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The fonts of the slips. Each character uses the first font that has it. Large fonts are loaded on first use. */
final class Fonts {
    private static final Set<Character.UnicodeScript> EAST_ASIAN = Set.of(Character.UnicodeScript.HAN,
            Character.UnicodeScript.HIRAGANA, Character.UnicodeScript.KATAKANA, Character.UnicodeScript.BOPOMOFO);

    private final Lazy regular;
    private final Lazy bold;
    private final List<FontFace> own;
    private final Lazy manyScripts;
    private final Lazy eastAsian;
    private final Lazy korean;

    private Fonts(Lazy regular, Lazy bold, List<FontFace> own, Lazy manyScripts, Lazy eastAsian, Lazy korean) {
        this.regular = regular;
        this.bold = bold;
        this.own = own;
        this.manyScripts = manyScripts;
        this.eastAsian = eastAsian;
        this.korean = korean;
    }

    /**
     * @param ownFonts a folder of {@code .ttf} and {@code .otf} files, used in name order before the built-in
     *                 fallbacks; or null
     * @throws UncheckedIOException if the folder or a font in it cannot be read
     */
    static Fonts load(Path ownFonts) {
        List<FontFace> own = ownFonts == null ? List.of() : ownFiles(ownFonts).stream().map(Fonts::read).toList();
        return new Fonts(builtIn("OpenSans/OpenSans-Regular.ttf"), builtIn("OpenSans/OpenSans-Bold.ttf"), own,
                builtIn("Kurinto/KurintoSans-Rg.ttf"), builtIn("NotoSansSC/NotoSansSC-Regular.ttf"),
                builtIn("NanumSquare/NanumSquareR.ttf"));
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
        return Stream.concat(own.stream(), substitutes(characters).map(Lazy::get))
                .filter(face -> covers(face, characters))
                .findFirst()
                .orElse(null);
    }

    /** The fallback fonts, likeliest first: each one costs megabytes to load. */
    private Stream<Lazy> substitutes(String characters) {
        Character.UnicodeScript script = Character.UnicodeScript.of(characters.codePointAt(0));
        if (script == Character.UnicodeScript.HANGUL) {
            return Stream.of(korean, manyScripts, eastAsian);
        }
        return EAST_ASIAN.contains(script)
                ? Stream.of(eastAsian, manyScripts, korean)
                : Stream.of(manyScripts, eastAsian, korean);
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
