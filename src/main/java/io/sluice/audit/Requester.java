package io.sluice.audit;

import io.sluice.access.Caller;
import io.sluice.http.RequestOrigin;
import io.sluice.tracing.Origin;
import io.vertx.ext.web.RoutingContext;

/**
 * Who asks for a change, and from where.
 *
 * @param kind    how the requester is known
 * @param id      distinguishes requesters of a kind; empty if they are not distinguished
 * @param name    for people to read
 * @param address the address that the request came from; null if it was no request
 * @param origin  the request
 */
public record Requester(Kind kind, String id, String name, String address, Origin origin) {

    public enum Kind {
        USER, KEY, UNKNOWN,
        /** A system that Sluice asks, such as a marketplace that cancels an order. */
        SERVICE
    }

    /** @param otherwise the name to record if the caller has none: the part of Sluice that was used */
    public static Requester of(RoutingContext request, String otherwise) {
        Caller caller = Caller.of(request);
        return new Requester(Kind.valueOf(caller.kind().name()), caller.id(), caller.actor(otherwise),
                request.request().remoteAddress().hostAddress(), RequestOrigin.of(request));
    }

    public static Requester service(String name) {
        return new Requester(Kind.SERVICE, name, name, null, Origin.NONE);
    }
}
