package io.sluice.accept;

import java.time.Clock;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

import io.sluice.access.Caller;
import io.sluice.http.ChannelScope;
import io.sluice.http.FailureProblems;
import io.sluice.http.LineRate;
import io.sluice.http.ProblemException;
import io.sluice.http.RequestOrigin;
import io.sluice.idempotency.IdempotencyKey;
import io.sluice.order.OrderDraft;
import io.sluice.store.DatabaseWatch;
import io.sluice.tracing.Origin;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/**
 * Accepts a stream of orders: NDJSON in, NDJSON out. {@link BulkUpload} writes the answers, so this method never
 * completes, and has no {@code NeedsDatabase}: an outage in the middle is an answer to the lines that it concerns.
 */
@Path("/api/orders/bulk")
public class BulkResource {
    private static final String LINES = "application/x-ndjson";

    private final BulkAcceptor bulk;
    private final DatabaseWatch database;
    private final BulkUploads uploads;
    private final LineRate rate;
    private final OrderReader reader;

    BulkResource(BulkAcceptor bulk, DatabaseWatch database, BulkUploads uploads, LineRate rate, Clock clock) {
        this.bulk = bulk;
        this.database = database;
        this.uploads = uploads;
        this.rate = rate;
        this.reader = new OrderReader(clock);
    }

    @POST
    @Consumes(LINES)
    @Produces(LINES)
    public Uni<Response> post(@Context RoutingContext request,
            @HeaderParam(IdempotencyKey.HEADER) String key) {
        BulkKey keys = key == null ? null : BulkKey.of(Caller.of(request).identity(), key);
        Origin origin = RequestOrigin.of(request);
        database.check();
        uploads.begin(request.request(), LINES, line -> Uni.createFrom()
                .deferred(() -> rate.next(request).chain(() -> store(line, keys, origin, Caller.of(request))))
                .map(BulkAnswer::of)
                .onFailure()
                .recoverWithItem(failure -> BulkAnswer.refused(FailureProblems.of(failure, request))));
        return Uni.createFrom().nothing();
    }

    private Uni<Acceptor.Stored> store(BulkLine line, BulkKey keys, Origin origin, Caller caller) {
        if (line.content() == null) {
            throw ProblemException.tooLarge("The line is longer than " + LineSplitter.MAX_BYTES + " bytes.");
        }
        OrderDraft draft = reader.read(line.content());
        ChannelScope.checkChannel(caller, draft.channel());
        return bulk.store(draft, keys == null ? null : keys.ofLine(line.number(), line.content()), origin);
    }
}
