package io.sluice.dashboard;

import java.net.URI;
import java.util.UUID;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

import io.sluice.batch.BatchEnd;
import io.sluice.http.UserHeader;
import io.sluice.operator.BatchControl;
import io.smallrye.mutiny.Uni;

/** What the buttons of one batch send. They lead to the batch's page, which then says what came of it. */
@Path("/")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class BatchForms {
    private final BatchEnd end;
    private final BatchControl control;
    private final UserHeader user;

    BatchForms(BatchEnd end, BatchControl control, UserHeader user) {
        this.end = end;
        this.control = control;
        this.user = user;
    }

    /** Ends a running batch before its time. */
    @POST
    @Path("dashboard/batches/{id}/abort")
    public Uni<RestResponse<Void>> abort(@RestPath UUID id) {
        return end.abort(id)
                .map(aborted -> back(id, aborted
                        ? Flash.good(
                                "The batch is aborted. What is past the printer is handled to its end; the rest goes"
                                        + " back to where it was.")
                        : Flash.bad("The batch had ended already.")));
    }

    /** Has the failed orders tried again, each from the step that failed. */
    @POST
    @Path("dashboard/batches/{id}/retry")
    public Uni<RestResponse<Void>> retry(@RestPath UUID id, @Context HttpHeaders headers) {
        return control.retry(id, user.nameIn(headers, Forms.DASHBOARD))
                .map(count -> back(id, count == 0
                        ? Flash.bad("No order of the batch is failed any more.")
                        : Flash.good(Words.orders(count) + (count == 1 ? " is" : " are")
                                + " tried again, from the step that failed.")));
    }

    private static RestResponse<Void> back(UUID id, Flash flash) {
        return ResponseBuilder.<Void>seeOther(URI.create("/batches/" + id)).cookie(flash.cookie()).build();
    }
}
