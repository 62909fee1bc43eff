package io.sluice.dashboard;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;

import org.jboss.logging.Logger;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.sluice.partner.PartnerTable;
import io.sluice.shutdown.ShutdownStarted;
import io.sluice.sse.SseConnection;
import io.sluice.store.Orders;
import io.sluice.stream.EventTail;
import io.sluice.stream.LogEvent;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.Json;

/**
 * Keeps every open page up to date: rows, figures, partners, batches. It follows the event log once for all of them,
 * collects what changed for a tenth of a second, reads and renders each changed order once, and hands the same text to
 * every page.
 */
@ApplicationScoped
class LiveTable {
    private static final Logger LOG = Logger.getLogger(LiveTable.class);
    /** The kind of the events that tell how a partner is doing. */
    private static final String PARTNER = "partner";
    /** The kind of those that tell how a batch is doing. */
    private static final String BATCH = "batch";
    private static final long COLLECT_MILLIS = 100;
    private static final long TICK_MILLIS = 1_000;
    /** Pages call the connection stale when nothing came for three of these. */
    private static final int TICKS_A_HEARTBEAT = 4;
    /** Twice what a page shows: past it, fetching the page is less work for everybody. */
    private static final int MAX_ROWS = 2 * TableView.ROWS;

    private final Orders orders;
    private final StatusCounts counts;
    private final Vertx vertx;
    private final LiveClients clients = new LiveClients();
    private final LiveFragment banner;
    private final LiveBatches batches;
    private final Changed changed = new Changed(MAX_ROWS);
    private final AtomicBoolean collecting = new AtomicBoolean();
    private final AtomicBoolean miscounted = new AtomicBoolean();
    private final AtomicBoolean joined = new AtomicBoolean();
    private final Cancellable tail;
    private final long counter;
    private int ticks;

    LiveTable(EventTail tail, Orders orders, StatusCounts counts, PartnerTable partners,
            CurrentBatches batches, Vertx vertx) {
        this.orders = orders;
        this.counts = counts;
        this.vertx = vertx;
        this.banner = new LiveFragment(LivePush.PARTNERS,
                () -> partners.views()
                        .map(PartnerNotice::of)
                        .map(notices -> new LiveFragment.Seen(!notices.isEmpty(), Pages.partners(notices))),
                clients);
        this.batches = new LiveBatches(batches, clients, vertx);
        this.tail = tail.batches()
                .onSubscription()
                .invoke(() -> clients.send(LivePush.refresh())) // for what was missed while it could not be followed
                .onFailure()
                .invoke(failure -> LOG.warn("The event log cannot be followed; trying again", failure))
                .onFailure()
                .retry()
                .withBackOff(Duration.ofMillis(200), Duration.ofSeconds(5))
                .indefinitely()
                .subscribe()
                .with(this::collect);
        counter = vertx.setPeriodic(TICK_MILLIS, tick -> tick());
    }

    /** Only if there ever was a page. */
    void leave(@Observes(notifyObserver = Reception.IF_EXISTS) ShutdownStarted event) {
        event.endsWith(Uni.createFrom()
                .emitter(emitter -> clients.closeAll().onComplete(ended -> emitter.complete(null))));
    }

    @PreDestroy
    void stop() {
        tail.cancel();
        vertx.cancelTimer(counter);
        clients.closeAll();
    }

    /** Keeps one more page up to date. */
    void join(SseConnection page) {
        clients.join(page);
        joined.set(true);
    }

    private void collect(List<LogEvent> events) {
        miscounted.set(true);
        if (clients.none()) {
            return;
        }
        if (events.stream().anyMatch(event -> event.kind().equals(PARTNER))) {
            banner.look();
        }
        batches.changed(events.stream()
                .filter(event -> event.kind().equals(BATCH))
                .map(LogEvent::batchId)
                .toList());
        changed.add(events.stream().map(LogEvent::orderId).filter(Objects::nonNull).toList());
        collectOn();
    }

    private void collectOn() {
        if (!changed.isEmpty() && collecting.compareAndSet(false, true)) {
            vertx.setTimer(COLLECT_MILLIS, timer -> push(changed.take()));
        }
    }

    private void push(Set<UUID> ids) {
        inContext(Uni.createFrom()
                .deferred(() -> render(ids))
                .onFailure()
                .invoke(failure -> LOG.warn("Changed orders cannot be read; pages are told to fetch them", failure))
                .onFailure()
                .recoverWithItem(LivePush.refresh())
                .invoke(clients::send)
                .onTermination()
                .invoke(() -> {
                    collecting.set(false);
                    collectOn();
                }));
    }

    private Uni<LivePush> render(Set<UUID> ids) {
        return ids.size() > MAX_ROWS
                ? Uni.createFrom().item(LivePush.refresh())
                : orders.findAll(ids)
                        .chain(found -> Pages.rows(OrderRow.of(found), false).createUni())
                        .map(html -> new LivePush(LivePush.ROWS, html));
    }

    private void tick() {
        if (clients.none()) {
            return;
        }
        boolean heartbeat = ++ticks % TICKS_A_HEARTBEAT == 0;
        if (miscounted.getAndSet(false) || heartbeat) {
            count();
        }
        if (joined.getAndSet(false) || heartbeat) {
            banner.resend(); // with every heartbeat, so that no page stays wrong, whatever it missed
            batches.resend();
            return;
        }
        if (banner.showing()) {
            banner.look();
        }
        batches.tick();
    }

    /** A failure sends nothing: pages whose database is out of reach should find out that they are no longer live. */
    private void count() {
        inContext(Uni.createFrom()
                .deferred(counts::now)
                .invoke(now -> clients.send(new LivePush(LivePush.COUNTS, Json.encode(now)))));
    }

    /** Runs on a Vert.x context of its own, which a database session asks for and a timer does not have. */
    private void inContext(Uni<?> work) {
        Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        VertxContextSafetyToggle.setContextSafe(context, true);
        context.runOnContext(now -> work.subscribe()
                .with(done -> {
                }, failure -> LOG.debug("Pages were not told of a change", failure)));
    }
}
