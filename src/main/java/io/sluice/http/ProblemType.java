package io.sluice.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of problem that clients can distinguish. Each has one status and one title (RFC 9457, section 3.1). */
public enum ProblemType {
    MALFORMED(400, "The request cannot be read",
            "The address, a header or the body is not what its format demands: JSON with a comma too many, for example. "
                    + "Correct the request; the same one will fail again."), //
    UNAUTHENTICATED(401, "Not logged in",
            "The request says nothing about who sends it, or what it says is not valid (any more). Programs send an API key "
                    + "or a token as Authorization: Bearer; people log in."), //
    FORBIDDEN(403, "Not allowed",
            "The caller is known, but may not do this: the role, or the scope of the API key, does not have the "
                    + "permission that the answer names."), //
    CROSS_SITE(403, "Request from another site's page",
            "A browser says that a page of another site sent this change. Programs are not affected. To allow pages of "
                    + "other sites, configure CORS; behind a proxy, see sluice.http.allowed-hosts."), //
    NOT_FOUND(404, "Not found",
            "There is nothing at this address, or no order, batch or partner of this id or name. It may have been removed "
                    + "because it was old."), //
    METHOD_NOT_ALLOWED(405, "Method not allowed", "The Allow header of the answer names the methods of this address."), //
    NOT_ACCEPTABLE(406, "Not acceptable",
            "The Accept header of the request allows no form in which there could be an answer. Leave it out, or send "
                    + "*/*."), //
    CONFLICT(409, "Conflict",
            "The request is valid, but not for what is stored: the order or batch is past it, or another one has this "
                    + "number. With Retry-After it is worth trying again; otherwise read the order or batch first."), //
    STILL_RUNNING(409, "The same request is still running",
            "An earlier request with the same Idempotency-Key has not been answered yet. Send the same request again "
                    + "after the time in Retry-After: it gets that one's answer."), //
    OUTCOME_UNKNOWN(409, "The same request was interrupted",
            "The process that ran the first request with this Idempotency-Key ended in the middle of it. Look whether it "
                    + "had its effect. If not, send the request with a new key."), //
    GONE(410, "No longer available",
            "The position in the log of events is not known any more: it is too old, or the database was restored. Read "
                    + "the orders again, and begin without a position."), //
    PRECONDITION_FAILED(412, "Changed meanwhile",
            "If-Match names a version that is not the present one, so nothing was done. The ETag header of the answer has "
                    + "the present one. Read again, decide anew, and send the request with that."), //
    CONTENT_TOO_LARGE(413, "Content too large",
            "A body may have 1 MiB, also decompressed, a line of a bulk request 64 KiB, and a CSV file 10 MiB and 20,000 "
                    + "rows. Send many orders as a bulk request, which has no limit."), //
    URI_TOO_LONG(414, "URI too long", "Send fewer or shorter query parameters."), //
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type",
            "The body's Content-Type is not one that this address takes, or its Content-Encoding is not known; "
                    + "Accept-Encoding names those that are."), //
    MISDIRECTED(421, "Misdirected request",
            "The Host of the request is not a name of this service. Names of the public DNS must be listed in "
                    + "sluice.http.allowed-hosts."), //
    INVALID(422, "The input is not valid",
            "The request can be read, but a value in it cannot be taken. The member errors lists all of them: pointer "
                    + "says where in the body (RFC 6901), parameter which query parameter. Nothing was changed."), //
    KEY_REUSED(422, "The Idempotency-Key was used before",
            "The key belongs to another request, or to one with another body. Use a new key for each request, and the same "
                    + "one only to send a request again. Nothing was changed."), //
    PRECONDITION_REQUIRED(428, "If-Match is required",
            "A correction needs the version that it corrects, so that it does not undo another one. Read the order, and "
                    + "send its ETag as If-Match."), //
    RATE_LIMITED(429, "Too many requests",
            "This caller has sent as many requests as it may for now. RateLimit-Policy has the limit, RateLimit what is "
                    + "left of it. Try again after the time in Retry-After."), //
    HEADERS_TOO_LARGE(431, "Request header fields too large", "Send fewer or shorter headers."), //
    INTERNAL_ERROR(500, "Internal error",
            "This is a defect of the service. Its operator finds the incident in the log. A request with an "
                    + "Idempotency-Key may be sent again."), //
    OVERLOADED(503, "Overloaded",
            "More is asked for at this moment than can be done. Nothing was changed. Try again after the time in "
                    + "Retry-After."), //
    DATABASE_UNAVAILABLE(503, "The database is unavailable",
            "Try again after the time in Retry-After. The request may have had its effect, if the database went away in "
                    + "the middle of it: an externalId or an Idempotency-Key makes it safe to send it again."), //
    LOGIN_UNAVAILABLE(503, "The login is unavailable",
            "The OpenID provider, which knows who people are and which tokens are valid, cannot be reached. API keys are not "
                    + "affected. Try again after the time in Retry-After."), //
    SHUTTING_DOWN(503, "Shutting down",
            "This process ends. Another one, or this one after its restart, answers. Try again after the time in "
                    + "Retry-After.");

    private static final String PREFIX = "urn:sluice:problem:";

    private final int status;
    private final String title;
    private final String help;

    ProblemType(int status, String title, String help) {
        this.status = status;
        this.title = title;
        this.help = help;
    }

    /** The type with this URI, unless it is {@code about:blank}. */
    static Optional<ProblemType> ofUri(String uri) {
        return Arrays.stream(values()).filter(type -> type.uri().equals(uri)).findFirst();
    }

    /** The HTTP status code. */
    public int status() {
        return status;
    }

    /** The same for every problem of this kind. */
    public String title() {
        return title;
    }

    /** What it means, and what the client can do. */
    public String help() {
        return help;
    }

    /** The last part of its URI, and the anchor on the page of all types. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Identifies the kind. It is a name, the same at every address of the service. {@link ProblemTypesResource} has the
     * page. */
    public String uri() {
        return PREFIX + id();
    }
}
