package io.sluice.handle;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.order.Partner;
import io.sluice.order.Reason;
import io.sluice.order.StepResult;
import io.sluice.partner.PartnerBoard;
import io.sluice.partner.PartnerConfig;
import io.sluice.partner.PartnerGuard;
import io.sluice.partner.PartnerState;
import io.sluice.partner.PartnerTable;
import io.sluice.partner.PartnerTraffic;
import io.sluice.process.Role;
import io.sluice.shutdown.ShutdownStarted;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Sees a partner's outage through: declares it, tries the partner with one order at a time, and has the held orders go on
 * when it is back. Every worker takes part; the table of partners decides whose turn it is.
 */
@ApplicationScoped
class Outages {
    private static final Logger LOG = Logger.getLogger(Outages.class);
    static final long LOOK_MS = 250;
    private static final long COUNT_MS = 1000;
    /** A database that has gone without a word must not end the looking for good. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** So many orders are taken to try a partner with, of which none can go on now for another reason. */
    private static final int MOST_TRIED = 10;
    /** Every so many tries, the partner is tried with two orders of a batch, one behind the other. */
    private static final int BEHIND_EVERY = 3;

    private final PartnerTable table;
    private final PartnerBoard board;
    private final PartnerGuard guard;
    private final PartnerTraffic traffic;
    private final PartnerConfig config;
    private final HeldTable held;
    private final HandlingConfig handling;
    private final Gates gates;
    private final Worker worker;
    private final WorkerName name;
    private final Resumption resumption;
    private final Vertx vertx;
    private final Context context;
    /** What the table said last, as opposed to what this process has found out. */
    private final Map<Partner, PartnerState> said = new EnumMap<>(Partner.class);
    private final Set<Partner> probing = EnumSet.noneOf(Partner.class);
    private boolean looking;
    private volatile boolean stopped;

    Outages(PartnerTable table, PartnerBoard board, PartnerGuard guard, PartnerTraffic traffic, PartnerConfig config,
            HeldTable held, HandlingConfig handling, Gates gates, Worker worker, WorkerName name,
            Resumption resumption, Vertx vertx) {
        this.table = table;
        this.board = board;
        this.guard = guard;
        this.traffic = traffic;
        this.config = config;
        this.held = held;
        this.handling = handling;
        this.gates = gates;
        this.worker = worker;
        this.name = name;
        this.resumption = resumption;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        for (Partner partner : Partner.values()) {
            said.put(partner, PartnerState.UP);
        }
    }

    void start(@Observes StartupEvent event, Role role) {
        if (!role.works()) {
            return;
        }
        guard.onOpen(partner -> context.runOnContext(ignored -> declare(partner)));
        vertx.setPeriodic(LOOK_MS, ignored -> context.runOnContext(now -> look()));
        vertx.setPeriodic(COUNT_MS, ignored -> context.runOnContext(now -> count()));
    }

