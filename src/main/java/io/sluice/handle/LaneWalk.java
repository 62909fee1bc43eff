package io.sluice.handle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

import org.jboss.logging.Logger;

import io.sluice.handle.StepExecution.Written;
import io.sluice.lane.Lane;
import io.sluice.lane.LaneItem;
import io.sluice.lane.LaneMove;
import io.sluice.lane.LaneRules;
import io.sluice.lane.LaneTable;
import io.sluice.lane.LaneView;
import io.sluice.lane.LaneViewTable;
import io.sluice.order.CallMode;
import io.sluice.order.Partner;
import io.sluice.order.StepResult;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Walks a lane while this worker holds it: look, carry out, write, go on. While a step runs, the next order is claimed, so
 * that the printer never waits for the database: the next slip is sent as soon as the one before is out, and while that one
 * is being written. At most one order is unwritten when the next is sent.
 *
 * <p>All of it is called on the worker's context.
 */
final class LaneWalk {
    private static final Logger LOG = Logger.getLogger(LaneWalk.class);
    /** How often to look while the lane waits for an order that another worker has, or for the partner. */
    private static final long LOOK_MS = 100;
    private static final long AFTER_FAILURE_MS = 500;

    private final Lane lane;
    private final LaneTable table;
    private final LaneViewTable views;
    private final ClaimTable claims;
    private final StepExecution steps;
    private final OutageTable outages;
    private final HandlingConfig config;
    private final LaneLease lease;
    private final Slots slots;
    private final OrderRunner runner;
    private final Vertx vertx;
    private final Context context;
    private final Consumer<LaneWalk> ended;
    private final List<UUID> tried = new ArrayList<>();
    private Partner probedPartner;
    private boolean probeAnswered;
    /** Of the order before: completes once it is written. */
    private Uni<Void> before = Uni.createFrom().voidItem();
    private boolean busy;
    private boolean over;
    private long lookTimer = -1;
    private long renewTimer;
    private UniEmitter<? super Void> stopped;

    LaneWalk(Lane lane, LaneTable table, LaneViewTable views, ClaimTable claims, StepExecution steps,
            OutageTable outages,
            HandlingConfig config, LaneLease lease, Slots slots, OrderRunner runner, Vertx vertx,
            Context context, Consumer<LaneWalk> ended) {
        this.lane = lane;
        this.table = table;
        this.views = views;
        this.claims = claims;
        this.steps = steps;
        this.outages = outages;
        this.config = config;
        this.lease = lease;
        this.slots = slots;
        this.runner = runner;
        this.vertx = vertx;
        this.context = context;
        this.ended = ended;
    }

    Lane lane() {
        return lane;
    }

    void start() {
        renewTimer = vertx.setPeriodic(config.lease().toMillis() / 6, ignored -> renew());
        look();
    }

    /** Looks at once, if the lane waits. */
    void wake() {
        if (lookTimer >= 0) {
            vertx.cancelTimer(lookTimer);
            lookTimer = -1;
            look();
        }
    }

    /** Begins no further step, and completes when the lane is free for other workers. */
    Uni<Void> stop() {
        return Uni.createFrom().emitter(emitter -> {
            stopped = emitter;
            if (over) {
                emitter.complete(null);
            } else {
                wake();
            }
        });
    }

    private void renew() {
        lease.renew().subscribe().with(held -> onContext(() -> {
            if (!held) {
                end("another worker holds it");
            }
        }), failure -> LOG.debugf("The lease of lane %s is not renewed: %s", lane.name(), failure));
    }

    private void look() {
        if (over || busy) {
            return;
        }
        if (stopped != null) {
            then(table.release(lane), done -> end(null));
            return;
        }
        then(views.view(lane, null, config.lanePatience()), view -> {
            if (view.isPresent()) {
                move(view.get());
            } else {
                nextBatch();
            }
        });
    }

    private void move(LaneView view) {
        LaneMove move = LaneRules.next(view, tried);
        if (move instanceof LaneMove.CarryOut carryOut) {
            claim(carryOut.item(), false, claim -> carryOut(claim, carryOut.mode()));
        } else if (move instanceof LaneMove.Ask ask) {
            claim(ask.item(), true, this::ask);
        } else if (move instanceof LaneMove.Wait wait) {
            rest(wait.until() == null ? LOOK_MS : Duration.between(view.now(), wait.until()).toMillis());
        } else if (move instanceof LaneMove.EndProbe) {
            endProbe();
        } else if (move instanceof LaneMove.TakeOver) {
            then(table.takeOver(lane), done -> look());
        } else if (move instanceof LaneMove.SkipTo skip) {
            then(table.skipTo(lane, skip.rank()), done -> look());
        } else if (move instanceof LaneMove.Stop) {
            then(table.stop(lane), done -> look());
        } else if (move instanceof LaneMove.Leave) {
            then(table.leave(lane), done -> nextBatch());
        } else {
            throw new IllegalStateException("Unknown move " + move);
        }
    }

    private void nextBatch() {
        then(table.choose(lane), chosen -> {
            if (chosen) {
                look();
            } else {
                then(table.release(lane), done -> end(null));
            }
        });
    }

    /** Looks again after {@code millis}, or sooner if something wakes it. */
    private void rest(long millis) {
        lookTimer = vertx.setTimer(Math.max(1, Math.min(millis, LOOK_MS)), ignored -> onContext(() -> {
            lookTimer = -1;
            look();
        }));
    }

