package io.sluice.simulator;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

import com.fasterxml.jackson.databind.JsonNode;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.sluice.json.InputException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Writes answers. If the caller has hung up meanwhile, it does nothing. */
final class Responses {

    static final String JSON = "application/json";

    private static final Logger LOG = System.getLogger(Responses.class.getName());

    private Responses() {}

    static void json(RoutingContext ctx, int status, JsonNode body) {
        send(ctx.response(), status, JSON, Buffer.buffer(Json.bytes(body)));
    }

    /** Answers a failed call, whatever failed it: one of our problems, Vert.x with a status code, or a defect. */
    static void failure(RoutingContext ctx) {
        send(ctx.response(), problemOf(ctx), ctx.request().path());
    }

    /** Answers what is no HTTP at all, or exceeds its limits, and hangs up. */
    static void unparsable(HttpServerRequest request) {
        HttpServerResponse response = request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        send(response, new Problem(400, "This is not a valid HTTP request"), "/");
        request.connection().close();
    }

    private static Problem problemOf(RoutingContext ctx) {
        if (ctx.failure() instanceof Problem problem) {
            return problem;
        }
        if (ctx.failure() instanceof InputException refused) {
            return Problem.of(refused);
        }
        int status = ctx.statusCode();
        if (status >= 400 && status < 500) {
            return new Problem(status, HttpResponseStatus.valueOf(status).reasonPhrase() + ": "
                    + ctx.request().method() + " " + ctx.request().path());
        }
        LOG.log(Level.ERROR, "The simulator failed at " + ctx.request().method() + " " + ctx.request().path(),
                ctx.failure());
        return new Problem(500, "The simulator failed; its log says why");
    }

    private static void send(HttpServerResponse response, Problem problem, String instance) {
        send(response, problem.status(), "application/problem+json",
                Buffer.buffer(Json.bytes(problem.toJson(instance))));
    }

    static void send(HttpServerResponse response, int status, String contentType, Buffer body) {
        if (response.closed() || response.ended()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, contentType)
                .end(body);
    }
}
