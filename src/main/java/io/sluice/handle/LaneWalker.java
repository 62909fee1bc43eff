package io.sluice.handle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.sluice.handle.StepExecution.Called;
import io.sluice.lane.Lane;
import io.sluice.lane.LaneItem;
import io.sluice.lane.LaneMove;
import io.sluice.lane.LaneRules;
import io.sluice.lane.LaneTable;
import io.sluice.lane.LaneView;
import io.sluice.lane.LaneViewTable;
import io.sluice.lane.Tries;
import io.sluice.order.CallMode;
import io.sluice.order.StepResult;
import io.sluice.partner.PartnerBoard;
import io.sluice.process.Pace;
import io.sluice.store.RepeatedTask;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/**
 * Walks lanes while this worker holds them: look, carry out, write, go on. While a step runs, the next order is
 * claimed, so that the printer never waits for the database: the next slip is sent as soon as the one before is out,
 * and while that one is being written. At most one order is unwritten when the next is sent.
 */
@ApplicationScoped
class LaneWalker {
    private static final Logger LOG = Logger.getLogger(LaneWalker.class);
    /** How often to look while the lane waits for an order that another worker has, or for the partner. */
    private static final long LOOK_MS = 100;
    private static final long AFTER_FAILURE_MS = 500;

    private final LaneTable table;
    private final LaneViewTable views;
    private final ClaimTable claims;
    private final StepExecution steps;
    private final OutageTable outages;
    private final PartnerBoard board;
    private final Worker worker;
    private final HandlingConfig config;
    private final WorkContext context;

    LaneWalker(LaneTable table, LaneViewTable views, ClaimTable claims, StepExecution steps, OutageTable outages,
            PartnerBoard board, Worker worker, HandlingConfig config, WorkContext context) {
        this.table = table;
        this.views = views;
        this.claims = claims;
        this.steps = steps;
        this.outages = outages;
        this.board = board;
        this.worker = worker;
        this.config = config;
        this.context = context;
    }

    /** Begins to walk a lane. */
    Walk walk(LaneLease lease) {
        return new Walk(lease);
    }

    /** The walk of one lane, until another worker holds it, no batch waits for it, or the process stops. */
    final class Walk {
        private final LaneLease lease;
        private final Lane lane;
        private final Uni<Void> ended;
        /** The questions of the present probe of the partner that got no usable answer. */
        private final List<Called> asked = new ArrayList<>();
        /** The calls of the present probe. */
        private final List<Called> probed = new ArrayList<>();
        /** The last of both. */
        private Called lastTry;
        /** The order that was tried once more, just now, before a trial; or null. */
        private UUID again;
        /** Of the order before: completes once it is written. */
        private Uni<Void> before = Uni.createFrom().voidItem();
        /** The next order, claimed while the one before was carried out; or null. */
        private Claim claimedAhead;
        private UniEmitter<? super Boolean> waiting;

        private Walk(LaneLease lease) {
            this.lease = lease;
            this.lane = lease.lane();
            RepeatedTask renewing = context.repeat(Pace.steady(config.lease().toMillis() / 6), LOG,
                    "The lease of lane " + lane.name() + " cannot be renewed", lease::renew);
            this.ended = Uni.createFrom()
                    .deferred(this::step)
                    .emitOn(context)
                    .onFailure()
                    .recoverWithUni(this::afterFailure)
                    .repeat()
                    .whilst(goesOn -> goesOn)
                    .onItem()
                    .ignoreAsUni()
                    .onTermination()
                    .invoke(renewing::stop)
                    .memoize()
                    .indefinitely();
        }

        Lane lane() {
            return lane;
        }

        /** Completes once the lane is given up. */
        Uni<Void> ended() {
            return ended;
        }

        /** Looks at once, if the lane waits. */
        void wake() {
            if (waiting != null) {
                waiting.complete(true);
            }
        }

        /** One step of the walk; false if it was the last. */
        private Uni<Boolean> step() {
            if (claimedAhead != null) {
                Claim claim = claimedAhead;
                claimedAhead = null;
                return carryOut(claim, CallMode.NORMAL);
            }
            return before.emitOn(context).chain(() -> context.working() ? look() : giveUp());
        }

        private Uni<Boolean> look() {
            return view(null)
                    .emitOn(context)
                    .chain(view -> view.map(this::move).orElseGet(this::nextBatch));
        }

        private Uni<Optional<LaneView>> view(Integer busyRank) {
            return views.view(lane, busyRank, config.lanePatience(), config.maxAttempts(), board::up);
        }

        private Uni<Boolean> nextBatch() {
            return table.choose(lane).chain(chosen -> chosen ? Uni.createFrom().item(true) : giveUp());
        }

        private Uni<Boolean> giveUp() {
            return table.release(lane).replaceWith(false);
        }

