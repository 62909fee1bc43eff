package io.sluice.dashboard.upload;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import io.sluice.http.BodyLimit;
import io.sluice.http.ProblemException;

/**
 * A file in hidden fields of the page that shows its preview: compressed, as Base64. So the next form needs neither a
 * script nor the process that has made the preview, and nothing is kept for people who never come back.
 */
final class CarriedFile {
    static final String FIELD = "file-piece";
    /** Half of what a field may have. */
    private static final int PIECE_CHARS = 1 << 19;

    private CarriedFile() {}

    static List<String> pieces(byte[] file) {
        var bytes = new ByteArrayOutputStream(file.length / 4);
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(file);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        String text = Base64.getEncoder().encodeToString(bytes.toByteArray());
        List<String> pieces = new ArrayList<>();
        for (int from = 0; from < text.length(); from += PIECE_CHARS) {
            pieces.add(text.substring(from, Math.min(from + PIECE_CHARS, text.length())));
        }
        return pieces;
    }

    /** @throws ProblemException 400 if a page of this service has not made the pieces */
    static byte[] read(List<String> pieces) {
        try (var gzip = new GZIPInputStream(
                new ByteArrayInputStream(Base64.getDecoder().decode(String.join("", pieces))))) {
            return gzip.readNBytes(BodyLimit.MAX_CSV_BYTES + 1);
        } catch (IOException | IllegalArgumentException broken) {
            throw ProblemException.malformed("The file in this page is damaged. Choose it again.");
        }
    }
}
