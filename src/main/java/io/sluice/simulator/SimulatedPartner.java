package io.sluice.simulator;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;

/**
 * What all partners have in common: they take their time, refuse some calls, are down at times, lose an answer now and
 * then, and never do the same thing twice. Confined to the event loop, so calls of any number need no locks.
 */
final class SimulatedPartner<E extends Effect> {

    private final Vertx vertx;
    private final String kind;
    private final String name;
    private final Ledger<E> ledger;
    private final long seed;
    private final List<String> refusals;
    private final Map<String, Integer> callsByName = new LinkedHashMap<>();
    private final Map<String, Integer> repeatsByName = new HashMap<>();
    /** Where an answer is not complete and, because of a fault, will not be. */
    private final Set<HttpConnection> hanging = new HashSet<>();
    private PartnerSettings settings;

    /** @param refusals human-readable reasons for a refusal */
    SimulatedPartner(Vertx vertx, String kind, String name, Ledger<E> ledger, PartnerSettings settings, long seed,
            List<String> refusals) {
        this.vertx = vertx;
        this.kind = kind;
        this.name = name;
        this.ledger = ledger;
        this.settings = settings;
        this.seed = seed;
        this.refusals = refusals;
    }

    /** The kind's own name for the default partner. */
    String name() {
        return name;
    }

    boolean isDefault() {
        return name.equals(kind);
    }

    Ledger<E> ledger() {
        return ledger;
    }

    PartnerSettings settings() {
        return settings;
    }

    /** Whether it answers look-ups as it should. */
    boolean isHealthy() {
        return !settings.down() && !(settings.faultOnLookups() && settings.fault() != Fault.NONE);
    }

    /** How often each call was received, since the start, whatever became of it. */
    Map<String, Integer> callsByName() {
        return Collections.unmodifiableMap(callsByName);
    }

    /** How often a call was received when what it asks for had been done, since the start. */
    int repeats(String call) {
        return repeatsByName.getOrDefault(call, 0);
    }

    /** Another fault, or none, ends what the one before has left hanging. */
    void change(PartnerSettings changed) {
        boolean otherFault = changed.fault() != settings.fault();
        settings = changed;
        if (otherFault) {
            List.copyOf(hanging).forEach(HttpConnection::close);
        }
    }

    /** Counts a request, and lets it pass unless the partner is down. */
    void receive(RoutingContext ctx) {
        callsByName.merge(Requests.callName(ctx), 1, Integer::sum);
        checkUp();
        ctx.next();
    }

    /** Takes the call, and answers it when the latency is over, whether or not the caller is still there. */
    void take(RoutingContext ctx, EffectCall<E> call) {
        Fate fate = fateOf(ctx);
        if (ledger.byKey(call.idempotencyKey()).isPresent()) {
            repeatsByName.merge(Requests.callName(ctx), 1, Integer::sum);
        }
        if (settings.latencyMs() == 0) {
            carryOut(ctx, call, fate);
        } else {
            vertx.setTimer(settings.latencyMs(), timer -> {
                try {
                    carryOut(ctx, call, fate);
                } catch (RuntimeException e) {
                    ctx.fail(e);
                }
            });
        }
    }

    /**
     * Answers a look-up, at once. @param found tells what was found, or throws the problem that says that nothing was
     */
    void tell(RoutingContext ctx, Supplier<ObjectNode> found) {
        answer(ctx, settings.faultOfLookUp(fateOf(ctx), Requests.callName(ctx)), () -> new Reply(200, found.get()));
    }

    private void carryOut(RoutingContext ctx, EffectCall<E> call, Fate fate) {
        checkUp(); // again: it may have gone down while the call waited
        answer(ctx, settings.faultOfEffect(fate, call.idempotencyKey()), () -> perform(call, fate));
    }

    private Reply perform(EffectCall<E> call, Fate fate) {
        Optional<E> earlier = ledger.byKey(call.idempotencyKey());
        if (earlier.isPresent()) {
            if (!call.sameRequest().test(earlier.get())) {
                throw new Problem(422, "This Idempotency-Key was used for another request before");
            }
            return new Reply(200, call.answer().apply(earlier.get()));
        }
        if (fate.refusedAt(settings.failureRate())) {
            throw new Problem(400, fate.reasonFrom(refusals));
        }
        E effect = call.effect().get();
        ledger.record(effect);
        return new Reply(call.successStatus(), call.answer().apply(effect));
    }

    private void answer(RoutingContext ctx, Fault fault, Supplier<Reply> work) {
        fault.answer(ctx, work, settings);
        if (!ctx.response().ended() && !ctx.response().closed()) {
            HttpConnection connection = ctx.request().connection();
            hanging.add(connection);
            ctx.addEndHandler(end -> hanging.remove(connection));
        }
    }

    private Fate fateOf(RoutingContext ctx) {
        String call = Requests.callName(ctx);
        return Fate.of(seed, call, callsByName.get(call));
    }

    private void checkUp() {
        if (settings.down()) {
            throw new Problem(503, "The " + (isDefault() ? kind : kind + " " + name) + " is down");
        }
    }
}
