package io.sluice.partner;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.order.Partner;
import io.sluice.order.PartnerKind;
import io.sluice.order.Reason;
import io.sluice.order.Step;
import io.sluice.order.StepResult;
import io.sluice.packingslip.SlipsAhead;
import io.sluice.tracing.LogFields;
import io.smallrye.mutiny.Uni;

/** Carries steps out at the partners. What comes of it is always a {@link StepResult}, never an exception. */
@ApplicationScoped
public class PartnerCalls {
    private static final Logger LOG = Logger.getLogger(PartnerCalls.class);
    /** No order has it. */
    private static final UUID NO_ORDER = new UUID(0, 0);

    private final PartnerClients clients;
    private final Lookups lookups;
    private final VoidShipments voidShipments;
    private final Map<Partner, SlipPrinter> printers;
    private final SlipsAhead slips;
    private final Clock clock;

    PartnerCalls(PartnerClients clients, PartnerDirectory directory, SlipsAhead slips, Clock clock) {
        this.clients = clients;
        this.slips = slips;
        this.clock = clock;
        this.lookups = new Lookups(clients, clock);
        this.voidShipments = new VoidShipments(clients, lookups, clock);
        this.printers = directory.ofKind(PartnerKind.PRINTER)
                .stream()
                .collect(Collectors.toMap(printer -> printer, printer -> clients.slipPrinter(printer, lookups, clock)));
    }

    /**
     * Carries a step out. If it may have been carried out before, the partner is asked first, and what it has is
     * adopted. A partner that cannot be asked then leaves the outcome unknown: {@link StepResult.NoAnswer}, with the
     * code {@link Reason#PARTNER_UNAVAILABLE} if the question surely did not get through, another code otherwise.
     */
    public Uni<StepResult> call(StepCall call) {
        PartnerAnswer answer = new PartnerAnswer(call.partner(), clock);
        return Uni.createFrom()
                .deferred(() -> carryOut(call, answer))
                .onFailure()
                .recoverWithItem(answer::failure);
    }

    /** Asks the partner what an earlier call of the step did; empty if it did nothing. Never fails. */
    public Uni<Optional<StepResult>> ask(StepCall call) {
        PartnerAnswer answer = new PartnerAnswer(call.partner(), clock);
        return Uni.createFrom()
                .deferred(() -> found(call))
                .map(Optional::ofNullable)
                .onFailure()
                .recoverWithItem(failure -> Optional.of(Lookups.stillUnknown(answer, failure).result()));
    }

    /** Asks about an order that does not exist: {@code Done} if the partner answers. Changes nothing there. */
    public Uni<StepResult> probe(Partner partner) {
        PartnerAnswer answer = new PartnerAnswer(partner, clock);
        return Uni.createFrom()
                .<Object>deferred(() -> partner.kind() == PartnerKind.PRINTER
                        ? printers.get(partner).probe()
                        : lookups.of(partner, NO_ORDER, null))
                .<StepResult>map(wellFormed -> StepResult.Done.PLAIN)
                .onFailure()
                .recoverWithItem(answer::failure);
    }

    private Uni<StepResult> carryOut(StepCall call, PartnerAnswer answer) {
        return switch (call.step()) {
            case VOID_SHIPMENT -> voidShipments.of(call);
            case PRINT_PACKING_SLIP, CREATE_SHIPMENT, SEND_TRACKING, MARK_SHIPPED ->
                call.mayHaveBeenCarriedOut() ? askThenSend(call, answer) : send(call, answer);
        };
    }

    private Uni<StepResult> askThenSend(StepCall call, PartnerAnswer answer) {
        long givenUp = givenUp();
        return found(call)
                .onFailure()
                .transform(failure -> Lookups.stillUnknown(answer, failure))
                .chain(found -> {
                    if (found != null) {
                        return Uni.createFrom().item(found);
                    }
                    return System.nanoTime() - givenUp > 0
                            ? Uni.createFrom()
                                    .item(new StepResult.NoAnswer(new Reason(Reason.PARTNER_NO_ANSWER,
                                            answer.name() + " took too long to say what it had done.", null)))
                            : send(call, answer);
                });
    }

    /** The caller gives up then; nothing may be sent after that. */
    private long givenUp() {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(clients.timeoutMs());
    }

    private Uni<StepResult> found(StepCall call) {
        return call.step() == Step.PRINT_PACKING_SLIP ? printers.get(call.partner()).found(call) : lookups.found(call);
    }

    private Uni<StepResult> send(StepCall call, PartnerAnswer answer) {
        if (call.step() == Step.PRINT_PACKING_SLIP) {
            long givenUp = givenUp();
            StepCall inTime = givenUp - call.sendBefore() < 0 ? call.until(givenUp) : call;
            return slip(call).chain(pdf -> {
                Uni<StepResult> printed = printers.get(call.partner()).print(inTime, pdf);
                // The next slip is drawn while this one is being printed.
                return call.batchId() == null
                        ? printed
                        : printed.onSubscription().invoke(() -> slips.drawAfter(call.batchId(), call.position()));
            });
        }
        return request(call).map(answer::read).map(json -> done(call, json));
    }

    /** A slip that cannot be drawn will not draw itself the next time. */
    private Uni<byte[]> slip(StepCall call) {
        return slips.pdf(call.slip()).onFailure().transform(failure -> {
            try (LogFields about = LogFields.order(call.orderId())
                    .with("step", call.step().wireName())
                    .trace(call.traceparent())) {
                LOG.errorf(failure, "The packing slip of order %s cannot be drawn", call.orderId());
            }
            return new NotDone(new StepResult.Refused(new Reason(Reason.SLIP_NOT_DRAWN,
                    "The packing slip could not be drawn; the worker's log says why.", null)), 0);
        });
    }

    private Uni<Response> request(StepCall call) {
        String key = call.idempotencyKey();
        CallSpans spans = clients.spans(call.partner());
        return switch (call.step()) {
            case CREATE_SHIPMENT -> spans.call("POST", "/shipments", call.traceparent(),
                    trace -> clients.carrier(call.partner())
                            .create(trace, key, call.sendBefore(), CarrierClient.ShipmentRequest.of(call)));
            case SEND_TRACKING -> spans.call("PUT", "/orders/{orderId}/tracking", call.traceparent(),
                    trace -> clients.marketplace(call.partner())
                            .sendTracking(trace, key, call.sendBefore(), call.orderId(),
                                    MarketplaceClient.Tracking.of(call)));
            case MARK_SHIPPED -> spans.call("PUT", "/orders/{orderId}/shipped", call.traceparent(),
                    trace -> clients.marketplace(call.partner())
                            .markShipped(trace, key, call.sendBefore(), call.orderId(), Map.of()));
            case PRINT_PACKING_SLIP, VOID_SHIPMENT ->
                throw new IllegalArgumentException(call.step() + " is more than one call");
        };
    }

    private static StepResult done(StepCall call, JsonNode json) {
        return switch (call.step()) {
            case CREATE_SHIPMENT -> new StepResult.Done(Member.shipment(json), null);
            case PRINT_PACKING_SLIP, SEND_TRACKING, MARK_SHIPPED, VOID_SHIPMENT -> StepResult.Done.PLAIN;
        };
    }

    /** For a worker's own mistakes, which must not look like a partner's. */
    public static StepResult internal(Throwable failure) {
        return new StepResult.Unavailable(
                new Reason(Reason.INTERNAL, "The worker could not carry the step out: " + failure + ".", null), null);
    }
}
