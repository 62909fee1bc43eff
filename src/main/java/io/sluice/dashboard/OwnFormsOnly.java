package io.sluice.dashboard;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Takes the dashboard's forms from its own pages only. A browser says where a request comes from (W3C Fetch Metadata,
 * {@code Sec-Fetch-Site}); programs that are no browser do not, and have nobody's session to abuse.
 */
public class OwnFormsOnly {

    @ServerRequestFilter
    public RestResponse<String> check(ContainerRequestContext request) {
        String site = request.getHeaderString("Sec-Fetch-Site");
        boolean foreign = site != null && !site.equals("same-origin") && !site.equals("none");
        boolean form = request.getMethod().equals(HttpMethod.POST)
                && request.getUriInfo().getPath().startsWith("/dashboard/");
        return foreign && form
                ? RestResponse.ResponseBuilder.create(RestResponse.Status.FORBIDDEN,
                        "This form was not sent from one of Sluice's own pages.")
                        .type("text/plain")
                        .build()
                : null;
    }
}
