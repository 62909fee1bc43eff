package io.sluice.http;

import java.net.URI;
import java.net.URISyntaxException;

import io.vertx.ext.web.RoutingContext;

/**
 * Refuses an address that is not a URI (RFC 3986), for example because of a broken percent-encoding.
 *
 * <p>Quarkus has the same check, but it answers without a body and before our code runs. The system property
 * {@link #QUARKUS_CHECK_OFF} turns it off. It is read once, so it must be set before Quarkus starts.
 */
public class UriCheck implements RequestCheck {

    /** Name of the system property; its value is {@code true}. */
    public static final String QUARKUS_CHECK_OFF = "vertx.disableURIValidation";

    @Override
    public ProblemException refusal(RoutingContext request) {
        try {
            // Browsers send these as they are (WHATWG URL), although RFC 3986 has them encoded.
            new URI(request.request().uri().replaceAll("[|{}^`\\[\\]\\\\]", "-"));
            return null;
        } catch (URISyntaxException e) {
            return ProblemException
                    .malformed("The address is not a valid URI. Percent-encode special characters.");
        }
    }
}
