package io.sluice.handle;

import java.util.HashMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.sluice.handle.OutageTable.Probe;
import io.sluice.order.Partner;
import io.sluice.partner.PartnerBoard;
import io.sluice.partner.PartnerDirectory;
import io.sluice.partner.PartnerGuard;
import io.sluice.partner.PartnerState;
import io.sluice.partner.PartnerTable;
import io.sluice.partner.PartnerTraffic;
import io.sluice.partner.Verdict;
import io.sluice.process.Pace;
import io.sluice.process.Role;
import io.sluice.store.DatabaseFailures;
import io.sluice.tracing.LogFields;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Follows the outages of partners: declares one, probes the partner with one order at a time, declares its end, and
 * releases the orders that it held. Every worker takes part; the table of partners decides whose turn it is.
 */
@ApplicationScoped
class OutageMonitor {
    private static final Logger LOG = Logger.getLogger(OutageMonitor.class);
    private static final Pace LOOK = new Pace(OutageTable.LOOK_MS, 2000);

    private final PartnerTable table;
    private final PartnerDirectory directory;
    private final PartnerBoard board;
    private final PartnerGuard guard;
    private final PartnerTraffic traffic;
    private final OutageTable outages;
    private final Worker worker;
    private final LaneKeeper lanes;
    private final WorkerName name;
    /** What the table said last, as opposed to what this process has found out. */
    private final Map<Partner, PartnerState> said = new HashMap<>();

    OutageMonitor(PartnerTable table, PartnerDirectory directory, PartnerBoard board, PartnerGuard guard,
            PartnerTraffic traffic, OutageTable outages, Worker worker, LaneKeeper lanes, WorkerName name) {
        this.table = table;
        this.directory = directory;
        this.board = board;
        this.guard = guard;
        this.traffic = traffic;
        this.outages = outages;
        this.worker = worker;
        this.lanes = lanes;
        this.name = name;
    }

    void start(@Observes StartupEvent event, Role role, WorkContext context) {
        if (role.works()) {
            outages.releaseFromUnknown(directory.all().stream().map(Partner::name).toList()).await().indefinitely();
            guard.listen(this::down, this::works);
            context.repeat(LOOK, LOG, "The state of the partners cannot be read", () -> table.statuses()
                    .emitOn(context)
                    .invoke(statuses -> statuses.forEach(this::see)));
            context.repeat(Pace.MEASURING, LOG, "The traffic of the partners cannot be written down", this::count);
        }
    }

    private void down(Partner partner) {
        outages.down(partner).subscribe().with(changed -> {
            if (changed) {
                log(partner, () -> LOG.warnf("The %s is down; its orders are held", partner.inWords()));
            }
        }, failure -> LOG.debugf("The %s is not declared down yet: %s", partner.inWords(), failure));
    }

    private static void log(Partner partner, Runnable line) {
        try (LogFields about = LogFields.partner(partner.name())) {
            line.run();
        }
    }

    private void works(Partner partner) {
        table.up(partner).subscribe().with(changed -> {
            if (changed) {
                log(partner, () -> LOG.infof("The %s works again", partner.inWords()));
                lanes.look();
            }
        }, failure -> LOG.debugf("The %s is not declared up yet: %s", partner.inWords(), failure));
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
        if (status.probeDue()) {
            outages.takeProbe(partner)
                    .chain(turn -> turn.isEmpty() ? Uni.createFrom().voidItem() : probe(partner, turn.get()))
                    .subscribe()
                    .with(done -> {
                    }, failure -> DatabaseFailures.log(LOG, failure, "The %s could not be probed (%s)",
                            partner.inWords(), failure));
        }
        if (status.releasing()) {
            outages.release(partner, status.sinceSeconds())
                    .subscribe()
                    .with(worker::due, failure -> DatabaseFailures.log(LOG, failure,
                            "Orders held by the %s cannot be released yet (%s)", partner.inWords(), failure));
        }
    }

    /** A partner that answers questions may yet fail to do its work: it is only asked one if it holds no order. */
    private Uni<Void> probe(Partner partner, Probe probe) {
        if (probe.order() == null) {
            return guard.answers(partner)
                    .chain(answers -> answers
                            ? Uni.createFrom().voidItem().invoke(() -> works(partner))
                            : outages.probeFailed(partner, Verdict.PARTNER_FAILS));
        }
        if (probe.inLane()) {
            lanes.look(); // The lane's holder makes the probe.
            return Uni.createFrom().voidItem();
        }
        return worker.probe(probe.order(), partner, probe.mode())
                .chain(verdict -> verdict == Verdict.WORKS
                        ? Uni.createFrom().voidItem() // The guard has told that it works.
                        : outages.probeFailed(partner, verdict));
    }

    private Uni<Void> count() {
        return Multi.createFrom()
                .iterable(directory.all())
                .filter(partner -> traffic.of(partner).calls() > 0)
                .onItem()
                .transformToUniAndConcatenate(partner -> table.count(name.toString(), partner, traffic.of(partner),
                        board.lastSuccess(partner)))
                .onItem()
                .ignoreAsUni();
    }
}
