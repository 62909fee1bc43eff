package io.sluice.handle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.sluice.lane.LaneTable;
import io.sluice.partner.PartnerConfig;
import io.sluice.process.Pace;
import io.sluice.shutdown.ShutdownStarted;
import io.sluice.store.RepeatedTask;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Looks for lanes that have work and no holder, and has those walked that this worker gets hold of. */
@ApplicationScoped
class LaneKeeper {
    private static final Logger LOG = Logger.getLogger(LaneKeeper.class);
    private static final Pace LOOK = new Pace(250, 3000);

    private final LaneTable table;
    private final LaneWalker walker;
    private final HandlingConfig config;
    private final PartnerConfig partners;
    private final WorkerName worker;
    private final WorkContext context;
    private final List<LaneWalker.Walk> walks = new ArrayList<>();
    private final RepeatedTask looking;

    LaneKeeper(LaneTable table, LaneWalker walker, HandlingConfig config, PartnerConfig partners, WorkerName worker,
            WorkContext context) {
        this.table = table;
        this.walker = walker;
        this.config = config;
        this.partners = partners;
        this.worker = worker;
        this.context = context;
        this.looking = context.repeat(LOOK, LOG, "Lanes cannot be looked for",
                () -> table.unheld().chain(this::acquireAll));
    }

    void start(@Observes StartupEvent event, Worker orders) {
        orders.whenLaneReached(this::look);
    }

    /** Looks for lanes now, and at those that wait: something may have come to one. */
    void look() {
        context.execute(() -> walks.forEach(LaneWalker.Walk::wake));
        looking.now();
    }

    private Uni<Void> acquireAll(List<String> lanes) {
        return Multi.createFrom()
                .iterable(lanes)
                .onItem()
                .transformToUniAndConcatenate(this::acquire)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> acquire(String name) {
        long now = System.nanoTime();
        return table.acquire(name, worker.toString(), config.lease())
                .emitOn(context)
                .invoke(acquired -> acquired.ifPresent(lane -> walk(new LaneLease(lane, table, config.lease(),
                        Duration.ofMillis(partners.timeoutMs()), now))))
                .replaceWithVoid();
    }

    private void walk(LaneLease lease) {
        LaneWalker.Walk walk = walker.walk(lease);
        walks.add(walk);
        walk.ended().subscribe().with(done -> walks.remove(walk));
    }

    /** What the lanes' orders are at may end within the grace; then the lanes are free for other workers. */
    void leave(@Observes ShutdownStarted event) {
        Uni<Void> left = onAll(walk -> {
            walk.wake();
            return walk.ended();
        });
        Uni<Void> released = event.graceOver().chain(() -> onAll(walk -> table.release(walk.lane())));
        event.awaits(Uni.combine().any().of(left, released));
    }

    private Uni<Void> onAll(Function<LaneWalker.Walk, Uni<Void>> action) {
        return Uni.createFrom()
                .voidItem()
                .emitOn(context)
                .chain(() -> walks.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : Uni.join().all(walks.stream().map(action).toList()).andCollectFailures().replaceWithVoid());
    }
}