    void leave(@Observes ShutdownStarted event) {
        stopped = true;
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    private void declare(Partner partner) {
        table.down(partner, config.probeDelay())
                .chain(changed -> changed ? hold(partner) : Uni.createFrom().voidItem())
                .subscribe()
                .with(done -> {
                }, failure -> LOG.warnf("It cannot be told that the %s is down (%s); trying again",
                        partner.wireName(), failure));
    }

    /** Were it never to happen, the orders would hold themselves when they are due. */
    private Uni<Void> hold(Partner partner) {
        LOG.warnf("The %s is down; its orders are held", partner.wireName());
        context.runOnContext(ignored -> said.put(partner, PartnerState.DOWN));
        return held.hold(partner).chain(() -> table.tell(partner));
    }

    private void look() {
        if (looking || stopped) {
            return;
        }
        looking = true;
        table.statuses()
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .subscribe()
                .with(
                        statuses -> context.runOnContext(ignored -> {
                            looking = false;
                            statuses.forEach(this::see);
                        }),
                        failure -> context.runOnContext(ignored -> looking = false));
    }

    private void see(PartnerTable.Status status) {
        Partner partner = status.partner();
        boolean up = status.state() == PartnerState.UP;
        boolean wasUp = said.put(partner, status.state()) == PartnerState.UP;
        if (up && wasUp && guard.tripped(partner)) {
            declare(partner); // It was not heard, or the table was asked before it was.
            return;
        }
        board.show(partner, status.state());
        if (up && !wasUp) {
            guard.reset(partner);
        }
        if (!up && status.probeDue() && probing.add(partner)) {
            probe(partner);
        }
        if (up) {
            resumption.go(partner, status);
        }
    }

    private void probe(Partner partner) {
        table.takeProbe(partner, handling.lease())
                .chain(turn -> turn.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : tryOut(partner, turn.get())
                                .chain(result -> conclude(partner, turn.get(), result)))
                .ifNoItem()
                .after(handling.lease().plus(PATIENCE))
                .fail()
                .onTermination()
                .invoke(() -> context.runOnContext(ignored -> probing.remove(partner)))
                .subscribe()
                .with(done -> {
                }, failure -> LOG.warnf("The %s could not be tried (%s)", partner.wireName(), failure));
    }

    /**
     * A partner that answers questions may yet fail to do its work: it is asked one only if it holds no order. What was just
     * being recorded when the partner went down is held now: an order ahead of the one tried may be among it.
     *
     * @return null if it could not be tried
     */
    private Uni<StepResult> tryOut(Partner partner, int probe) {
        return held.hold(partner)
                .chain(() -> held.oneToTryWith(partner, probe))
                .chain(order -> order.isEmpty() ? guard.probe(partner) : tryWith(partner, probe, order, MOST_TRIED));
    }

    private Uni<StepResult> tryWith(Partner partner, int probe, Optional<UUID> order, int most) {
        return order.isEmpty() || most == 0
                ? Uni.createFrom().nullItem()
                : worker.probe(order.get(), partner, Trial.IN_SEQUENCE).chain(result -> {
                    if (result == null) {
                        return held.oneToTryWith(partner, probe).chain(next -> tryWith(partner, probe, next, most - 1));
                    }
                    return result instanceof StepResult.Held failed && !failed.unknown() && probe % BEHIND_EVERY == 0
                            ? tryBehind(partner, order.get(), result)
                            : Uni.createFrom().item(result);
                });
    }

    /**
     * An order that its partner cannot stand must not keep that down for those behind it at a gate. What it was tried with a
     * moment ago fails, what it is tried with now does not: then it is the order. Not where no answer came: should none come
     * now either, the one behind might be out, and the other be marked for it.
     */
    private Uni<StepResult> tryBehind(Partner partner, UUID order, StepResult result) {
        return held.behind(order, handling.gatePatience())
                .chain(behind -> behind.isEmpty()
                        ? Uni.createFrom().item(result)
                        : gates.giveWay(behind.get().batch(), order)
                                .chain(() -> worker.probe(behind.get().order(), partner, Trial.BEHIND_ANOTHER))
                                .map(second -> second == null ? result : second));
    }

    /** @param result null if the partner could not be tried: it is tried again soon */
    private Uni<Void> conclude(Partner partner, int probe, StepResult result) {
        if (answered(result)) {
            return table.up(partner).invoke(changed -> {
                context.runOnContext(ignored -> said.put(partner, PartnerState.UP));
                board.show(partner, PartnerState.UP);
                guard.reset(partner);
                if (changed) {
                    LOG.infof("The %s is back", partner.wireName());
                }
            }).replaceWithVoid();
        }
        long doubled = config.probeDelay().toMillis() << (result == null ? 0 : Math.min(probe, 20));
        return table.stillDown(partner, probe, Duration.ofMillis(Math.min(doubled, config.probeMaxDelay().toMillis())))
                .replaceWithVoid();
    }

    private static boolean answered(StepResult result) {
        return result instanceof StepResult.Done || result instanceof StepResult.Refused
                || result instanceof StepResult.Unavailable unavailable
                        && !unavailable.reason().code().equals(Reason.INTERNAL);
    }

    private void count() {
        for (Partner partner : Partner.values()) {
            PartnerTraffic.Count count = traffic.of(partner);
            if (count.calls() > 0 && !stopped) {
                table.count(name.toString(), partner, count).subscribe().with(done -> {
                }, failure -> LOG.debugf("The traffic of the %s was not written down: %s", partner.wireName(),
                        failure));
            }
        }
    }
}
