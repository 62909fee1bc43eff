package io.sluice.web;

import java.util.List;
import java.util.Map;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

/** Stand-in, to be overwritten by package web. */
public class ProblemException extends WebApplicationException {

    private ProblemException(int status, Map<String, Object> problem) {
        super(Response.status(status).type("application/problem+json").entity(problem).build());
    }

    public static ProblemException notFound(String detail) {
        return new ProblemException(404, Map.of("status", 404, "detail", detail));
    }

    public static ProblemException invalid(List<InputError> errors) {
        return new ProblemException(422, Map.of("status", 422, "errors", errors));
    }
}
