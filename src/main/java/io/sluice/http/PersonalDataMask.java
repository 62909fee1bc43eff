package io.sluice.http;

import jakarta.ws.rs.container.ContainerResponseContext;

import org.jboss.resteasy.reactive.server.ServerResponseFilter;

import io.sluice.access.Caller;
import io.sluice.access.Maskable;
import io.sluice.access.Permission;
import io.vertx.ext.web.RoutingContext;

/** Masks what answers of the API say about people, for callers who may not see it. */
class PersonalDataMask {

    @ServerResponseFilter
    public void mask(ContainerResponseContext response, RoutingContext request) {
        if (response.getEntity() instanceof Maskable<?> answer && !Caller.of(request).may(Permission.PERSONAL)) {
            response.setEntity(answer.masked());
        }
    }
}
