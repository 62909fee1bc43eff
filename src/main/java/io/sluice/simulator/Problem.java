package io.sluice.simulator;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.sluice.json.InputError;
import io.sluice.json.InputException;

/**
 * A call that ends in an error, as RFC 9457 problem details; part of the conversation, so it carries no stack trace.
 */
final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final transient List<InputError> errors;

    Problem(int status, String detail) {
        this(status, detail, List.of());
    }

    private Problem(int status, String detail, List<InputError> errors) {
        super(detail, null, false, false);
        this.status = status;
        this.errors = errors;
    }

    static Problem invalid(List<InputError> errors) {
        InputError first = errors.get(0);
        String member = first.pointer().isEmpty() ? "The body" : first.pointer();
        return new Problem(422, member + ": " + first.detail(), List.copyOf(errors));
    }

    /** 400 if the body is not JSON, otherwise 422. */
    static Problem of(InputException refused) {
        return refused.errors().isEmpty()
                ? new Problem(refused.malformed() ? 400 : 422, refused.getMessage())
                : invalid(refused.errors());
    }

    static Problem invalid(String pointer, String detail) {
        return invalid(List.of(InputError.at(pointer, detail)));
    }

    int status() {
        return status;
    }

    ObjectNode toJson(String instance) {
        ObjectNode json = Json.object()
                .put("type", "about:blank")
                .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                .put("status", status)
                .put("detail", getMessage())
                .put("instance", instance);
        if (!errors.isEmpty()) {
            ArrayNode list = json.putArray("errors");
            errors.forEach(error -> list.addObject().put("pointer", error.pointer()).put("detail", error.detail()));
        }
        return json;
    }
}
