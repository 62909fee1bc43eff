package io.sluice.dashboard.batch;

import java.util.Set;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

import io.sluice.batch.Batches;
import io.sluice.dashboard.Banners;
import io.sluice.dashboard.Html;
import io.sluice.dashboard.InvalidAddressException;
import io.sluice.http.NeedsDatabase;
import io.sluice.http.QueryParameters;
import io.sluice.store.PageCursor;
import io.smallrye.mutiny.Uni;

/**
 * The list of batches, newest first: {@code GET /batches} as a page, {@code GET /dashboard/batches} as the fragment
 * that live pages replace.
 */
@NeedsDatabase
@Path("/")
@Produces(Html.TYPE)
public class BatchListResource {
    private static final int ROWS = 50;

    private final Batches batches;
    private final BatchLookup current;
    private final Banners banners;

    BatchListResource(Batches batches, BatchLookup current, Banners banners) {
        this.batches = batches;
        this.current = current;
        this.banners = banners;
    }

    @GET
    @Path("batches")
    public Uni<RestResponse<String>> page(@RestQuery String cursor) {
        return list(cursor)
                .chain(list -> banners.now()
                        .chain(banner -> Html.ok(BatchPages.batchList(list, banner))));
    }

    @GET
    @Path("dashboard/batches")
    public Uni<RestResponse<String>> fragment(@RestQuery String cursor) {
        return list(cursor).chain(list -> Html.ok(BatchPages.batchTable(list)));
    }

    private Uni<BatchList> list(String cursor) {
        PageCursor after = InvalidAddressException
                .insteadOfProblem(() -> QueryParameters.cursor(cursor, PageCursor::decode));
        return batches.page(Set.of(), after, ROWS)
                .map(page -> new BatchList(
                        page.items().stream().map(batch -> current.progress(batch, null)).toList(), after == null,
                        page.nextCursor()));
    }
}
