package io.sluice.partner;

import java.net.URI;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.vertx.core.Vertx;

/** The partners' clients, each with connections of its own. */
@ApplicationScoped
class PartnerClients {
    private static final int CONNECT_TIMEOUT_MS = 3000;
    private static final int MAX_CONNECTIONS = 256;

    private final CallLimits limits;
    private final CarrierClient carrier;
    private final PrinterClient printer;
    private final MarketplaceClient marketplace;

    PartnerClients(Vertx vertx, @ConfigProperty(name = "sluice.partners.carrier.url") URI carrier,
            @ConfigProperty(name = "sluice.partners.printer.url") URI printer,
            @ConfigProperty(name = "sluice.partners.marketplace.url") URI marketplace,
            @ConfigProperty(name = "sluice.partners.timeout-ms") long timeoutMs) {
        this.limits = new CallLimits(vertx, timeoutMs);
        this.carrier = client(CarrierClient.class, carrier);
        this.printer = client(PrinterClient.class, printer);
        this.marketplace = client(MarketplaceClient.class, marketplace);
    }

    CarrierClient carrier() {
        return carrier;
    }

    PrinterClient printer() {
        return printer;
    }

    MarketplaceClient marketplace() {
        return marketplace;
    }

    private <T> T client(Class<T> type, URI url) {
        return QuarkusRestClientBuilder.newBuilder()
                .baseUri(url)
                .connectTimeout(CONNECT_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                // The wait for a connection; from the moment of sending, CallLimits sets the limits.
                .readTimeout(CONNECT_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                .followRedirects(false)
                // Every status is an answer to be read, not an exception.
                .disableDefaultMapper(true)
                .property(QuarkusRestClientProperties.CONNECTION_POOL_SIZE, MAX_CONNECTIONS)
                .httpClientRequestCustomizer(limits)
                .build(type);
    }
}
