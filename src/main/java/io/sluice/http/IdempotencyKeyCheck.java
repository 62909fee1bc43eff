package io.sluice.http;

import java.util.List;

import io.vertx.ext.web.RoutingContext;

/**
 * A key that is empty comes from a client whose variable is not set, and of two keys, none is the request's. Neither must
 * be taken for no key: the client believes that it may send the request again.
 */
final class IdempotencyKeyCheck implements RequestCheck {
    private static final String HEADER = "Idempotency-Key";

    @Override
    public ProblemException refusal(RoutingContext request) {
        List<String> keys = request.request().headers().getAll(HEADER);
        if (keys.size() > 1) {
            return ProblemException.invalid("The request has more than one Idempotency-Key.");
        }
        return keys.size() == 1 && keys.get(0).isBlank()
                ? ProblemException.invalid("The Idempotency-Key is empty.")
                : null;
    }
}
