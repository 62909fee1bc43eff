package io.sluice.dashboard.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

import org.jboss.resteasy.reactive.RestCookie;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

import io.sluice.batch.BatchItemPage;
import io.sluice.batch.BatchItemView;
import io.sluice.batch.BatchItems;
import io.sluice.batch.BatchView;
import io.sluice.dashboard.Banners;
import io.sluice.dashboard.Flash;
import io.sluice.dashboard.Html;
import io.sluice.dashboard.OrderNames;
import io.sluice.dashboard.Pages;
import io.sluice.http.NeedsDatabase;
import io.smallrye.mutiny.Uni;

/**
 * One batch: {@code GET /batches/{id}} as a page, {@code GET /dashboard/batches/{id}} as the fragments that live pages
 * replace.
 */
@NeedsDatabase
@Path("/")
@Produces(Html.TYPE)
public class BatchPageResource {
    private final BatchItems items;
    private final BatchLookup current;
    private final OrderNames names;
    private final Banners banners;

    BatchPageResource(BatchItems items, BatchLookup current, OrderNames names, Banners banners) {
        this.items = items;
        this.current = current;
        this.names = names;
        this.banners = banners;
    }

    @GET
    @Path("batches/{id}")
    public Uni<RestResponse<String>> page(String id, @RestQuery List<String> status, @RestQuery String after,
            @RestCookie(Flash.COOKIE) String flash) {
        return found(id, status, after, details -> banners.now()
                .chain(banner -> Html.ok(
                        BatchPages.batch(details, Flash.of(flash).orElse(null), banner),
                        Flash.clearing(flash))));
    }

    @GET
    @Path("dashboard/batches/{id}")
    public Uni<RestResponse<String>> fragment(String id, @RestQuery List<String> status, @RestQuery String after) {
        return found(id, status, after, details -> Html.ok(BatchPages.batchDetails(details)));
    }

    private Uni<RestResponse<String>> found(String id, List<String> status, String after,
            Function<BatchDetails, Uni<RestResponse<String>>> page) {
        UUID uuid = Html.uuid(id);
        Uni<BatchDetails> found = uuid == null
                ? Uni.createFrom().nullItem()
                : details(BatchAddress.of(uuid, status, after));
        return found.chain(details -> details == null
                ? Html.page(RestResponse.Status.NOT_FOUND,
                        Pages.notice("Batch not found", "There is no batch with the id " + id + ". Check the link."))
                : page.apply(details));
    }

    /** Reads the counts last: they may be newer than the rows, never older. */
    private Uni<BatchDetails> details(BatchAddress address) {
        return items.page(address.id(), address.statuses(), address.after(), BatchDetails.ROWS)
                .chain(page -> page == null
                        ? Uni.createFrom().nullItem()
                        : current.find(address.id()).chain(progress -> details(progress, address, page)));
    }

    private Uni<BatchDetails> details(BatchProgress progress, BatchAddress address, BatchItemPage items) {
        BatchView batch = progress.batch();
        RejectedOrders rejected = RejectedOrders.of(batch.rejected(), batch.rejectedTotal());
        List<UUID> named = new ArrayList<>(rejected.named());
        named.addAll(items.items().stream().map(BatchItemView::orderId).toList());
        return names.of(named).map(known -> BatchDetails.of(progress, address, items, rejected, known));
    }
}
