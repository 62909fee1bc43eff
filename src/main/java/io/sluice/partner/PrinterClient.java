package io.sluice.partner;

import java.util.List;
import java.util.UUID;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.sluice.order.Address;
import io.sluice.store.OrderView;
import io.sluice.tracing.Traceparent;
import io.smallrye.mutiny.Uni;

/** The printer, as {@code docs/partners.md} describes it. */
@Path("/jobs")
@Consumes(MediaType.APPLICATION_JSON)
interface PrinterClient {

    @POST
    Uni<Response> print(@HeaderParam(Traceparent.HEADER) String traceparent, @HeaderParam("Idempotency-Key") String key,
            @HeaderParam(SendDeadline.HEADER) long sendBefore,
            PrintJob job);

    @GET
    Uni<Response> find(@HeaderParam(Traceparent.HEADER) String traceparent, @QueryParam("reference") UUID orderId);

    /**
     * A packing slip; {@code position} of {@code total} when it is part of a batch.
     *
     * @param outOfSequence true or null
     * @param document      the slip as a PDF
     */
    record PrintJob(UUID orderId, UUID batchId, Integer position, Integer total, Boolean outOfSequence, String channel,
            String externalId, Address shipTo, List<OrderView.LineView> lines, String note, byte[] document) {
        static PrintJob of(StepCall call, byte[] pdf) {
            return new PrintJob(call.orderId(), call.batchId(), call.position(), call.batchTotal(),
                    call.outOfSequence() ? true : null, call.channel(), call.externalId(), call.shipTo(),
                    call.content().lines(), call.content().note(), pdf);
        }
    }
}
