package io.sluice.query;

import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.sluice.http.NeedsDatabase;
import io.sluice.partner.PartnerTable;
import io.sluice.partner.PartnerView;
import io.smallrye.mutiny.Uni;

/** The state of the partners. */
@NeedsDatabase
@Path("/api/partners")
@Produces(MediaType.APPLICATION_JSON)
public class PartnersResource {
    private final PartnerTable partners;

    PartnersResource(PartnerTable partners) {
        this.partners = partners;
    }

    @GET
    public Uni<List<PartnerView>> partners() {
        return partners.views();
    }
}
