package io.sluice.dashboard.batch;

import java.util.UUID;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

import io.sluice.audit.Requester;
import io.sluice.batch.BatchEnd;
import io.sluice.dashboard.Flash;
import io.sluice.dashboard.Format;
import io.sluice.dashboard.Html;
import io.sluice.http.NeedsDatabase;
import io.sluice.operator.BatchControl;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** The forms of one batch. They redirect to its page, which shows the result. */
@NeedsDatabase
@Path("/")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class BatchForms {
    private final BatchEnd end;
    private final BatchControl control;

    BatchForms(BatchEnd end, BatchControl control) {
        this.end = end;
        this.control = control;
    }

    /** Aborts a running batch. */
    @POST
    @Path("dashboard/batches/{id}/abort")
    public Uni<RestResponse<Void>> abort(@RestPath UUID id, @Context RoutingContext request) {
        return end.abort(id, Requester.of(request, Html.ACTOR))
                .map(aborted -> back(id, aborted
                        ? Flash.good(
                                "Batch aborted. Orders that are already printed will be finished;"
                                        + " all others return to their previous status.")
                        : Flash.bad("The batch has already ended.")));
    }

    /** Retries the failed orders, each from the step that failed. */
    @POST
    @Path("dashboard/batches/{id}/retry")
    public Uni<RestResponse<Void>> retry(@RestPath UUID id, @Context RoutingContext request) {
        return control.retry(id, Requester.of(request, Html.ACTOR))
                .map(count -> back(id, count == 0
                        ? Flash.bad("There are no failed orders to retry.")
                        : Flash.good(Format.orders(count) + " will be retried from the step that failed.")));
    }

    private static RestResponse<Void> back(UUID id, Flash flash) {
        return Html.redirect("batches/" + id, flash.cookie());
    }
}
