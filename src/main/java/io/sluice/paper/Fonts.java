package io.sluice.paper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The fonts of the slips. Most text is set in the first; where that lacks a character, the next one that has it steps
 * in. The large ones are read when they are first needed.
 */
final class Fonts {
    private final Lazy regular;
    private final Lazy bold;
    private final List<Lazy> others;

    private Fonts(Lazy regular, Lazy bold, List<Lazy> others) {
        this.regular = regular;
        this.bold = bold;
        this.others = List.copyOf(others);
    }

    /**
     * @param ownFonts a folder of {@code .ttf} and {@code .otf} files that come before the built-in substitutes, in the
     *                 sequence of their names; or null
     * @throws UncheckedIOException if the folder cannot be read
     */
    static Fonts load(Path ownFonts) {
        List<Lazy> others = new ArrayList<>();
        if (ownFonts != null) {
            ownFiles(ownFonts).forEach(file -> others.add(new Lazy(() -> read(file))));
        }
        others.add(builtIn("Kurinto/KurintoSans-Rg.ttf"));
        others.add(builtIn("NotoSansSC/NotoSansSC-Regular.ttf"));
        return new Fonts(builtIn("OpenSans/OpenSans-Regular.ttf"), builtIn("OpenSans/OpenSans-Bold.ttf"), others);
    }

    Face main(boolean bold) {
        return (bold ? this.bold : regular).get();
    }

    /** The first font that has them all; null if none does. */
    Face covering(String characters, boolean bold) {
        Face main = main(bold);
        if (covers(main, characters)) {
            return main;
        }
        for (Lazy other : others) {
            if (covers(other.get(), characters)) {
                return other.get();
            }
        }
        return null;
    }

    private static boolean covers(Face face, String characters) {
        return characters.codePoints().allMatch(face::covers);
    }

    private static List<Path> ownFiles(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(ttf|otf)"))
                    .sorted()
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException("The folder of fonts, " + folder + ", cannot be read", broken);
        }
    }

    private static Face read(Path file) {
        try {
            return Face.of(file.getFileName().toString(), Files.readAllBytes(file));
        } catch (IOException broken) {
            throw new UncheckedIOException("The font " + file + " cannot be read", broken);
        }
    }

    private static Lazy builtIn(String name) {
        return new Lazy(() -> {
            try (InputStream file = Fonts.class.getResourceAsStream("/fonts/ttf/" + name)) {
                return Face.of(name, file.readAllBytes());
            } catch (IOException broken) {
                throw new UncheckedIOException("The font " + name + " cannot be read", broken);
            }
        });
    }

    /** A font that is read once, when somebody needs it. */
    private static final class Lazy {
        private final Supplier<Face> reader;
        private volatile Face face;

        private Lazy(Supplier<Face> reader) {
            this.reader = reader;
        }

        private Face get() {
            Face known = face;
            return known == null ? read() : known;
        }

        private synchronized Face read() {
            if (face == null) {
                face = reader.get();
            }
            return face;
        }
    }
}
