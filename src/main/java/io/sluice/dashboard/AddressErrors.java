package io.sluice.dashboard;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import io.smallrye.mutiny.Uni;

/** Says what does not fit about an address, instead of showing some other part of the table. */
public class AddressErrors {

    @ServerExceptionMapper
    public Uni<RestResponse<String>> explain(UnreadableAddress unreadable) {
        return Html.page(RestResponse.Status.BAD_REQUEST,
                Pages.notice("This address cannot be read", unreadable.getMessage()));
    }
}
