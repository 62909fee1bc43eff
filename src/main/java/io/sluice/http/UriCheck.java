package io.sluice.http;

import java.net.URI;
import java.net.URISyntaxException;

import io.vertx.ext.web.RoutingContext;

/**
 * Refuses an address that is no URI (RFC 3986), such as one with a broken percent-encoding.
 * <p>
 * Quarkus makes the same check, but answers it without a body and before anything of ours runs. The system property
 * {@link #LEAVE_IT_TO_US} turns that one off; it is read once, so it must be set before Quarkus starts.
 */
public class UriCheck implements RequestCheck {

    /** Name of the system property; its value is {@code true}. */
    public static final String LEAVE_IT_TO_US = "vertx.disableURIValidation";

    @Override
    public ProblemException refusal(RoutingContext request) {
        try {
            new URI(request.request().uri());
            return null;
        } catch (URISyntaxException e) {
            return ProblemException
                    .malformed("The address is not a valid URI; are special characters percent-encoded?");
        }
    }
}
