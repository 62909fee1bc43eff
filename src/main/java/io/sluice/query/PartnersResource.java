package io.sluice.query;

import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.sluice.http.NeedsDatabase;
import io.sluice.partner.PartnerTable;
import io.sluice.partner.PartnerView;
import io.smallrye.mutiny.Uni;

/** The state of the partners. */
@NeedsDatabase
@Path("/api/partners")
@Tag(name = "Partners")
@Produces(MediaType.APPLICATION_JSON)
public class PartnersResource {
    private final PartnerTable partners;

    PartnersResource(PartnerTable partners) {
        this.partners = partners;
    }

    @GET
    @Operation(summary = "All partners, their state and how many orders are held for each")
    public Uni<List<PartnerView>> partners() {
        return partners.views();
    }
}
