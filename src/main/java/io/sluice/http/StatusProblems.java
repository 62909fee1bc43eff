package io.sluice.http;

import java.util.List;
import java.util.Map;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.ext.web.RoutingContext;

/** Problems for the statuses that the framework answers by itself. */
final class StatusProblems {

    private StatusProblems() {}

    static ProblemException refusal(int status, RoutingContext request) {
        return new ProblemException(of(status, request), Map.of());
    }

    static Problem of(int status, RoutingContext request) {
        return switch (status) {
            case 400 -> Problem.of(ProblemType.MALFORMED, "The request cannot be read.");
            case 404 -> Problem.of(ProblemType.NOT_FOUND, "There is nothing at this path.");
            case 405 -> Problem.of(ProblemType.METHOD_NOT_ALLOWED,
                    "This path does not support " + request.request().method() + ". See the Allow header.");
            case 406 -> Problem.of(ProblemType.NOT_ACCEPTABLE,
                    "The resource has no representation that the Accept header allows.");
            case 413 -> Problem.of(ProblemType.CONTENT_TOO_LARGE, "The body is too large.");
            case 414 -> Problem.of(ProblemType.URI_TOO_LONG, "The address is too long.");
            case 415 -> Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "This path does not support the Content-Type of the body.");
            default -> other(status);
        };
    }

    /** RFC 9457, section 4.2.1: with {@code about:blank}, the title is the status phrase. */
    private static Problem other(int status) {
        String phrase = HttpResponseStatus.valueOf(status).reasonPhrase();
        return new Problem("about:blank", phrase, status, phrase + ".", null, List.of());
    }
}
