package io.sluice.simulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;

/**
 * What all partners have in common: they take their time, refuse some calls, are down at times, lose an answer now and
 * then, and never do the same thing twice. Confined to the event loop, so calls of any number need no locks.
 */
final class SimulatedPartner<E extends Effect> {

    private final Vertx vertx;
    private final String name;
    private final Ledger<E> ledger;
    private final long seed;
    private final List<String> refusals;
    private final Map<String, Integer> callsByKey = new HashMap<>();
    private PartnerSettings settings;

    /** @param refusals human-readable reasons for a refusal */
    SimulatedPartner(Vertx vertx, String name, Ledger<E> ledger, PartnerSettings settings, long seed,
            List<String> refusals) {
        this.vertx = vertx;
        this.name = name;
        this.ledger = ledger;
        this.settings = settings;
        this.seed = seed;
        this.refusals = refusals;
    }

    String name() {
        return name;
    }

    Ledger<E> ledger() {
        return ledger;
    }

    PartnerSettings settings() {
        return settings;
    }

    void change(PartnerSettings changed) {
        settings = changed;
    }

    /** Lets a request pass unless the partner is down. */
    void passUnlessDown(RoutingContext ctx) {
        checkUp();
        ctx.next();
    }

    /** Takes the call, and answers it when the latency is over, whether or not the caller is still there. */
    void take(RoutingContext ctx, EffectCall<E> call) {
        Fate fate = Fate.of(seed, call.idempotencyKey(), callsByKey.merge(call.idempotencyKey(), 1, Integer::sum));
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

    private void carryOut(RoutingContext ctx, EffectCall<E> call, Fate fate) {
        checkUp(); // again: it may have gone down while the call waited
        Optional<E> earlier = ledger.byKey(call.idempotencyKey());
        if (earlier.isPresent()) {
            if (!call.sameRequest().test(earlier.get())) {
                throw new Problem(422, "This Idempotency-Key was used for another request before");
            }
            answer(ctx, fate, 200, call, earlier.get());
        } else if (fate.refusedAt(settings.failureRate())) {
            throw new Problem(400, fate.reasonFrom(refusals));
        } else {
            E effect = call.effect().get();
            ledger.record(effect);
            answer(ctx, fate, call.successStatus(), call, effect);
        }
    }

    /** The place where an answer goes wrong after the effect; other ways to do so belong here. */
    private void answer(RoutingContext ctx, Fate fate, int status, EffectCall<E> call, E effect) {
        if (fate.lostAt(settings.lostResponseRate())) {
            ctx.request().connection().close();
        } else {
            Responses.json(ctx, status, call.answer().apply(effect));
        }
    }

    private void checkUp() {
        if (settings.down()) {
            throw new Problem(503, "The " + name + " is down");
        }
    }
}
