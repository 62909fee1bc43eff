package io.sluice.http;

import java.util.List;
import java.util.Set;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.sluice.process.Activity;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The checks of every request before routing, in this order. The first one that refuses answers. */
class RequestChecks {

    /** Before the framework's own filters. */
    private static final int PRIORITY = 1_000;
    /** After every route, but before the framework's error page. */
    private static final int AFTER_ALL_ROUTES = 1_000_000;

    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final List<RequestCheck> checks;
    private final Activity activity;
    private final RequestsUnderway underway;
    private final HttpPrefix prefix;
    private final CompressedAnswers compressed;
    private final CorsOrigins cors;
    private final RequestSpans spans;
    private final SessionCookies cookies;

    @Inject
    RequestChecks(HostCheck host, ManagementPort management, RoleCheck role, ShutdownCheck shutdown,
            RequestsUnderway underway, HttpPrefix prefix, CompressedAnswers compressed, CorsOrigins cors,
            Activity activity, RequestSpans spans, SessionCookies cookies) {
        this.activity = activity;
        this.spans = spans;
        this.cookies = cookies;
        this.checks = List.of(new HeadSizeCheck(), new UriCheck(), host,
                new CrossSiteCheck(host.allowed(), cors), management, role, shutdown,
                new ContentLengthCheck(), new ContentCoding.Check(),
                new IdempotencyKeyCheck());
        this.underway = underway;
        this.prefix = prefix;
        this.compressed = compressed;
        this.cors = cors;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    /** Handles failures outside the resources. */
    void register(@Observes Router router) {
        router.route().order(AFTER_ALL_ROUTES).failureHandler(this::failed);
        // A path that cannot be decoded fails before any route and its failure handlers.
        router.errorHandler(400, request -> ProblemAnswers.send(request, StatusProblems.refusal(400, request)));
    }

    private void check(RoutingContext request) {
        if (prefix.reroutes(request)) {
            return;
        }
        underway.enter(request);
        if (!SAFE.contains(request.request().method())) {
            activity.seen();
        }
        PageHeaders.prepare(request);
        cookies.prepare(request);
        spans.enter(request, !SAFE.contains(request.request().method()));
        compressed.prepare(request);
        cors.vary(request);
        for (RequestCheck check : checks) {
            ProblemException refusal = check.refusal(request);
            if (refusal != null) {
                ProblemAnswers.send(request, refusal);
                return;
            }
        }
        if (request.request().method() == HttpMethod.OPTIONS && !cors.asks(request.request())
                && answerOptions(request)) {
            return;
        }
        request.next();
    }

    private boolean answerOptions(RoutingContext request) {
        String allowed = AllowedMethods.headerFor(request.normalizedPath());
        if (allowed.isEmpty()) {
            return false;
        }
        request.response().setStatusCode(204).putHeader("Allow", allowed).end();
        return true;
    }

    private void failed(RoutingContext request) {
        if (request.response().headWritten()) {
            request.next();
            return;
        }
        ProblemAnswers.send(request, problemOf(request));
    }

    private static ProblemException problemOf(RoutingContext request) {
        Throwable failure = request.failure();
        if (failure instanceof ProblemException refusal) {
            return refusal;
        }
        if (failure instanceof WebApplicationException refusal) {
            return StatusProblems.refusal(refusal.getResponse().getStatus(), request);
        }
        // Without a failure there is a status. With both, a status from 400 to 499 means that the client is at fault.
        return failure == null || request.statusCode() >= 400 && request.statusCode() < 500
                ? StatusProblems.refusal(request.statusCode(), request)
                : FailureProblems.incident(failure, request);
    }
}
