package io.sluice.partner;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Carries the moment after which a request must not be sent any more to where it is sent: a connection may be long in
 * coming. The REST client's interfaces take it as a header. This takes the header off again, and leaves the moment on
 * the context on which the client then sends.
 */
final class SendDeadline implements ClientRequestFilter {
    static final String HEADER = "Sluice-Send-Before";
    /** The property in which the client keeps the context of a request. */
    private static final String CONTEXT = "__context";

    @Override
    public void filter(ClientRequestContext request) {
        String sendBefore = request.getHeaderString(HEADER);
        if (sendBefore != null) {
            request.getHeaders().remove(HEADER);
            ((Context) request.getProperty(CONTEXT)).putLocal(HEADER, Long.valueOf(sendBefore));
        }
    }

    /** What was left on the present context; null for a request that may always be sent. */
    static Long ofPresentRequest() {
        return Vertx.currentContext().getLocal(HEADER);
    }
}
