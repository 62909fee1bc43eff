package io.sluice.demo;

import io.sluice.accept.OrderLimits;
import io.sluice.accept.OrderReader;
import io.sluice.http.JsonBody;
import io.sluice.http.ProblemException;
import io.sluice.json.InputObject;
import io.sluice.order.Handling;

/**
 * A request for demo orders.
 *
 * @param count    1 to {@value #MAX_COUNT}
 * @param channel  null for a mix
 * @param seed     null for random orders
 */
public record DemoRequest(int count, Handling handling, String channel, Long seed) {
    public static final int MAX_COUNT = 1000;

    /** {@code count} orders of mixed channels that wait for a person. */
    public static DemoRequest of(int count) {
        return new DemoRequest(count, Handling.MANUAL, null, null);
    }

    /** @throws ProblemException 400 or 422, with all errors */
    static DemoRequest read(byte[] json) {
        return JsonBody.read(json, DemoRequest::read);
    }

    private static DemoRequest read(InputObject request) {
        Integer count = request.integer("count", 1, MAX_COUNT);
        Handling handling = OrderReader.handling(request, Handling.MANUAL);
        String channel = request.textIfAny("channel", OrderLimits.CHANNEL) == null
                ? null
                : OrderReader.channel(request);
        Integer seed = request.optionalInteger("seed", Integer.MIN_VALUE, Integer.MAX_VALUE);
        request.rejectOtherFields();
        request.check();
        return new DemoRequest(count, handling, channel, seed == null ? null : seed.longValue());
    }
}
