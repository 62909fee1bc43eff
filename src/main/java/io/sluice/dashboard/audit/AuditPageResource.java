package io.sluice.dashboard.audit;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

import io.sluice.audit.AuditFinder;
import io.sluice.audit.AuditQuery;
import io.sluice.dashboard.Html;
import io.sluice.http.NeedsDatabase;
import io.smallrye.mutiny.Uni;

/** The page of the audit. */
@NeedsDatabase
@Path("/")
public class AuditPageResource {
    private static final int ROWS = 50;

    private final AuditFinder audit;

    AuditPageResource(AuditFinder audit) {
        this.audit = audit;
    }

    @GET
    @Path("audit")
    @Produces(Html.TYPE)
    public Uni<RestResponse<String>> page(@BeanParam AuditPageQuery query, @RestQuery String cursor) {
        AuditAddress address = query.address(cursor);
        return audit.page(address.filter(), AuditQuery.cursor(cursor), ROWS)
                .chain(page -> Html.ok(AuditPages.audit(page.items().stream().map(AuditRow::new).toList(), address,
                        page.nextCursor() == null ? null : address.olderHref(page.nextCursor()))));
    }
}
