package io.sluice.demo;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.github.f4b6a3.uuid.UuidCreator;

import io.quarkus.vertx.VertxContextSupport;
import io.sluice.accept.Acceptor;
import io.sluice.audit.AuditAction;
import io.sluice.audit.AuditLog;
import io.sluice.audit.Change;
import io.sluice.audit.Requester;
import io.sluice.http.ProblemException;
import io.sluice.order.OrderDraft;
import io.sluice.tracing.Origin;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;

/** Places demo orders. Available where the partners are simulated. */
@ApplicationScoped
public class DemoShop {
    private static final int ORDERS_AT_A_TIME = 100;

    private final Acceptor acceptor;
    private final AuditLog audit;
    private final Pool pool;
    private final boolean open;

    DemoShop(Acceptor acceptor, AuditLog audit, Pool pool,
            @ConfigProperty(name = "sluice.demo.orders", defaultValue = "false") boolean open) {
        this.acceptor = acceptor;
        this.audit = audit;
        this.pool = pool;
        this.open = open;
    }

    /** Whether demo orders are available. */
    public boolean open() {
        return open;
    }

    /** @throws ProblemException 404 if demo orders are not available */
    void checkOpen() {
        if (!open) {
            throw ProblemException.notFound(
                    "Demo orders are for simulated partners. If yours are, set SLUICE_DEMO_ORDERS or SLUICE_SIMULATOR_ENABLED"
                            + " to true.");
        }
    }

    /**
     * Places demo orders and returns their ids, newest placed first. They are many transactions, so the audit says it
     * before the first.
     *
     * @throws ProblemException 404 if demo orders are not available
     */
    public Uni<List<UUID>> place(DemoRequest request, Requester by) {
        checkOpen();
        UUID call = UuidCreator.getTimeOrderedEpoch();
        DemoOrders orders = new DemoOrders(request.seed() == null ? call.getLeastSignificantBits() : request.seed());
        // Not on the event loop: loading the names of a country takes seconds.
        return VertxContextSupport
                .executeBlocking(() -> orders.next(request.count(), request.handling(), request.channel(),
                        Instant.now(), callNumber(call)))
                .call(drafts -> audit.record(pool, by, AuditAction.DEMO_CREATE, "orders",
                        Change.to(JsonObject.of("count", drafts.size()))))
                .chain(drafts -> accept(drafts, by.origin()));
    }

    private Uni<List<UUID>> accept(List<OrderDraft> drafts, Origin origin) {
        return Uni.join()
                .all(drafts.stream().map(draft -> acceptor.accept(draft, origin)).toList())
                .usingConcurrencyOf(ORDERS_AT_A_TIME)
                .andFailFast()
                .map(accepted -> accepted.stream().map(one -> one.order().id()).toList());
    }

    /** Short enough to read aloud, random enough to be unique. */
    private static String callNumber(UUID call) {
        return Long.toString(call.getLeastSignificantBits() & 0xff_ffff_ffffL, Character.MAX_RADIX)
                .toUpperCase(Locale.ROOT);
    }
}
