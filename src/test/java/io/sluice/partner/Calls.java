package io.sluice.partner;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import io.sluice.order.Address;
import io.sluice.order.Partner;
import io.sluice.order.PartnerKind;
import io.sluice.order.Shipment;
import io.sluice.order.Step;
import io.sluice.order.StepResult;
import io.sluice.packingslip.PackingSlips;
import io.sluice.packingslip.PaperSize;
import io.sluice.packingslip.Press;
import io.sluice.packingslip.Sender;
import io.sluice.packingslip.SlipsAhead;
import io.sluice.store.OrderContent;
import io.sluice.store.OrderView;
import io.sluice.tracing.Traces;
import io.vertx.core.Vertx;

/** Calls of steps, and somebody to make them. */
final class Calls {
    static final Shipment SHIPMENT = new Shipment("LP1", "Lockkeeper Parcel");

    private Calls() {}

    static StepCall first(Step step, UUID orderId) {
        return call(step, orderId, 1, false);
    }

    static StepCall afterUnknown(Step step, UUID orderId) {
        return call(step, orderId, 2, true);
    }

    static StepCall call(Step step, UUID orderId, int attempt, boolean outcomeUnknown) {
        return new StepCall(step, Partner.defaultOf(step.kind()), orderId, "webshop", "WEB-1", Instant.EPOCH, "EUR",
                "25.00",
                new OrderContent(null, new Address("Ada Byron", "St James's Square 12", "London", "SW1Y 4JH", "GB"),
                        List.of(new OrderView.LineView("TEA-1", "Tea", 2, "12.50"))),
                null, null, null, false, null, SHIPMENT, attempt, outcomeUnknown, false, null, inAMinute(), null);
    }

    private static long inAMinute() {
        return System.nanoTime() + Duration.ofMinutes(1).toNanos();
    }

    /** The same for an order that the partner has answered with an error. */
    static StepCall failingSince(Instant since, StepCall call) {
        return new StepCall(call.step(), call.partner(), call.orderId(), call.channel(), call.externalId(),
                call.placedAt(), call.currency(), call.total(), call.content(), call.batchId(), call.position(),
                call.batchTotal(), call.outOfSequence(), call.printer(), call.shipment(), call.attempt(),
                call.outcomeUnknown(), call.mayBeUndone(), since, call.sendBefore(), null);
    }

    /** Calls to one server that is all three partners. */
    static PartnerCalls to(URI partner, Vertx vertx, long timeoutMs) {
        return to(directory(partner, partner, partner), vertx, timeoutMs);
    }

    static PartnerCalls to(PartnerDirectory directory, Vertx vertx, long timeoutMs) {
        return new PartnerCalls(new PartnerClients(vertx, directory, timeoutMs, PaperSize.A4, Traces.OFF), directory,
                slips(vertx),
                Clock.systemUTC());
    }

    static PartnerDirectory directory(URI carrier, URI printer, URI marketplace) {
        return new PartnerDirectory(List.of(defaultRoute(PartnerKind.CARRIER, carrier),
                defaultRoute(PartnerKind.PRINTER, printer), defaultRoute(PartnerKind.MARKETPLACE, marketplace)));
    }

    private static PartnerRoute defaultRoute(PartnerKind kind, URI url) {
        return new PartnerRoute(Partner.defaultOf(kind), url, Set.of(), Set.of());
    }

    static SlipsAhead slips(Vertx vertx) {
        return new SlipsAhead(new PackingSlips(vertx,
                new Press(new Sender("Test", List.of(), null), PaperSize.A4, ZoneOffset.UTC, null)), null);
    }

    static StepResult result(PartnerCalls calls, StepCall call) {
        return calls.call(call).await().atMost(Duration.ofMinutes(1));
    }
}
