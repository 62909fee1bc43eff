package io.sluice.http;

import java.util.HashMap;
import java.util.Map;

import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/** Turns every exception that leaves a resource into a problem. No other class maps exceptions to answers. */
class ProblemMappers {

    @ServerExceptionMapper
    Response refused(ProblemException e, RoutingContext request) {
        return ProblemAnswers.response(request, e.problem(), e.headers());
    }

    @ServerExceptionMapper({StreamReadException.class, MismatchedInputException.class})
    Response unreadableJson(JsonProcessingException e, RoutingContext request) {
        return refused(JsonProblems.of(e), request);
    }

    /** A bug of ours. Mapped here because the extension's own mapper answers without a body. */
    @ServerExceptionMapper
    Response unwritableJson(InvalidDefinitionException e, RoutingContext request) {
        return refused(FailureProblems.incident(e, request), request);
    }

    @ServerExceptionMapper
    Response ofTheFramework(WebApplicationException e, RoutingContext request) {
        Response answer = e.getResponse();
        if (answer.getStatus() < 400) {
            return answer;
        }
        Throwable cause = e.getCause();
        if (cause instanceof ProblemException refusal) {
            return refused(refusal, request);
        }
        if (cause instanceof StreamReadException || cause instanceof MismatchedInputException) {
            return unreadableJson((JsonProcessingException) cause, request);
        }
        if (answer.getStatus() >= 500) {
            return refused(FailureProblems.incident(e, request), request);
        }
        Map<String, String> headers = new HashMap<>();
        answer.getStringHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        int status = answer.getStatus();
        String allowed = e instanceof NotAllowedException || e instanceof NotFoundException
                ? AllowedMethods.headerFor(request.normalizedPath())
                : "";
        // A class with a longer path hides the path from the framework, which answers 404 then.
        if (status == 405 || !allowed.isEmpty() && !AllowedMethods.has(allowed, request.request().method())) {
            status = 405;
            headers.put("Allow", allowed);
        }
        if (status == 415 && request.request().method() == HttpMethod.PATCH) {
            // RFC 5789, section 2.2.
            headers.put("Accept-Patch", "application/merge-patch+json");
        }
        return ProblemAnswers.response(request, StatusProblems.of(status, request), headers);
    }

    @ServerExceptionMapper
    Response unexpected(Throwable e, RoutingContext request) {
        return refused(FailureProblems.of(e, request), request);
    }
}
