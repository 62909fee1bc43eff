package io.sluice.partner;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.vertx.core.Vertx;

/** The partners' clients, each with connections of its own. */
@ApplicationScoped
class PartnerClients {
    private static final int CONNECT_TIMEOUT_MS = 3000;

    private final CallLimits limits;
    private final CarrierClient carrier;
    /** One of the two is null. */
    private final PrinterClient printer;
    private final IppConnection ippPrinter;
    private final MarketplaceClient marketplace;

    @Inject
    PartnerClients(Vertx vertx, PartnerConfig config) {
        this(vertx, config.carrierUrl(), config.printerUrl(), config.marketplaceUrl(), config.timeoutMs());
    }

    PartnerClients(Vertx vertx, URI carrier, URI printer, URI marketplace, long timeoutMs) {
        this.limits = new CallLimits(vertx, timeoutMs);
        this.carrier = client(CarrierClient.class, carrier);
        boolean ipp = IppConnection.speaks(printer);
        this.printer = ipp ? null : client(PrinterClient.class, printer);
        this.ippPrinter = ipp ? new IppConnection(vertx, printer, limits, CONNECT_TIMEOUT_MS) : null;
        this.marketplace = client(MarketplaceClient.class, marketplace);
    }

    /** How long one call may take, from sending to the last byte of its answer. */
    long timeoutMs() {
        return limits.timeoutMs();
    }

    CarrierClient carrier() {
        return carrier;
    }

    PrinterClient printer() {
        return printer;
    }

    SlipPrinter slipPrinter(Lookups lookups, Clock clock) {
        return ippPrinter == null
                ? new AdapterPrinter(printer, lookups, clock)
                : new IppPrinter(ippPrinter, Duration.ofMillis(timeoutMs() / 2));
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
                .property(QuarkusRestClientProperties.CONNECTION_POOL_SIZE, PartnerConfig.MAX_CONNECTIONS)
                .httpClientRequestCustomizer(limits)
                .build(type);
    }
}
