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
import io.sluice.http.ProblemException;
import io.sluice.order.OrderDraft;
import io.smallrye.mutiny.Uni;

/** A shop whose customers are made up; it opens only where the partners are simulated too. */
@ApplicationScoped
public class DemoShop {
    private static final int ORDERS_AT_A_TIME = 100;

    private final Acceptor acceptor;
    private final boolean open;

    DemoShop(Acceptor acceptor,
            @ConfigProperty(name = "sluice.simulator.enabled", defaultValue = "false") boolean open) {
        this.acceptor = acceptor;
        this.open = open;
    }

    /** Whether demo orders may be placed here at all. */
    public boolean open() {
        return open;
    }

    /** @throws ProblemException 404 if the shop is closed */
    void checkOpen() {
        if (!open) {
            throw ProblemException.notFound("Demo orders are made only where the simulator is on.");
        }
    }

    /**
     * Places demo orders and gives their ids, newest placed first.
     *
     * @throws ProblemException 404 if the shop is closed
     */
    public Uni<List<UUID>> place(DemoRequest request) {
        checkOpen();
        UUID call = UuidCreator.getTimeOrderedEpoch();
        DemoOrders orders = new DemoOrders(request.seed() == null ? call.getLeastSignificantBits() : request.seed());
        // Reading the names of a country takes seconds the first time: not on the event loop.
        return VertxContextSupport
                .executeBlocking(() -> orders.next(request.count(), request.handling(), request.channel(),
                        Instant.now(), callNumber(call)))
                .chain(this::accept);
    }

    private Uni<List<UUID>> accept(List<OrderDraft> drafts) {
        return Uni.join()
                .all(drafts.stream().map(acceptor::accept).toList())
                .usingConcurrencyOf(ORDERS_AT_A_TIME)
                .andFailFast()
                .map(accepted -> accepted.stream().map(one -> one.order().id()).toList());
    }

    /** Short enough to be read out, and random enough that no two calls share it. */
    private static String callNumber(UUID call) {
        return Long.toString(call.getLeastSignificantBits() & 0xff_ffff_ffffL, Character.MAX_RADIX)
                .toUpperCase(Locale.ROOT);
    }
}
