package io.sluice.http;

import java.util.Locale;

/** The kinds of problem that clients can distinguish. Each has one status and one title (RFC 9457, section 3.1). */
public enum ProblemType {
    MALFORMED(400, "The request cannot be read"), //
    CROSS_SITE(403, "Request from another site's page"), //
    NOT_FOUND(404, "Not found"), //
    METHOD_NOT_ALLOWED(405, "Method not allowed"), //
    NOT_ACCEPTABLE(406, "Not acceptable"), //
    CONFLICT(409, "Conflict"), //
    STILL_RUNNING(409, "The same request is still running"), //
    ILLEGAL_TRANSITION(409, "The order's state does not allow this"), //
    GONE(410, "No longer available"), //
    PRECONDITION_FAILED(412, "The order has changed meanwhile"), //
    CONTENT_TOO_LARGE(413, "Content too large"), //
    URI_TOO_LONG(414, "URI too long"), //
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"), //
    MISDIRECTED(421, "Misdirected request"), //
    INVALID(422, "The input is not valid"), //
    PRECONDITION_REQUIRED(428, "If-Match is required"), //
    HEADERS_TOO_LARGE(431, "Request header fields too large"), //
    INTERNAL_ERROR(500, "Internal error"), //
    OVERLOADED(503, "Overloaded"), //
    DATABASE_UNAVAILABLE(503, "The database is unavailable"), //
    SHUTTING_DOWN(503, "Shutting down");

    private final int status;
    private final String title;
    private final String uri;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
        this.uri = "urn:sluice:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The HTTP status code. */
    public int status() {
        return status;
    }

    /** The same for every problem of this kind. */
    public String title() {
        return title;
    }

    /** Identifies the kind. It is a name, not an address. */
    public String uri() {
        return uri;
    }
}
