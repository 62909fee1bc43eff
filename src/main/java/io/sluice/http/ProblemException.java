package io.sluice.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.sluice.json.InputError;
import io.sluice.json.InputException;

/** Answers the request with a {@link Problem}. */
public class ProblemException extends RuntimeException {

    private final transient Problem problem;
    private final transient Map<String, String> headers;

    public ProblemException(Problem problem, Map<String, String> headers) {
        // Expected: a stack trace would cost more than the rest of the answer.
        super(problem.detail(), null, false, false);
        this.problem = problem;
        this.headers = Map.copyOf(headers);
    }

    public static ProblemException of(ProblemType type, String detail) {
        return new ProblemException(Problem.of(type, detail), Map.of());
    }

    /** 400: the body cannot be read at all. */
    public static ProblemException malformed(String detail) {
        return of(ProblemType.MALFORMED, detail);
    }

    /** 401: it is not known who sends this request (RFC 6750, section 3). */
    static ProblemException unauthenticated(String detail) {
        return new ProblemException(Problem.of(ProblemType.UNAUTHENTICATED, detail),
                Map.of("WWW-Authenticate", "Bearer realm=\"sluice\""));
    }

    /** 403: the caller may not do this. */
    public static ProblemException forbidden(String detail) {
        return of(ProblemType.FORBIDDEN, detail);
    }

    /** 404. */
    public static ProblemException notFound(String detail) {
        return of(ProblemType.NOT_FOUND, detail);
    }

    /** 409. */
    public static ProblemException conflict(String detail) {
        return of(ProblemType.CONFLICT, detail);
    }

    /** 413. */
    public static ProblemException tooLarge(String detail) {
        return of(ProblemType.CONTENT_TOO_LARGE, detail);
    }

    /** 422 with all errors. */
    public static ProblemException invalid(List<InputError> errors) {
        String detail = errors.size() == 1 ? errors.get(0).detail() : "There are " + errors.size() + " errors.";
        return new ProblemException(Problem.of(ProblemType.INVALID, detail, errors), Map.of());
    }

    /** 400 or 422 for a body that was refused. */
    static ProblemException of(InputException refused) {
        if (refused.malformed()) {
            return malformed(refused.getMessage());
        }
        return refused.errors().isEmpty() ? invalid(refused.getMessage()) : invalid(refused.errors());
    }

    /** 422 for a single query parameter. */
    public static ProblemException invalidParameter(String name, String detail) {
        return invalid(List.of(InputError.inParameter(name, detail)));
    }

    /** 422 that concerns the request as a whole. */
    public static ProblemException invalid(String detail) {
        return of(ProblemType.INVALID, detail);
    }

    /** 503 with {@code Retry-After}. */
    public static ProblemException overloaded(String detail, Duration retryAfter) {
        return of(ProblemType.OVERLOADED, detail).retryAfter(wholeSeconds(retryAfter));
    }

    /** 429 with {@code Retry-After}. */
    static ProblemException rateLimited(String detail, Duration retryAfter) {
        return of(ProblemType.RATE_LIMITED, detail).retryAfter(wholeSeconds(retryAfter));
    }

    /** Rounded up, at least one. */
    static int wholeSeconds(Duration wait) {
        return Math.max(1, (int) Math.min(Integer.MAX_VALUE, wait.plusNanos(999_999_999).toSeconds()));
    }

    /** 503 with {@code Retry-After}: another process will answer, or this one after its restart. */
    public static ProblemException shuttingDown(int retryAfterSeconds) {
        return of(ProblemType.SHUTTING_DOWN, "This process is shutting down and takes no new requests. Try again.")
                .retryAfter(retryAfterSeconds);
    }

    /** The same problem with a {@code Retry-After} header. */
    public ProblemException retryAfter(int seconds) {
        return new ProblemException(problem, Map.of("Retry-After", Integer.toString(seconds)));
    }

    /** The same problem, as the repeated answer to a request with an {@code Idempotency-Key}. */
    public ProblemException replayed() {
        return new ProblemException(problem, Map.of("Idempotency-Replayed", "true"));
    }

    public Problem problem() {
        return problem;
    }

    /** Headers that go with the answer. */
    public Map<String, String> headers() {
        return headers;
    }
}
