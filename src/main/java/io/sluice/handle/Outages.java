package io.sluice.handle;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.sluice.leaving.Leaving;
import io.sluice.order.Partner;
import io.sluice.order.Reason;
import io.sluice.order.StepResult;
import io.sluice.partner.PartnerBoard;
import io.sluice.partner.PartnerConfig;
import io.sluice.partner.PartnerGuard;
import io.sluice.partner.PartnerState;
import io.sluice.partner.PartnerTable;
import io.sluice.partner.PartnerTraffic;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;

/**
 * Sees a partner's outage through: declares it, tries the partner with one order at a time, and lets the held orders go
 * in their order when it is back, ever faster but never all at once. Every worker takes part; the table of partners
 * decides whose turn it is.
 */
@ApplicationScoped
class Outages {
    private static final Logger LOG = Logger.getLogger(Outages.class);
    private static final long LOOK_MS = 250;
    private static final long COUNT_MS = 1000;
    /** How often the fleet lets orders go; each worker looks a little less often than that. */
    private static final long RESUME_MS = 200;
    /** A database that has gone without a word must not end the looking for good. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PartnerTable table;
    private final PartnerBoard board;
    private final PartnerGuard guard;
    private final PartnerTraffic traffic;
    private final PartnerConfig config;
    private final HeldTable held;
    private final HandlingConfig handling;
    private final Worker worker;
    private final WorkerName name;
    private final Pool pool;
    private final Vertx vertx;
    private final Context context;
    private final Set<Partner> probing = EnumSet.noneOf(Partner.class);
    private boolean looking;
    private volatile boolean stopped;

    Outages(PartnerTable table, PartnerBoard board, PartnerGuard guard, PartnerTraffic traffic, PartnerConfig config,
            HeldTable held, HandlingConfig handling, Worker worker, WorkerName name, Pool pool, Vertx vertx) {
        this.table = table;
        this.board = board;
        this.guard = guard;
        this.traffic = traffic;
        this.config = config;
        this.held = held;
        this.handling = handling;
        this.worker = worker;
        this.name = name;
        this.pool = pool;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
    }

    void start(@Observes StartupEvent event, @ConfigProperty(name = "sluice.role") String role) {
        if (role.equals("api")) {
            return;
        }
        guard.onOpen(partner -> context.runOnContext(ignored -> declare(partner)));
        vertx.setPeriodic(LOOK_MS, ignored -> context.runOnContext(now -> look()));
        vertx.setPeriodic(COUNT_MS, ignored -> context.runOnContext(now -> count()));
    }

    void stop(@Observes Leaving event) {
        stopped = true;
    }

    private void declare(Partner partner) {
        pool.withTransaction(transaction -> table.down(transaction, partner, config.probeDelay())
                .chain(changed -> changed
                        ? held.hold(transaction, partner)
                                .chain(() -> table.tell(transaction, partner))
                                .invoke(() -> LOG.warnf("The %s is down; its orders are held", partner.wireName()))
                        : Uni.createFrom().voidItem()))
                .subscribe()
                .with(done -> {
                }, failure -> LOG.warnf("It cannot be told that the %s is down (%s); trying again",
                        partner.wireName(), failure));
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
        boolean wasUp = board.up(partner);
        board.show(partner, status.state());
        if (up && !wasUp) {
            guard.reset(partner);
        } else if (up && guard.open(partner)) {
            declare(partner);
        }
        if (!up && status.probeDue() && probing.add(partner)) {
            probe(partner);
        }
        if (up && status.holds()) {
            resume(partner, status.sinceSeconds());
        }
    }

    private void probe(Partner partner) {
        table.takeProbe(partner, handling.lease())
                .chain(turn -> turn.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : tryWithFirst(partner).chain(result -> conclude(partner, turn.get(), result)))
                .ifNoItem()
                .after(handling.lease().plus(PATIENCE))
                .fail()
                .onTermination()
                .invoke(() -> context.runOnContext(ignored -> probing.remove(partner)))
                .subscribe()
                .with(done -> {
                }, failure -> LOG.warnf("The %s could not be tried (%s)", partner.wireName(), failure));
    }

    private Uni<StepResult> tryWithFirst(Partner partner) {
        return held.first(partner)
                .chain(order -> order.isPresent() ? worker.probe(order.get()) : Uni.createFrom().nullItem())
                .onItem()
                .ifNull()
                .switchTo(() -> guard.probe(partner));
    }

    private Uni<Void> conclude(Partner partner, int probe, StepResult result) {
        if (answered(result)) {
            return table.up(partner).invoke(changed -> {
                board.show(partner, PartnerState.UP);
                guard.reset(partner);
                if (changed) {
                    LOG.infof("The %s is back", partner.wireName());
                }
            }).replaceWithVoid();
        }
        long doubled = config.probeDelay().toMillis() << Math.min(probe, 20);
        return table.stillDown(partner, probe, Duration.ofMillis(Math.min(doubled, config.probeMaxDelay().toMillis())))
                .replaceWithVoid();
    }

    private static boolean answered(StepResult result) {
        return result instanceof StepResult.Done || result instanceof StepResult.Refused
                || result instanceof StepResult.Unavailable unavailable
                        && !unavailable.reason().code().equals(Reason.INTERNAL);
    }

    /** Begins with a tenth of the rate, and doubles it every second. */
    private void resume(Partner partner, double seconds) {
        double rate = Math.min(config.resumeRate(), config.resumeRate() / 10.0 * Math.pow(2, seconds));
        int limit = (int) Math.max(1, Math.round(rate * LOOK_MS / 1000));
        held.resume(partner, limit, RESUME_MS)
                .invoke(worker::due)
                .chain(resumed -> resumed.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : table.tell(pool, partner))
                .subscribe()
                .with(done -> {
                }, failure -> LOG.warnf("Orders held by the %s cannot go on yet (%s)", partner.wireName(), failure));
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
