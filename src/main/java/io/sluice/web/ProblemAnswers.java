package io.sluice.web;

import java.util.Map;

import jakarta.ws.rs.core.Response;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/** Turns problems into HTTP answers, for resources and for what runs before them. */
final class ProblemAnswers {

    private ProblemAnswers() {}

    /** Answers a request that no resource is going to see. */
    static void send(RoutingContext request, ProblemException refusal) {
        Problem problem = refusal.problem().at(request.request().path());
        var response = request.response();
        if (response.ended() || response.headWritten()) {
            return;
        }
        UnreadBody.discard(request);
        response.setStatusCode(problem.status());
        response.headers().addAll(refusal.headers());
        response.putHeader("Content-Type", Problem.MEDIA_TYPE);
        response.end(Buffer.buffer(problem.toJson()));
    }

    /** The answer of a resource that failed. */
    static Response response(RoutingContext request, Problem problem, Map<String, String> headers) {
        UnreadBody.discard(request);
        var response = Response.status(problem.status()).type(Problem.MEDIA_TYPE);
        headers.forEach(response::header);
        return response.entity(problem.at(request.request().path()).toJson()).build();
    }
}
