package io.sluice.simulator;

import java.util.List;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;

import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Sends a long list in slices, each when the one before has left, so that other calls get their turn in between. */
final class JsonArrayResponse<T> {

    private static final int SLICE = 500;

    private final HttpServerResponse response;
    private final List<T> items;
    private final Function<T, ? extends JsonNode> toJson;
    private final int size;
    private int next;

    private JsonArrayResponse(HttpServerResponse response, List<T> items, Function<T, ? extends JsonNode> toJson) {
        this.response = response;
        this.items = items;
        this.toJson = toJson;
        this.size = items.size();
    }

    /** Sends the items there are now. @param items a list that may grow meanwhile, but not otherwise change */
    static <T> void send(RoutingContext ctx, List<T> items, Function<T, ? extends JsonNode> toJson) {
        ctx.response().setChunked(true).putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        new JsonArrayResponse<>(ctx.response(), items, toJson).sendSlice();
    }

    private void sendSlice() {
        Buffer slice = Buffer.buffer(next == 0 ? "[" : "");
        for (int end = Math.min(size, next + SLICE); next < end; next++) {
            slice.appendString(next == 0 ? "\n" : ",\n").appendBytes(Json.bytes(toJson.apply(items.get(next))));
        }
        if (next == size) {
            response.end(slice.appendString("]\n"));
        } else {
            response.write(slice).onComplete(this::sendNextSlice);
        }
    }

    private void sendNextSlice(AsyncResult<Void> sent) {
        if (sent.succeeded()) {
            Vertx.currentContext().runOnContext(ignored -> sendSlice());
        }
    }
}
