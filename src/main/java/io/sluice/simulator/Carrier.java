package io.sluice.simulator;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sluice.address.AddressFormat;
import io.sluice.json.InputObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The simulated carrier: creates shipments, finds them again, and makes them void. */
final class Carrier {

    static final String NAME = "carrier";
    static final List<String> REFUSALS = List.of(
            "Address not deliverable: postal code unknown",
            "Address not deliverable: no such street in this city",
            "No service to this country at present",
            "The shipment exceeds the weight limit of the contract");

    private static final String CARRIER = "Lockkeeper Parcel";

    private final SimulatedPartner<Shipment> partner;
    private final Ledger<Shipment> ledger;

    Carrier(SimulatedPartner<Shipment> partner) {
        this.partner = partner;
        this.ledger = partner.ledger();
    }

    static void mount(Router router, PartnersOfKind<Carrier> carriers) {
        for (String path : carriers.paths()) {
            router.route(path + "/*").handler(carriers.call((carrier, ctx) -> carrier.partner.receive(ctx)));
            router.post(path + "/shipments").handler(carriers.call(Carrier::create));
            router.get(path + "/shipments").handler(carriers.call(Carrier::find));
            router.post(path + "/shipments/:trackingNumber/void").handler(carriers.call(Carrier::makeVoid));
        }
        router.get("/simulator/carrier/shipments").handler(ctx -> inspect(ctx, carriers));
        router.get("/simulator/carrier/voids").handler(ctx -> inspectVoids(ctx, carriers));
    }

    private void create(RoutingContext ctx) {
        String key = Requests.idempotencyKey(ctx);
        InputObject body = Requests.body(ctx);
        String orderId = body.nonBlank("orderId");
        InputObject shipTo = body.object("shipTo");
        if (shipTo != null) {
            readAddress(shipTo);
        }
        body.nonBlank("currency");
        body.require("total");
        body.integer("items", 1, Integer.MAX_VALUE);
        body.check();
        partner.take(ctx, new EffectCall<>(key, () -> newShipment(key, orderId),
                known -> known.isCreation() && known.orderId().equals(orderId), Carrier::receipt, 201));
    }

    /** Wants what every address of the country has, as a real carrier does. */
    private static void readAddress(InputObject shipTo) {
        List.of("name", "street", "country").forEach(shipTo::nonBlank);
        AddressFormat format = AddressFormat.of(shipTo.anyText("country"));
        if (format.requiresCity()) {
            shipTo.nonBlank("city");
        }
        if (format.requiresPostalCode()) {
            shipTo.nonBlank("postalCode");
        }
    }

    private void makeVoid(RoutingContext ctx) {
        String trackingNumber = ctx.pathParam("trackingNumber");
        // A shipment is void or it is not, so its number names the call well enough.
        String key = Requests.idempotencyKey(ctx, trackingNumber + ":void");
        partner.take(ctx, new EffectCall<>(key, () -> created(trackingNumber).voidedBy(key, Instant.now()),
                known -> !known.isCreation() && known.trackingNumber().equals(trackingNumber), this::state, 200));
    }

    private void find(RoutingContext ctx) {
        ObjectNode answer = Json.object();
        ArrayNode shipments = answer.putArray("shipments");
        created(ledger.ofOrder(Requests.reference(ctx))).map(this::state).forEach(shipments::add);
        partner.tell(ctx, () -> answer);
    }

    private static void inspect(RoutingContext ctx, PartnersOfKind<Carrier> carriers) {
        JsonArrayResponse.send(ctx, acts(ctx, carriers, Shipment::isCreation),
                made -> inspection(made).put("voided", made.partner().isVoid(made.item())));
    }

    private static void inspectVoids(RoutingContext ctx, PartnersOfKind<Carrier> carriers) {
        JsonArrayResponse.send(ctx, acts(ctx, carriers, act -> !act.isCreation()), Carrier::inspection);
    }

    private static List<PartnersOfKind.Of<Carrier, Shipment>> acts(RoutingContext ctx, PartnersOfKind<Carrier> carriers,
            Predicate<Shipment> wanted) {
        return carriers.inspected(ctx,
                carrier -> Requests.inspected(ctx, carrier.ledger).stream().filter(wanted).toList(),
                Effect.BY_TIME);
    }

    /** The count makes it unique here, the random digits among simulators that remember nothing. */
    private Shipment newShipment(String key, String orderId) {
        String trackingNumber = "LP%08d%06d".formatted(ledger.all().size() + 1,
                ThreadLocalRandom.current().nextInt(1_000_000));
        return new Shipment(key, orderId, Shipment.Act.CREATED, trackingNumber,
                partner.isDefault() ? CARRIER : partner.name(), Instant.now());
    }

    /**
     * Reads through all shipments: voiding is too rare to keep an index for it.
     *
     * @throws Problem 404 for a tracking number that was never given out
     */
    private Shipment created(String trackingNumber) {
        return created(ledger.all()).filter(shipment -> shipment.trackingNumber().equals(trackingNumber))
                .findAny()
                .orElseThrow(() -> new Problem(404, "No shipment has the tracking number " + trackingNumber));
    }

    private static Stream<Shipment> created(List<Shipment> acts) {
        return acts.stream().filter(Shipment::isCreation);
    }

    private boolean isVoid(Shipment shipment) {
        return ledger.ofOrder(shipment.orderId())
                .stream()
                .anyMatch(act -> !act.isCreation() && act.trackingNumber().equals(shipment.trackingNumber()));
    }

    private static ObjectNode receipt(Shipment shipment) {
        return Json.object()
                .put("trackingNumber", shipment.trackingNumber())
                .put("carrier", shipment.carrier());
    }

    private ObjectNode state(Shipment shipment) {
        return receipt(shipment)
                .put("orderId", shipment.orderId())
                .put("voided", isVoid(shipment));
    }

    private static ObjectNode inspection(PartnersOfKind.Of<Carrier, Shipment> act) {
        Shipment shipment = act.item();
        return Json.object()
                .put("orderId", shipment.orderId())
                .put("trackingNumber", shipment.trackingNumber())
                .put("idempotencyKey", shipment.idempotencyKey())
                .put("at", Json.timestamp(shipment.at()))
                .put("carrier", act.partner().partner.name());
    }
}
