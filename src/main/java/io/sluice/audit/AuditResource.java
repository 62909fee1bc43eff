package io.sluice.audit;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestQuery;

import io.sluice.http.NeedsDatabase;
import io.sluice.http.QueryParameters;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The audit over HTTP: as pages, and as files, which are streamed. */
@NeedsDatabase
@Path("/api")
public class AuditResource {
    private final AuditFinder audit;
    private final AuditCsv csv;

    AuditResource(AuditFinder audit, AuditCsv csv) {
        this.audit = audit;
        this.csv = csv;
    }

    @GET
    @Path("/audit")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<AuditPage> page(@BeanParam AuditQuery query, @RestQuery String limit, @RestQuery String cursor) {
        AuditFilter filter = query.filter(() -> AuditQuery.cursor(cursor), () -> QueryParameters.limit(limit));
        return audit.page(filter, AuditQuery.cursor(cursor), QueryParameters.limit(limit));
    }

    /** One JSON object a line. */
    @GET
    @Path("/audit.ndjson")
    @Produces("application/x-ndjson")
    public RestMulti<AuditEntry> ndjson(@BeanParam AuditQuery query) {
        return download("audit.ndjson", audit.all(query.filter()).onItem().disjoint());
    }

    @GET
    @Path("/audit.csv")
    @Produces("text/csv;charset=UTF-8")
    public RestMulti<String> csv(@BeanParam AuditQuery query) {
        return download("audit.csv", Multi.createBy()
                .concatenating()
                .streams(Multi.createFrom().item(AuditCsv.head()), audit.all(query.filter()).map(csv::records)));
    }

    private static <T> RestMulti<T> download(String name, Multi<T> content) {
        return RestMulti.fromMultiData(content)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
