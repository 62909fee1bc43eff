package io.sluice.handle;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.lane.Lane;
import io.sluice.lane.LaneTable;
import io.sluice.lane.LaneViewTable;
import io.sluice.partner.PartnerConfig;
import io.sluice.process.Role;
import io.sluice.shutdown.ShutdownStarted;
import io.sluice.store.SupervisedTask;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Looks for lanes that have work and no holder, and walks those that this worker gets hold of. */
@ApplicationScoped
class LaneKeeper {
    private static final Logger LOG = Logger.getLogger(LaneKeeper.class);
    private static final long LOOK_MS = 250;

    private final LaneTable table;
    private final LaneViewTable views;
    private final ClaimTable claims;
    private final StepExecution steps;
    private final OutageTable outages;
    private final HandlingConfig config;
    private final PartnerConfig partners;
    private final WorkerName worker;
    private final Vertx vertx;
    private final Context context;
    private final SupervisedTask looking = new SupervisedTask(LOG, "Lanes cannot be looked for");
    private final Map<String, LaneWalk> walks = new HashMap<>();
    private Slots slots;
    private OrderRunner runner;
    private boolean working;
    private boolean underway;
    private boolean again;

    LaneKeeper(LaneTable table, LaneViewTable views, ClaimTable claims, StepExecution steps, OutageTable outages,
            HandlingConfig config,
            PartnerConfig partners, WorkerName worker, Vertx vertx) {
        this.table = table;
        this.views = views;
        this.claims = claims;
        this.steps = steps;
        this.outages = outages;
        this.config = config;
        this.partners = partners;
        this.worker = worker;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
    }

    /** The context on which the worker, its lanes and all that belongs to them live. */
    Context context() {
        return context;
    }

    /** @param runner takes orders on, in {@code slots}, once they have passed a lane */
    void goOnWith(Slots slots, OrderRunner runner) {
        this.slots = slots;
        this.runner = runner;
    }

    void start(@Observes StartupEvent event, Role role) {
        if (role.works()) {
            vertx.setPeriodic(LOOK_MS, ignored -> look());
            context.runOnContext(ignored -> working = true);
        }
    }

    /** What the lanes' orders are at may end within the grace; then the lanes are free for other workers. */
    void leave(@Observes ShutdownStarted event) {
        Uni<Void> left = Uni.createFrom().emitter(emitter -> context.runOnContext(ignored -> {
            working = false;
            List<Uni<Void>> stops = walks.values().stream().map(LaneWalk::stop).toList();
            (stops.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : Uni.join().all(stops).andCollectFailures().replaceWithVoid())
                    .subscribe()
                    .with(done -> emitter.complete(null), emitter::fail);
        }));
        event.awaits(Uni.combine().any().of(left, event.graceOver().chain(this::releaseAll)));
    }

    void stop(@Observes ShutdownEvent event) {
        context.runOnContext(ignored -> working = false);
    }

    private Uni<Void> releaseAll() {
        return Uni.createFrom()
                .<List<LaneWalk>>emitter(
                        emitter -> context.runOnContext(ignored -> emitter.complete(List.copyOf(walks.values()))))
                .chain(all -> Multi.createFrom()
                        .iterable(all)
                        .onItem()
                        .transformToUniAndConcatenate(walk -> table.release(walk.lane()))
                        .collect()
                        .last())
                .replaceWithVoid();
    }

    /** Looks for lanes now: something may have come to one. */
    void look() {
        context.runOnContext(ignored -> {
            walks.values().forEach(LaneWalk::wake);
            if (underway || !working || runner == null) {
                again = underway;
                return;
            }
            underway = true;
            looking.attempt(table.unheld().chain(this::acquireAll))
                    .subscribe()
                    .with(done -> context.runOnContext(then -> {
                        underway = false;
                        if (again) {
                            again = false;
                            look();
                        }
                    }));
        });
    }

    private Uni<Void> acquireAll(List<String> lanes) {
        return Multi.createFrom()
                .iterable(lanes)
                .onItem()
                .transformToUniAndConcatenate(this::acquire)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Optional<Lane>> acquire(String name) {
        long now = System.nanoTime();
        return table.acquire(name, worker.toString(), config.lease())
                .invoke(lane -> lane.ifPresent(held -> context.runOnContext(ignored -> {
                    if (working) {
                        walk(held, now);
                    } else {
                        giveUp(held);
                    }
                })));
    }

    /** The process began to stop while the lane was acquired. */
    private void giveUp(Lane lane) {
        table.release(lane).subscribe().with(done -> {
        }, failure -> LOG.debugf("Lane %s is free when its lease ends: %s", lane.name(), failure));
    }

    private void walk(Lane lane, long acquiredAt) {
        LaneLease lease = new LaneLease(lane, table, config.lease(), Duration.ofMillis(partners.timeoutMs()),
                acquiredAt);
        LaneWalk walk = new LaneWalk(lane, table, views, claims, steps, outages, config, lease, slots, runner, vertx,
                context,
                ended -> walks.remove(lane.name(), ended));
        walks.put(lane.name(), walk);
        walk.start();
    }
}
