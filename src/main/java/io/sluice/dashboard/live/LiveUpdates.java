package io.sluice.dashboard.live;

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

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.sluice.dashboard.Banners;
import io.sluice.dashboard.OrderRow;
import io.sluice.dashboard.Pages;
import io.sluice.dashboard.batch.BatchLookup;
import io.sluice.dashboard.table.StatusCounts;
import io.sluice.dashboard.table.TablePages;
import io.sluice.dashboard.table.TableView;
import io.sluice.shutdown.ShutdownStarted;
import io.sluice.sse.SseConnection;
import io.sluice.store.DatabaseFailures;
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
 * Keeps every open page up to date: rows, counts, partners and batches. It reads the event log once for all pages,
 * collects changes for 100 ms, and renders each changed order once.
 */
@ApplicationScoped
class LiveUpdates {
    private static final Logger LOG = Logger.getLogger(LiveUpdates.class);
    /** The kind of partner events. */
    private static final String PARTNER = "partner";
    /** The kind of batch events. */
    private static final String BATCH = "batch";
    private static final long COLLECT_MILLIS = 100;
    private static final long TICK_MILLIS = 1_000;
    /** Pages report a stale connection after three missed heartbeats. */
    private static final int TICKS_A_HEARTBEAT = 4;
    /** Twice the rows of a page. Above this, fetching the page costs less. */
    private static final int MAX_ROWS = 2 * TableView.ROWS;

    private final Orders orders;
    private final StatusCounts counts;
    private final Vertx vertx;
    private final LiveClients clients = new LiveClients();
    private final LiveFragment banner;
    private final LiveBatches batches;
    private final ChangedIds changed = new ChangedIds(MAX_ROWS);
    private final AtomicBoolean collecting = new AtomicBoolean();
    private final AtomicBoolean countsChanged = new AtomicBoolean();
    private final AtomicBoolean joined = new AtomicBoolean();
    private final EventTail eventTail;
    private final Cancellable tail;
    private final long counter;
    private int ticks;

    LiveUpdates(EventTail tail, Orders orders, StatusCounts counts, Banners banners,
            BatchLookup batches, Vertx vertx, MeterRegistry registry) {
        this.eventTail = tail;
        this.orders = orders;
        this.counts = counts;
        this.vertx = vertx;
        this.banner = new LiveFragment(LivePush.PARTNERS,
                () -> banners.now()
                        .map(banner -> new LiveFragment.Content(banner.visible(), Pages.banner(banner))),
                clients);
        this.batches = new LiveBatches(batches, clients, vertx);
        this.tail = tail.batches(() -> !clients.none())
                .onSubscription()
                .invoke(() -> clients.send(LivePush.refresh())) // events may be missing
                .onFailure()
                .invoke(failure -> LOG.warnf("Cannot read the event log (%s); retrying", failure))
                .onFailure()
                .retry()
                .withBackOff(Duration.ofMillis(200), Duration.ofSeconds(5))
                .indefinitely()
                .subscribe()
                .with(this::collect);
        Gauge.builder("sluice.event.streams", () -> clients.open().size())
                .tag("of", "dashboard")
                .description("Event streams that are open at this process")
                .register(registry);
        counter = vertx.setPeriodic(TICK_MILLIS, tick -> tick());
    }

    /** Observes the shutdown only if a page was ever opened. */
    void onShutdown(@Observes(notifyObserver = Reception.IF_EXISTS) ShutdownStarted event) {
        event.endsWith(Uni.createFrom()
                .emitter(emitter -> clients.closeAll().onComplete(ended -> emitter.complete(null))));
    }

    @PreDestroy
    void stop() {
        tail.cancel();
        vertx.cancelTimer(counter);
        clients.closeAll();
    }

    /** Keeps one more page up to date. Its stream starts with a refresh. */
    void join(SseConnection page, boolean seesPeople) {
        clients.join(page, seesPeople);
        eventTail.hurry();
        joined.set(true);
    }

    private void collect(List<LogEvent> events) {
        countsChanged.set(true);
        if (clients.none()) {
            return;
        }
        if (events.stream().anyMatch(event -> event.kind().equals(PARTNER))) {
            banner.update();
        }
        batches.changed(events.stream()
                .filter(event -> event.kind().equals(BATCH))
                .map(LogEvent::batchId)
                .toList());
        changed.add(events.stream().map(LogEvent::orderId).filter(Objects::nonNull).toList());
        scheduleCollect();
    }

    private void scheduleCollect() {
        if (!changed.isEmpty() && collecting.compareAndSet(false, true)) {
            vertx.setTimer(COLLECT_MILLIS, timer -> push(changed.take()));
        }
    }

    private void push(Set<UUID> ids) {
        inContext(Uni.createFrom()
                .deferred(() -> render(ids))
                .onFailure()
                .invoke(failure -> DatabaseFailures.log(LOG, failure,
                        "Cannot read changed orders (%s); pages will refresh instead", failure))
                .onFailure()
                .recoverWithItem(LivePush.refresh())
                .invoke(clients::send)
                .onTermination()
                .invoke(() -> {
                    collecting.set(false);
                    scheduleCollect();
                }));
    }

    private Uni<LivePush> render(Set<UUID> ids) {
        return ids.size() > MAX_ROWS
                ? Uni.createFrom().item(LivePush.refresh())
                : orders.findAll(ids)
                        .chain(found -> TablePages.rows(OrderRow.of(found), false).createUni())
                        .map(html -> new LivePush(LivePush.ROWS, html));
    }

    private void tick() {
        if (clients.none()) {
            return;
        }
        boolean heartbeat = ++ticks % TICKS_A_HEARTBEAT == 0;
        if (countsChanged.getAndSet(false) || heartbeat) {
            count();
        }
        if (joined.getAndSet(false) || heartbeat) {
            banner.resend(); // corrects any page that missed an update
            batches.resend();
            return;
        }
        if (banner.visible()) {
            banner.update();
        }
        batches.tick();
    }

    /** Sends nothing if the query fails: pages then notice that they are no longer live. */
    private void count() {
        inContext(Uni.createFrom()
                .deferred(counts::now)
                .invoke(now -> clients.send(new LivePush(LivePush.COUNTS, Json.encode(now)))));
    }

    /** Runs on a new Vert.x context. Database sessions need one, and timers have none. */
    private void inContext(Uni<?> work) {
        Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        VertxContextSafetyToggle.setContextSafe(context, true);
        context.runOnContext(now -> work.subscribe()
                .with(done -> {
                }, failure -> LOG.debug("A change was not pushed to open pages", failure)));
    }
}
