package io.sluice.dashboard;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import io.smallrye.mutiny.Uni;

/** Answers an invalid link with a page that explains what is wrong. */
public class InvalidAddressMapper {

    @ServerExceptionMapper
    public Uni<RestResponse<String>> explain(InvalidAddressException unreadable) {
        return Html.page(RestResponse.Status.BAD_REQUEST,
                Pages.notice("This link is not valid", unreadable.getMessage()));
    }
}
