package io.sluice.query;

import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.sluice.http.NeedsDatabase;
import io.sluice.store.WorkerTable;
import io.sluice.store.WorkerView;
import io.smallrye.mutiny.Uni;

/** The processes that handle orders. */
@NeedsDatabase
@Path("/api/workers")
@Produces(MediaType.APPLICATION_JSON)
public class WorkersResource {
    private final WorkerTable workers;

    WorkersResource(WorkerTable workers) {
        this.workers = workers;
    }

    @GET
    public Uni<List<WorkerView>> workers() {
        return workers.views();
    }
}
