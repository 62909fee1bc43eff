package io.sluice.http;

import io.vertx.ext.web.RoutingContext;

/** Something a request must satisfy before it is routed. */
interface RequestCheck {

    /** Why the request is refused, or null if it may go on. */
    ProblemException refusal(RoutingContext request);
}
