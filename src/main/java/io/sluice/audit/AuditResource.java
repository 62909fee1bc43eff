package io.sluice.audit;

import java.util.List;
import java.util.function.Function;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestMulti;

import io.sluice.http.NeedsDatabase;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The audit over HTTP: as pages, and as files, which are streamed. */
@NeedsDatabase
@Path("/api/")
public class AuditResource {
    private final AuditFinder audit;
    private final AuditFile file;

    AuditResource(AuditFinder audit, AuditFile file) {
        this.audit = audit;
        this.file = file;
    }

    @GET
    @Path("audit")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<AuditPage> page(@BeanParam AuditQuery query) {
        return audit.page(query.filter(), query.cursor(), query.limit());
    }

    /** One JSON object a line. */
    @GET
    @Path("audit.ndjson")
    @Produces("application/x-ndjson")
    public RestMulti<String> ndjson(@BeanParam AuditQuery query) {
        return download(query, "audit.ndjson", "", file::lines);
    }

    @GET
    @Path("audit.csv")
    @Produces("text/csv;charset=UTF-8")
    public RestMulti<String> csv(@BeanParam AuditQuery query) {
        return download(query, "audit.csv", AuditFile.head(), file::records);
    }

    private RestMulti<String> download(AuditQuery query, String name, String head,
            Function<List<AuditEntry>, String> text) {
        Multi<String> content = audit.all(query.filter()).map(text);
        return RestMulti.fromMultiData(Multi.createBy().concatenating().streams(Multi.createFrom().item(head), content))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
