package io.sluice.http;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Entity tags of orders and batches (RFC 9110, section 8.8.3). They are weak: the forecast in an answer is not part of the
 * version.
 */
public final class ETags {

    /** A proxy that compresses an answer may add the coding's name to the tag: {@code W/"7-gzip"}. */
    private static final Pattern VERSION = Pattern.compile("\"(\\d{1,9})(?:[-;]{1,2}(?:gzip|br|deflate|zstd))?\"");

    private static final Pattern TAGS = Pattern.compile("\\*|(?:,|\\s|(?:W/)?\"[^\"]*\")+");

    private ETags() {}

    public static String of(int version) {
        return "W/\"" + version + "\"";
    }

    /**
     * Whether an {@code If-None-Match} header matches this version, by weak comparison.
     *
     * @param ifNoneMatch its lines
     */
    public static boolean matches(List<String> ifNoneMatch, int version) {
        return ifNoneMatch.stream().anyMatch(line -> line.strip().equals("*"))
                || versions(ifNoneMatch).anyMatch(known -> known == version);
    }

    /** Whether every line of an {@code If-Match} header consists of entity tags or is {@code *}. */
    public static boolean areTags(List<String> ifMatch) {
        return ifMatch.stream().allMatch(line -> TAGS.matcher(line.strip()).matches());
    }

    /** The newest version in an {@code If-None-Match} header; 0 if there is none. */
    public static int newestIn(List<String> ifNoneMatch) {
        return versions(ifNoneMatch).max().orElse(0);
    }

    private static IntStream versions(List<String> ifNoneMatch) {
        return ifNoneMatch.stream()
                .flatMap(line -> VERSION.matcher(line).results())
                .mapToInt(found -> Integer.parseInt(found.group(1)));
    }
}
