package io.sluice.dashboard.worker;

import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

import org.jboss.resteasy.reactive.RestResponse;

import io.sluice.dashboard.Banners;
import io.sluice.dashboard.Html;
import io.sluice.http.NeedsDatabase;
import io.sluice.store.WorkerTable;
import io.smallrye.mutiny.Uni;

/**
 * The list of workers: {@code GET /workers} as a page, {@code GET /dashboard/workers} as the fragment that live pages
 * fetch.
 */
@NeedsDatabase
@Path("/")
public class WorkerListResource {
    private final WorkerTable workers;
    private final Banners banners;

    WorkerListResource(WorkerTable workers, Banners banners) {
        this.workers = workers;
        this.banners = banners;
    }

    @GET
    @Path("workers")
    @Produces(Html.TYPE)
    public Uni<RestResponse<String>> page() {
        return rows().chain(rows -> banners.now().chain(banner -> Html.ok(WorkerPages.workerList(rows, banner))));
    }

    @GET
    @Path("dashboard/workers")
    @Produces(Html.TYPE)
    public Uni<RestResponse<String>> fragment() {
        return rows().chain(rows -> Html.ok(WorkerPages.workerTable(rows)));
    }

    private Uni<List<WorkerRow>> rows() {
        return workers.views().map(views -> views.stream().map(WorkerRow::new).toList());
    }
}
