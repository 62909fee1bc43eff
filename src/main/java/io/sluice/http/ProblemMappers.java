package io.sluice.http;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

import io.sluice.order.IllegalTransitionException;
import io.sluice.store.Causes;
import io.sluice.store.DatabaseFailures;
import io.vertx.ext.web.RoutingContext;

/** Turns every exception that leaves a resource into a problem. No other class maps exceptions to answers. */
class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    private static final int DATABASE_RETRY_SECONDS = 5;

    @ServerExceptionMapper
    Response refused(ProblemException e, RoutingContext request) {
        return ProblemAnswers.response(request, e.problem(), e.headers());
    }

    @ServerExceptionMapper
    Response illegalTransition(IllegalTransitionException e, RoutingContext request) {
        return refused(ProblemException.of(ProblemType.ILLEGAL_TRANSITION, e.getMessage()), request);
    }

    @ServerExceptionMapper({StreamReadException.class, MismatchedInputException.class})
    Response unreadableJson(JsonProcessingException e, RoutingContext request) {
        return refused(JsonProblems.of(e), request);
    }

    /** A bug of ours. Mapped here because the extension's own mapper answers without a body. */
    @ServerExceptionMapper
    Response unwritableJson(InvalidDefinitionException e, RoutingContext request) {
        return refused(incident(e, request), request);
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
            return refused(incident(e, request), request);
        }
        Map<String, String> headers = new HashMap<>();
        answer.getStringHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        if (e instanceof NotAllowedException) {
            headers.put("Allow", AllowedMethods.headerFor(request.normalizedPath()));
        }
        return ProblemAnswers.response(request, StatusProblems.of(answer.getStatus(), request), headers);
    }

    @ServerExceptionMapper
    Response unexpected(Throwable e, RoutingContext request) {
        ProblemException known = Causes.find(e, ProblemException.class);
        if (known != null) {
            return refused(known, request);
        }
        IllegalTransitionException illegal = Causes.find(e, IllegalTransitionException.class);
        if (illegal != null) {
            return illegalTransition(illegal, request);
        }
        if (DatabaseFailures.unavailable(e)) {
            DatabaseFailures.log(LOG, e, "%s %s: the database is unavailable (%s)", request.request().method(),
                    request.request().path(), e);
            return refused(databaseUnavailable(), request);
        }
        return refused(incident(e, request), request);
    }

    static ProblemException databaseUnavailable() {
        return ProblemException
                .of(ProblemType.DATABASE_UNAVAILABLE, "The database cannot be used at the moment. Try again.")
                .retryAfter(DATABASE_RETRY_SECONDS);
    }

    /** Logs the failure under an incident number; the client sees only the number. */
    static ProblemException incident(Throwable e, RoutingContext request) {
        String incident = UUID.randomUUID().toString();
        LOG.errorf(e, "Incident %s: %s %s failed", incident, request.request().method(), request.request().path());
        return ProblemException.of(ProblemType.INTERNAL_ERROR,
                "Something unexpected went wrong. Give incident " + incident
                        + " to the operator of this service, who can find it in the log.");
    }
}
