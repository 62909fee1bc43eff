package io.sluice.simulator;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sluice.json.InputObject;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * The simulated printer: a sheet comes out when its latency is over. It sorts nothing and
 * lets no job wait for another, so sheets come out in the order in which its client has asked for them.
 */
final class Printer {

    static final String NAME = "printer";
    static final List<String> REFUSALS = List.of(
            "Out of paper",
            "Paper jam in tray 2",
            "Toner is empty",
            "The cover is open");

    private final SimulatedPartner<PrintJob> partner;
    private final Ledger<PrintJob> ledger;
    private final Documents documents;

    /** @param documents of all printers */
    Printer(SimulatedPartner<PrintJob> partner, Documents documents) {
        this.partner = partner;
        this.documents = documents;
        this.ledger = partner.ledger();
    }

    static void mount(Router router, PartnersOfKind<Printer> printers, Documents documents) {
        for (String path : printers.paths()) {
            router.route(path + "/*").handler(printers.call((printer, ctx) -> printer.partner.receive(ctx)));
            router.post(path + "/jobs").handler(printers.call(Printer::print));
            router.get(path + "/jobs").handler(printers.call(Printer::find));
        }
        router.get("/simulator/printer/jobs").handler(ctx -> inspect(ctx, printers));
        router.get("/simulator/printer/jobs/:jobId/document").handler(ctx -> document(ctx, documents));
    }

    private void print(RoutingContext ctx) {
        String key = Requests.idempotencyKey(ctx);
        InputObject body = Requests.body(ctx);
        String orderId = body.nonBlank("orderId");
        String batchId = body.has("batchId") ? body.nonBlank("batchId") : null;
        Integer position = body.optionalInteger("position", 1, Integer.MAX_VALUE);
        body.optionalInteger("total", 1, Integer.MAX_VALUE);
        boolean outOfSequence = Boolean.TRUE.equals(body.optionalBoolean("outOfSequence"));
        byte[] document = Documents.read(body, "document");
        body.check();
        partner.take(ctx,
                new EffectCall<>(key,
                        () -> newJob(key, orderId, batchId, position == null ? 0 : position, outOfSequence, document),
                        known -> known.orderId().equals(orderId), Printer::receipt, 201));
    }

    private void find(RoutingContext ctx) {
        ObjectNode answer = Json.object();
        ArrayNode jobs = answer.putArray("jobs");
        ledger.ofOrder(Requests.reference(ctx))
                .forEach(job -> jobs.add(receipt(job)
                        .put("orderId", job.orderId())
                        .put("batchId", job.batchId())
                        .put("position", job.positionOrNull())));
        partner.tell(ctx, () -> answer);
    }

    private static void inspect(RoutingContext ctx, PartnersOfKind<Printer> printers) {
        JsonArrayResponse.send(ctx,
                printers.inspected(ctx, printer -> Requests.inspected(ctx, printer.ledger), Effect.BY_TIME),
                Printer::inspection);
    }

    private static void document(RoutingContext ctx, Documents documents) {
        byte[] document = documents.of(ctx.pathParam("jobId"));
        if (document == null) {
            throw new Problem(404, "There is no such job, it came without a document, or others have taken its place");
        }
        Responses.send(ctx.response(), 200, "application/pdf", Buffer.buffer(document));
    }

    private PrintJob newJob(String key, String orderId, String batchId, int position, boolean outOfSequence,
            byte[] document) {
        String jobId = (partner.isDefault() ? "" : partner.name() + "-") + "job-" + (ledger.all().size() + 1);
        if (document != null) {
            documents.keep(jobId, document);
        }
        return new PrintJob(key, orderId, jobId, batchId, position, outOfSequence, Instant.now());
    }

    private static ObjectNode receipt(PrintJob job) {
        return Json.object().put("jobId", job.jobId());
    }

    private static ObjectNode inspection(PartnersOfKind.Of<Printer, PrintJob> printed) {
        PrintJob job = printed.item();
        return job.withSequence(Json.object()
                .put("orderId", job.orderId())
                .put("batchId", job.batchId())
                .put("position", job.positionOrNull())
                .put("at", Json.timestamp(job.at()))
                .put("jobId", job.jobId())
                .put("printer", printed.partner().partner.name()));
    }
}
