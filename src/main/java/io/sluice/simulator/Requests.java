package io.sluice.simulator;

import java.util.List;

import io.sluice.json.InputException;
import io.sluice.json.InputObject;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/** Reads what several routes have in common. */
final class Requests {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final int MAX_KEY_LENGTH = 255;

    private Requests() {}

    /** Lets a request pass unless its path cannot be decoded, which Vert.x takes for a defect of ours. */
    static void passIfDecodable(RoutingContext ctx) {
        try {
            ctx.normalizedPath();
        } catch (IllegalArgumentException e) {
            throw new Problem(400, "The path is not percent-encoded as it should be");
        }
        ctx.next();
    }

    /** What makes a call the same as another: its idempotency key, or else its path and query. */
    static String callName(RoutingContext ctx) {
        String key = ctx.request().getHeader(IDEMPOTENCY_KEY);
        return key == null ? ctx.request().uri() : key;
    }

    /** @throws Problem 400 without a usable {@code Idempotency-Key} */
    static String idempotencyKey(RoutingContext ctx) {
        return idempotencyKey(ctx, null);
    }

    /** For a call that need not have one. @throws Problem 400 if it has one that is not usable */
    static String idempotencyKey(RoutingContext ctx, String substitute) {
        String header = ctx.request().getHeader(IDEMPOTENCY_KEY);
        String key = header == null ? substitute : header;
        if (key == null || key.isBlank() || key.length() > MAX_KEY_LENGTH) {
            throw new Problem(400, "The header Idempotency-Key must hold 1 to " + MAX_KEY_LENGTH + " characters");
        }
        return key;
    }

    /** @throws InputException if the body is not a JSON object */
    static InputObject body(RoutingContext ctx) {
        Buffer body = ctx.body().buffer();
        return InputObject.parse(body == null ? new byte[0] : body.getBytes());
    }

    /** The order that a look-up is about. @throws Problem 400 if it does not say */
    static String reference(RoutingContext ctx) {
        List<String> references = ctx.queryParam("reference");
        if (references.size() != 1 || references.get(0).isBlank()) {
            throw new Problem(400, "The query parameter reference must name one order");
        }
        return references.get(0);
    }

    /** What an inspection lists of one partner: the effects of the order that the query names, or all of them. */
    static <E extends Effect> List<E> inspected(RoutingContext ctx, Ledger<E> ledger) {
        List<String> orderIds = ctx.queryParam("orderId");
        return orderIds.isEmpty() ? ledger.all() : ledger.ofOrder(orderIds.get(0));
    }
}
