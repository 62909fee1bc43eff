package io.sluice.partner;

import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.order.Partner;
import io.sluice.order.StepResult;
import io.smallrye.mutiny.Uni;

/** Fetches pending orders from marketplaces. What comes of it is always a {@link Fetched}, never an exception. */
@ApplicationScoped
public class PendingOrders {
    /** A page that lists more is not usable. */
    static final int MAX_ORDERS = 1000;
    private static final int NOT_MODIFIED = 304;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;

    private final PartnerClients clients;
    private final Clock clock;

    PendingOrders(PartnerClients clients, Clock clock) {
        this.clients = clients;
        this.clock = clock;
    }

    /**
     * Fetches one page.
     *
     * @param cursor where it begins; null for the beginning
     * @param etag   of an earlier answer to this question, or null
     * @param limit  how many orders it should have
     */
    public Uni<Fetched> page(Partner marketplace, String cursor, String etag, int limit) {
        PartnerAnswer answer = new PartnerAnswer(marketplace, clock);
        return fetched(answer, () -> clients.pendingOrders(marketplace).page(cursor, limit, etag),
                response -> switch (response.getStatus()) {
                    case NOT_MODIFIED -> etag == null ? page(answer, response, cursor) : new Fetched.Unchanged();
                    case GONE -> new Fetched.Gone();
                    default -> page(answer, response, cursor);
                });
    }

    /** Fetches one order: a page that holds it, and nothing else. */
    public Uni<Fetched> order(Partner marketplace, String channel, String externalId) {
        PartnerAnswer answer = new PartnerAnswer(marketplace, clock);
        return fetched(answer, () -> clients.pendingOrders(marketplace).order(externalId, channel),
                response -> switch (response.getStatus()) {
                    case NOT_FOUND, GONE -> new Fetched.Gone();
                    default -> single(answer.read(response, body -> EntryReader.entry(body.readAllBytes())));
                });
    }

    private static Uni<Fetched> fetched(PartnerAnswer answer, Supplier<Uni<? extends Response>> call,
            Function<Response, Fetched> read) {
        return Uni.createFrom()
                .deferred(call)
                .map(read)
                .onFailure()
                .recoverWithItem(failure -> failed(answer.failure(failure)));
    }

    private static Fetched failed(StepResult result) {
        return new Fetched.Failed(result.reason().detail(),
                result instanceof StepResult.Unavailable unavailable ? unavailable.retryAfter() : null);
    }

    private static Fetched single(Fetched.Entry order) {
        return new Fetched.Page(List.of(order), null, false, null);
    }

    private static Fetched page(PartnerAnswer answer, Response response, String cursor) {
        EntryReader.Page read = answer.read(response, body -> EntryReader.page(body.readAllBytes()));
        if (read.entries() == null || read.entries().size() > MAX_ORDERS) {
            throw new PartnerAnswer.Garbled("has no list of up to " + MAX_ORDERS + " orders");
        }
        JsonNode head = read.head();
        String next = head.hasNonNull("nextCursor") ? Member.text(head, "nextCursor") : null;
        boolean more = head.path("more").asBoolean(false);
        if (more && (next == null || next.equals(cursor))) {
            throw new PartnerAnswer.Garbled("says that there is more, but not where");
        }
        return new Fetched.Page(read.entries(), next, more, etag(response));
    }

    /** One that could not be sent back counts as none. */
    private static String etag(Response response) {
        String etag = response.getHeaderString(HttpHeaders.ETAG);
        return etag == null || etag.length() > Member.MAX_TEXT || !PartnerText.isFit(etag) ? null : etag;
    }
}
