package io.sluice.accept.csv;

import java.io.ByteArrayOutputStream;
import java.util.List;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;

import org.jboss.resteasy.reactive.RestQuery;

import io.sluice.accept.BulkKey;
import io.sluice.access.Caller;
import io.sluice.http.BodyLimit;
import io.sluice.http.FailureProblems;
import io.sluice.http.LineRate;
import io.sluice.http.NeedsDatabase;
import io.sluice.http.QueryParameters;
import io.sluice.http.RequestOrigin;
import io.sluice.idempotency.IdempotencyKey;
import io.sluice.order.Handling;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Accepts a file of orders, and answers like a stream of orders, with a line for each. */
@NeedsDatabase
@Path("/api/orders/csv")
public class CsvResource {
    private final CsvImport files;
    private final LineRate rate;

    CsvResource(CsvImport files, LineRate rate) {
        this.files = files;
        this.rate = rate;
    }

    @POST
    @Consumes(BodyLimit.CSV)
    @Produces("application/x-ndjson")
    public Uni<byte[]> post(byte[] file, @RestQuery String channel, @RestQuery String handling,
            @RestQuery String ignoreUnknown, @HeaderParam(IdempotencyKey.HEADER) String key,
            @Context RoutingContext request) {
        BulkKey keys = key == null ? null : BulkKey.of(Caller.of(request).identity(), key);
        CsvOptions options = new CsvOptions(QueryParameters.text("channel", channel),
                QueryParameters.constant("handling", handling, List.of(Handling.values()), Handling::wireName,
                        Handling.AUTO),
                QueryParameters.flag("ignoreUnknown", ignoreUnknown), Caller.of(request).channels());
        return files.read(file == null ? new byte[0] : file, options,
                orders -> {
                    rate.take(request, orders.rows());
                    return files
                            .store(orders.checked(), keys, RequestOrigin.of(request),
                                    failure -> FailureProblems.of(failure, request))
                            .collect()
                            .in(ByteArrayOutputStream::new,
                                    (lines, result) -> lines.writeBytes(result.answer().toJson(result.row())))
                            .map(ByteArrayOutputStream::toByteArray);
                });
    }
}
