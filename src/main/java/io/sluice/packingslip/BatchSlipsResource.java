package io.sluice.packingslip;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;

import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

import io.sluice.http.NeedsDatabase;
import io.sluice.http.ProblemException;
import io.sluice.http.QueryParameters;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** {@code GET /api/batches/{id}/packing-slips.pdf}: the packing slips of a batch in one file. */
@NeedsDatabase
@Path("/api/batches/{id}/packing-slips.pdf")
@Produces(Pdf.MEDIA_TYPE)
public class BatchSlipsResource {
    private final PackingSlips slips;
    private final SheetTable table;

    BatchSlipsResource(PackingSlips slips, SheetTable table) {
        this.slips = slips;
        this.table = table;
    }

    /**
     * @param from the first position, 1-based; null starts at the first
     * @param to   the last position; null ends at the last
     */
    @GET
    public Multi<byte[]> slips(@RestPath UUID id, @RestQuery String from, @RestQuery String to) {
        Uni<Answer> answer = table.batch(id)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("There is no batch " + id + "."))
                .map(batch -> answer(batch, from, to));
        return RestMulti.fromUniResponse(answer, Answer::bytes, Answer::headers);
    }

    private Answer answer(SheetTable.Batch batch, String from, String to) {
        if (batch.total() == 0) {
            throw ProblemException.notFound("Batch " + batch.id() + " has no orders.");
        }
        int first = QueryParameters.integer("from", from, 1, batch.total(), 1);
        int last = QueryParameters.integer("to", to, first, batch.total(), batch.total());
        return new Answer(new BatchFile(slips, table, batch).bytes(first, last), batch.id());
    }

    private record Answer(Multi<byte[]> bytes, UUID batchId) {
        Map<String, List<String>> headers() {
            return Map.of(HttpHeaders.CONTENT_DISPOSITION,
                    List.of(Pdf.inline("packing-slips-" + batchId)),
                    HttpHeaders.CACHE_CONTROL, List.of("no-cache"));
        }
    }
}
