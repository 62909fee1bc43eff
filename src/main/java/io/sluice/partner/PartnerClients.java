package io.sluice.partner;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.sluice.order.Partner;
import io.sluice.packingslip.PaperConfig;
import io.sluice.packingslip.PaperSize;
import io.sluice.tracing.Traces;
import io.vertx.core.Vertx;

/** The partners' clients. Each partner has connections of its own. */
@ApplicationScoped
class PartnerClients {
    private static final int CONNECT_TIMEOUT_MS = 3000;
    /** A page of orders. One order may have 1 MiB. */
    private static final int MAX_PAGE_BYTES = 8 * 1024 * 1024;

    private final CallLimits limits;
    private final CallLimits pageLimits;
    private final String media;
    private final Traces traces;
    private final Map<Partner, CallSpans> spans = new HashMap<>();
    private final Map<Partner, CarrierClient> carriers = new HashMap<>();
    /** A printer is either here or among those that speak IPP. */
    private final Map<Partner, PrinterClient> printers = new HashMap<>();
    private final Map<Partner, IppConnection> ippPrinters = new HashMap<>();
    private final Map<Partner, MarketplaceClient> marketplaces = new HashMap<>();
    private final Map<Partner, PendingOrdersClient> pendingOrders = new HashMap<>();

    @Inject
    PartnerClients(Vertx vertx, PartnerDirectory directory, PartnerConfig config, PaperConfig paper, Traces traces) {
        this(vertx, directory, config.timeoutMs(), paper.size(), traces);
    }

    PartnerClients(Vertx vertx, PartnerDirectory directory, long timeoutMs, PaperSize paper, Traces traces) {
        this.traces = traces;
        this.limits = new CallLimits(vertx, timeoutMs);
        this.pageLimits = new CallLimits(vertx, timeoutMs, MAX_PAGE_BYTES);
        this.media = paper.media();
        for (Partner partner : directory.all()) {
            add(vertx, partner, directory.url(partner));
        }
    }

    private void add(Vertx vertx, Partner partner, URI url) {
        spans.put(partner, new CallSpans(traces, partner, url));
        switch (partner.kind()) {
            case CARRIER -> carriers.put(partner, client(CarrierClient.class, url, limits));
            case PRINTER -> {
                if (IppConnection.speaks(url)) {
                    ippPrinters.put(partner, new IppConnection(vertx, spans.get(partner), limits, CONNECT_TIMEOUT_MS));
                } else {
                    printers.put(partner, client(PrinterClient.class, url, limits));
                }
            }
            case MARKETPLACE -> {
                marketplaces.put(partner, client(MarketplaceClient.class, url, limits));
                pendingOrders.put(partner, client(PendingOrdersClient.class, url, pageLimits));
            }
        }
    }

    /** How long one call may take, from sending to the last byte of its answer. */
    long timeoutMs() {
        return limits.timeoutMs();
    }

    CarrierClient carrier(Partner partner) {
        return carriers.get(partner);
    }

    PrinterClient printer(Partner partner) {
        return printers.get(partner);
    }

    MarketplaceClient marketplace(Partner partner) {
        return marketplaces.get(partner);
    }

    PendingOrdersClient pendingOrders(Partner marketplace) {
        return pendingOrders.get(marketplace);
    }

    CallSpans spans(Partner partner) {
        return spans.get(partner);
    }

    SlipPrinter slipPrinter(Partner partner, Lookups lookups, Clock clock) {
        IppConnection ipp = ippPrinters.get(partner);
        return ipp == null
                ? new AdapterPrinter(partner, printer(partner), spans(partner), lookups, clock)
                : new IppPrinter(ipp, media, Duration.ofMillis(timeoutMs() / 2));
    }

    private static <T> T client(Class<T> type, URI url, CallLimits limits) {
        return QuarkusRestClientBuilder.newBuilder()
                .baseUri(url)
                .connectTimeout(CONNECT_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                // The wait for a connection; from the moment of sending, CallLimits sets the limits.
                .readTimeout(CONNECT_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                .followRedirects(false)
                // Every status is an answer to be read, not an exception.
                .disableDefaultMapper(true)
                .property(QuarkusRestClientProperties.CONNECTION_POOL_SIZE, PartnerConfig.MAX_CONNECTIONS)
                .register(new SendDeadline())
                .httpClientRequestCustomizer(request -> limits.begin(request, SendDeadline.ofPresentRequest()))
                .build(type);
    }
}
