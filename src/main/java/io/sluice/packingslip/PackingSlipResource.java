package io.sluice.packingslip;

import java.util.UUID;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.RestPath;

import io.sluice.http.NeedsDatabase;
import io.sluice.http.ProblemException;
import io.smallrye.mutiny.Uni;

/** {@code GET /api/orders/{id}/packing-slip.pdf}: the packing slip of one order. */
@NeedsDatabase
@Path("/api/orders/{id}/packing-slip.pdf")
@Produces(Pdf.MEDIA_TYPE)
public class PackingSlipResource {
    private final PackingSlips slips;
    private final SheetTable table;

    PackingSlipResource(PackingSlips slips, SheetTable table) {
        this.slips = slips;
        this.table = table;
    }

    @GET
    public Uni<Response> slip(@RestPath UUID id) {
        return table.slip(id)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("There is no order " + id + "."))
                .chain(slip -> slips.pdf(slip)
                        .map(pdf -> Response.ok(pdf)
                                .header(HttpHeaders.CONTENT_DISPOSITION,
                                        Pdf.inline("packing-slip-" + slip.orderNumber()))
                                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                                .build()));
    }
}
