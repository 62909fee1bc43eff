package io.sluice.http;

import java.util.Map;
import java.util.Optional;

import jakarta.ws.rs.core.Response;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/**
 * Turns problems into HTTP answers, for resources and for the checks before them: JSON for programs, a page for
 * browsers.
 *
 * <p>The client may still be sending the body when it is answered. Vert.x then reads and drops the rest and keeps the
 * connection open. Closing it would reset it, and the client would lose the answer (RFC 9112, section 9.6).
 */
final class ProblemAnswers {

    private ProblemAnswers() {}

    /** Answers a request that no resource handles. */
    static void send(RoutingContext request, ProblemException refusal) {
        Problem problem = refusal.problem().at(request.request().path());
        var response = request.response();
        if (response.ended() || response.headWritten()) {
            return;
        }
        RequestId.of(request);
        response.setStatusCode(problem.status());
        help(problem, request).ifPresent(page -> response.putHeader("Link", page));
        response.headers().addAll(refusal.headers());
        if (ProblemPage.isWanted(request)) {
            response.putHeader("Content-Type", ProblemPage.MEDIA_TYPE);
            response.end(ProblemPage.of(problem, request));
        } else {
            response.putHeader("Content-Type", Problem.MEDIA_TYPE);
            response.end(Buffer.buffer(problem.toJson()));
        }
    }

    /**
     * A link to the page about the problem's type (RFC 8288). It is relative to the request, so that it is right whatever a
     * proxy has made of the path.
     */
    private static Optional<String> help(Problem problem, RoutingContext request) {
        long up = request.request().path().chars().filter(c -> c == '/').count() - 1;
        return ProblemType.ofUri(problem.type())
                .map(type -> "<" + "../".repeat((int) up) + "problems/" + type.id() + ">; rel=\"help\"");
    }

    /** The answer of a resource that failed. */
    static Response response(RoutingContext request, Problem problem, Map<String, String> headers) {
        var response = Response.status(problem.status());
        headers.forEach(response::header);
        help(problem, request).ifPresent(page -> response.header("Link", page));
        return ProblemPage.isWanted(request)
                ? response.type(ProblemPage.MEDIA_TYPE).entity(ProblemPage.of(problem, request)).build()
                : response.type(Problem.MEDIA_TYPE)
                        .entity(problem.at(request.request().path()).toJson())
                        .build();
    }
}