    private void claim(LaneItem item, boolean toAsk, Consumer<Claim> then) {
        then(claims.claimInLane(item.orderId(), lane, toAsk), claimed -> {
            if (claimed.isEmpty()) {
                rest(LOOK_MS); // It has changed since the lane was looked at.
            } else if (claimed.get(0).cancelRequested()) {
                Claim claim = claimed.get(0);
                then(steps.cancel(claim, claim.now(), null), cancelled -> look());
            } else {
                then.accept(claimed.get(0));
            }
        });
    }

    /** Finds out what a lost worker did of the step. */
    private void ask(Claim claim) {
        Instant startedAt = claim.now();
        then(steps.ask(claim), found -> {
            if (found.isPresent()) {
                then(write(claim, startedAt, found.get()), done -> look());
            } else {
                then(claims.backToLane(claim, false), done -> look());
            }
        });
    }

    private void carryOut(Claim claim, CallMode mode) {
        busy = true;
        Instant startedAt = claim.now();
        Uni<Optional<Claim>> next = mode == CallMode.NORMAL ? claimNext(claim) : nothing();
        next.subscribe().with(ignored -> {
        }, failure -> LOG.debugf("The next order of lane %s is not claimed yet: %s", lane.name(), failure));
        lease.coversACall()
                .chain(() -> steps.call(claim, mode))
                .subscribe()
                .with(result -> onContext(() -> before.chain(() -> next.onFailure().recoverWithItem(Optional.empty()))
                        .subscribe()
                        .with(claimed -> onContext(() -> ended(claim, mode, startedAt, result, claimed)),
                                failure -> onContext(() -> end(failure.toString())))),
                        failure -> onContext(() -> end(failure.getMessage())));
    }

    private static Uni<Optional<Claim>> nothing() {
        return Uni.createFrom().item(Optional.empty());
    }

    /** Claims the order that is next if the running step succeeds; empty if that is not sure yet. */
    private Uni<Optional<Claim>> claimNext(Claim running) {
        return before.chain(() -> views.view(lane, running.rank(), config.lanePatience())).chain(view -> {
            LaneMove move = view.map(seen -> LaneRules.next(seen, List.of())).orElse(null);
            return move instanceof LaneMove.CarryOut next && next.mode() == CallMode.NORMAL
                    ? claims.claimInLane(next.item().orderId(), lane, false)
                            .map(claimed -> claimed.stream().findFirst())
                    : nothing();
        }).memoize().indefinitely();
    }

    private void ended(Claim claim, CallMode mode, Instant startedAt, StepResult result, Optional<Claim> next) {
        if (mode.probe()) {
            tried.add(claim.state().id());
            probedPartner = claim.call().partner();
            probeAnswered = !(result instanceof StepResult.Held held) || held.answered();
        }
        Uni<Written> written = write(claim, startedAt, result).memoize().indefinitely();
        before = written.replaceWithVoid();
        boolean goOn = result instanceof StepResult.Done && stopped == null && next.isPresent()
                && !next.get().cancelRequested();
        if (goOn) {
            before.subscribe().with(done -> {
            }, failure -> onContext(() -> end(failure.toString())));
            carryOut(next.get(), CallMode.NORMAL);
            return;
        }
        Uni<Void> settled = next.isEmpty()
                ? before
                : before.chain(() -> claims.backToLane(next.get(), next.get().state().outcomeUnknown()));
        busy = false;
        then(settled, done -> look());
    }

    /** Writes what came of a step. The order then goes on in a slot of this worker, or, if none is free, with any worker. */
    private Uni<Written> write(Claim claim, Instant startedAt, StepResult result) {
        boolean keep = slots.free() > 0;
        if (keep) {
            slots.take(1);
        }
        return steps.write(claim, startedAt, result, keep)
                .onItemOrFailure()
                .invoke((written, failure) -> onContext(() -> {
                    if (!keep) {
                        return;
                    }
                    if (failure == null) {
                        runner.goOn(written);
                    } else {
                        slots.give(1);
                    }
                }));
    }

    private void endProbe() {
        tried.clear();
        if (probedPartner == null) {
            look();
            return;
        }
        Partner partner = probedPartner;
        probedPartner = null;
        then(outages.probeFailed(partner, probeAnswered), done -> look());
    }

    /** Does something for the lane, and then something on the context; a failure is followed by another look. */
    private <T> void then(Uni<T> action, Consumer<T> then) {
        busy = true;
        action.subscribe().with(done -> onContext(() -> {
            busy = false;
            if (!over) {
                then.accept(done);
            }
        }), failure -> onContext(() -> {
            busy = false;
            LOG.debugf("Lane %s: %s", lane.name(), failure);
            if (!over) {
                rest(AFTER_FAILURE_MS);
            }
        }));
    }

    /** @param why null if the lane was given up in good order */
    private void end(String why) {
        if (over) {
            return;
        }
        over = true;
        vertx.cancelTimer(renewTimer);
        if (why != null) {
            LOG.warnf("Lane %s is left to other workers: %s", lane.name(), why);
        }
        ended.accept(this);
        if (stopped != null) {
            stopped.complete(null);
        }
    }

    private void onContext(Runnable action) {
        context.runOnContext(ignored -> action.run());
    }
}
