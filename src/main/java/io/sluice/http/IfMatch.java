package io.sluice.http;

import java.util.List;
import java.util.Map;

/**
 * The {@code If-Match} header (RFC 9110, section 13.1.1): a change is made only if the client knows what it changes.
 *
 * @param lines entity tags or {@code *}; none if the change is made whatever the version is
 */
public record IfMatch(List<String> lines) {
    public static final IfMatch ABSENT = new IfMatch(List.of());

    /** @throws ProblemException 400 if a line is no list of entity tags */
    public IfMatch {
        if (!ETags.areTags(lines)) {
            throw ProblemException.malformed("If-Match must have the ETag as it was sent, with its quotes: W/\"3\".");
        }
    }

    public boolean isAbsent() {
        return lines.isEmpty();
    }

    /**
     * Compares with the present version.
     *
     * @param what of what it is the version: an order, a batch
     * @throws ProblemException 412, with the present ETag
     */
    public void check(String what, int version) {
        if (!isAbsent() && !ETags.matches(lines, version)) {
            throw new ProblemException(Problem.of(ProblemType.PRECONDITION_FAILED, "The " + what
                    + " has changed, so nothing was done. Read it again, and send the request with its new ETag, "
                    + ETags.of(version) + "."),
                    Map.of("ETag", ETags.of(version)));
        }
    }
}