        private Uni<Boolean> move(LaneView view) {
            LaneMove move = LaneRules.next(view, tries());
            again = null;
            if (move instanceof LaneMove.CarryOut carryOut) {
                return claim(carryOut.item(), false, claim -> carryOut(claim, carryOut.mode()));
            } else if (move instanceof LaneMove.Ask ask) {
                return claim(ask.item(), true, claim -> ask(claim, ask.mode()));
            } else if (move instanceof LaneMove.Wait wait) {
                return rest(wait.until() == null ? LOOK_MS : Duration.between(view.now(), wait.until()).toMillis());
            } else if (move instanceof LaneMove.EndProbe) {
                return endProbe().replaceWith(true);
            } else if (move instanceof LaneMove.TakeOver) {
                return table.takeOver(lane).replaceWith(true);
            } else if (move instanceof LaneMove.SkipTo skip) {
                return table.skipTo(lane, skip.rank()).replaceWith(true);
            } else if (move instanceof LaneMove.Stop) {
                return table.stop(lane).replaceWith(true);
            } else if (move instanceof LaneMove.Leave) {
                return table.leave(lane).chain(this::nextBatch);
            }
            throw new IllegalStateException("Unknown move " + move);
        }

        private Tries tries() {
            return new Tries(ids(asked), ids(probed), lastTry != null && lastTry.verdict().mayBeTheOrders(),
                    lastTry != null && lastTry.answered(), again);
        }

        private static List<UUID> ids(List<Called> calls) {
            return calls.stream().map(called -> called.claim().state().id()).toList();
        }

        private void tried(List<Called> tries, Called called) {
            tries.add(called);
            lastTry = called;
        }

        /** Waits for {@code millis}, or until something wakes the walk. */
        private Uni<Boolean> rest(long millis) {
            return Uni.createFrom().emitter(emitter -> {
                waiting = emitter;
                context.after(Math.min(millis, LOOK_MS), () -> emitter.complete(true));
            });
        }

        /**
         * What is claimed, or not written, is found in the lane again. If the lane is lost, the next look shows that.
         */
        private Uni<Boolean> afterFailure(Throwable failure) {
            LOG.debugf("Lane %s: %s", lane.name(), failure);
            before = Uni.createFrom().voidItem();
            return Uni.createFrom().emitter(emitter -> context.after(AFTER_FAILURE_MS, () -> emitter.complete(true)));
        }

        private Uni<Boolean> claim(LaneItem item, boolean toAsk, Function<Claim, Uni<Boolean>> then) {
            return claims.claimInLane(item.orderId(), lane, toAsk).emitOn(context).chain(claim -> {
                if (claim == null) {
                    return rest(LOOK_MS); // It has changed since the lane was looked at.
                }
                return claim.cancelRequested()
                        ? steps.cancel(Called.notBegun(claim)).replaceWith(true)
                        : then.apply(claim);
            });
        }

        /** Finds out what a lost worker did of the step. */
        private Uni<Boolean> ask(Claim claim, CallMode mode) {
            return steps.ask(claim, mode).emitOn(context).chain(found -> {
                found.filter(called -> mode.probe()).ifPresent(called -> tried(asked, called));
                return found.map(worker::writeInLane).orElseGet(() -> claims.backToLane(claim, false));
            }).replaceWith(true);
        }

        private Uni<Boolean> carryOut(Claim claim, CallMode mode) {
            Uni<Claim> next = mode == CallMode.NORMAL ? claimNext(claim) : Uni.createFrom().nullItem();
            next.subscribe().with(ignored -> {
            });
            return lease.coversACall()
                    .chain(leaseEnds -> steps.call(claim.until(leaseEnds), mode))
                    .emitOn(context)
                    .chain(called -> before.chain(() -> next)
                            .emitOn(context)
                            .chain(claimed -> carriedOut(called, mode, claimed)));
        }

        /** Claims the order that is next if the running step succeeds; null if that is not sure yet. */
        private Uni<Claim> claimNext(Claim running) {
            return before.chain(() -> view(running.rank())).chain(view -> {
                LaneMove move = view.map(seen -> LaneRules.next(seen, Tries.NONE)).orElse(null);
                return move instanceof LaneMove.CarryOut next && next.mode() == CallMode.NORMAL
                        ? claims.claimInLane(next.item().orderId(), lane, false)
                        : Uni.createFrom().nullItem();
            }).onFailure().recoverWithNull().memoize().indefinitely();
        }

        private Uni<Boolean> carriedOut(Called called, CallMode mode, Claim next) {
            if (mode.probe()) {
                tried(probed, called);
            } else if (mode == CallMode.BEFORE_TRIAL) {
                again = called.claim().state().id();
            }
            before = worker.writeInLane(called).memoize().indefinitely();
            if (called.result() instanceof StepResult.Done && next != null && !next.cancelRequested()
                    && context.working()) {
                before.subscribe().with(written -> {
                }, failure -> LOG.debugf("Lane %s: %s", lane.name(), failure));
                claimedAhead = next;
                return Uni.createFrom().item(true);
            }
            return (next == null
                    ? before
                    : before.chain(() -> claims.backToLane(next, next.state().outcomeUnknown()))).replaceWith(true);
        }

        private Uni<Void> endProbe() {
            Called last = lastTry;
            asked.clear();
            probed.clear();
            lastTry = null;
            return outages.probeFailed(last.claim().call().partner(), last.verdict());
        }
    }
}
