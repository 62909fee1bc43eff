package io.sluice.handle;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.handle.OutageTable.Probe;
import io.sluice.order.Partner;
import io.sluice.order.StepResult;
import io.sluice.partner.PartnerBoard;
import io.sluice.partner.PartnerConfig;
import io.sluice.partner.PartnerDirectory;
import io.sluice.partner.PartnerGuard;
import io.sluice.partner.PartnerState;
import io.sluice.partner.PartnerTable;
import io.sluice.partner.PartnerTraffic;
import io.sluice.process.Role;
import io.sluice.shutdown.ShutdownStarted;
import io.sluice.store.SupervisedTask;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Follows the outages of partners: declares one, probes the partner with one order at a time, and declares its end. Every
 * worker takes part; the table of partners decides whose turn it is.
 */
@ApplicationScoped
class OutageMonitor {
    private static final Logger LOG = Logger.getLogger(OutageMonitor.class);
    static final long LOOK_MS = 250;
    private static final long COUNT_MS = 1000;

    private final PartnerTable table;
    private final PartnerDirectory directory;
    private final PartnerBoard board;
    private final PartnerGuard guard;
    private final PartnerTraffic traffic;
    private final PartnerConfig config;
    private final OutageTable outages;
    private final HeldOrderRelease releases;
    private final HandlingConfig handling;
    private final Worker worker;
    private final LaneKeeper lanes;
    private final WorkerName name;
    private final Vertx vertx;
    private final Context context;
    private final SupervisedTask looking = new SupervisedTask(LOG, "The state of the partners cannot be read");
    /** What the table said last, as opposed to what this process has found out. */
    private final Map<Partner, PartnerState> said = new HashMap<>();
    private final Set<Partner> probing = new HashSet<>();
    private boolean underway;
    private volatile boolean stopped;

    OutageMonitor(PartnerTable table, PartnerDirectory directory, PartnerBoard board, PartnerGuard guard,
            PartnerTraffic traffic, PartnerConfig config, OutageTable outages, HeldOrderRelease releases,
            HandlingConfig handling, Worker worker, LaneKeeper lanes, WorkerName name, Vertx vertx) {
        this.table = table;
        this.directory = directory;
        this.board = board;
        this.guard = guard;
        this.traffic = traffic;
        this.config = config;
        this.outages = outages;
        this.releases = releases;
        this.handling = handling;
        this.worker = worker;
        this.lanes = lanes;
        this.name = name;
        this.vertx = vertx;
        this.context = lanes.context();
    }

    void start(@Observes StartupEvent event, Role role) {
        if (!role.works()) {
            return;
        }
        outages.releaseFromUnknown(directory.all().stream().map(Partner::name).toList()).await().indefinitely();
        guard.listen(this::down, this::works);
        vertx.setPeriodic(LOOK_MS, ignored -> context.runOnContext(now -> look()));
        vertx.setPeriodic(COUNT_MS, ignored -> context.runOnContext(now -> count()));
    }

    void leave(@Observes ShutdownStarted event) {
        stopped = true;
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    private void down(Partner partner) {
        table.down(partner, config.probeDelay()).chain(changed -> {
            if (!changed) {
                return Uni.createFrom().voidItem();
            }
            LOG.warnf("The %s is down; its orders are held", partner.inWords());
            return outages.holdInLanes(partner);
        }).subscribe().with(done -> {
        }, failure -> LOG.debugf("The %s is not declared down yet: %s", partner.inWords(), failure));
    }

    private void works(Partner partner) {
        table.up(partner).subscribe().with(changed -> {
            if (changed) {
                LOG.infof("The %s works again", partner.inWords());
                lanes.look();
            }
        }, failure -> LOG.debugf("The %s is not declared up yet: %s", partner.inWords(), failure));
    }

    private void look() {
        if (underway || stopped) {
            return;
        }
        underway = true;
        looking.attempt(table.statuses()
                .invoke(statuses -> context.runOnContext(ignored -> statuses.forEach(this::see))))
                .subscribe()
                .with(done -> context.runOnContext(ignored -> underway = false));
    }

    private void see(PartnerTable.Status status) {
        Partner partner = status.partner();
        boolean up = status.state() == PartnerState.UP;
        boolean wasUp = said.getOrDefault(partner, PartnerState.UP) == PartnerState.UP;
        said.put(partner, status.state());
        if (up && wasUp && !board.up(partner)) {
            // This process found out that it is down, and the table was asked before it was told.
            down(partner);
            return;
        }
        board.show(partner, status.state(), status.lastSuccess(), status.now());
        if (up && !wasUp) {
            guard.reset(partner);
            lanes.look();
        }
        if (status.probeDue() && probing.add(partner)) {
            probe(partner);
        }
        if (up) {
            releases.go(partner, status);
        }
    }

    private void probe(Partner partner) {
        outages.takeProbe(partner, handling.lease())
                .chain(turn -> turn.isEmpty() ? Uni.createFrom().voidItem() : probe(partner, turn.get()))
                .ifNoItem()
                .after(handling.lease().plus(Duration.ofSeconds(30)))
                .fail()
                .onTermination()
                .invoke(() -> context.runOnContext(ignored -> probing.remove(partner)))
                .subscribe()
                .with(done -> {
                }, failure -> LOG.warnf("The %s could not be probed (%s)", partner.inWords(), failure));
    }

    /** A partner that answers questions may yet fail to do its work: it is only asked one if it holds no order. */
    private Uni<Void> probe(Partner partner, Probe probe) {
        if (probe.order() == null) {
            return guard.answers(partner)
                    .chain(answers -> answers
                            ? Uni.createFrom().voidItem().invoke(() -> works(partner))
                            : outages.probeFailed(partner, false));
        }
        if (probe.inLane()) {
            lanes.look(); // The lane's holder makes the probe.
            return Uni.createFrom().voidItem();
        }
        return worker.probe(probe.order(), partner, probe.mode()).chain(result -> {
            if (result instanceof StepResult.Done || result instanceof StepResult.Refused) {
                return Uni.createFrom().voidItem(); // The guard has told that it works.
            }
            boolean answered = result == null || !(result instanceof StepResult.Held held) || held.answered();
            return outages.probeFailed(partner, answered);
        });
    }

    private void count() {
        for (Partner partner : directory.all()) {
            PartnerTraffic.Count count = traffic.of(partner);
            if (count.calls() > 0 && !stopped) {
                table.count(name.toString(), partner, count, board.sinceSuccess(partner)).subscribe().with(done -> {
                }, failure -> LOG.debugf("The traffic of the %s was not written down: %s", partner.inWords(), failure));
            }
        }
    }
}
