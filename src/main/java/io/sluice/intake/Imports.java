package io.sluice.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.audit.AuditAction;
import io.sluice.audit.AuditLog;
import io.sluice.audit.Change;
import io.sluice.audit.Requester;
import io.sluice.http.ProblemException;
import io.sluice.partner.ImportSource;
import io.sluice.partner.PartnerDirectory;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;

/**
 * Imports as people see and command them. What is asked for is written to the database; a worker does it within some
 * seconds. Every call fails with a {@link ProblemException} 404 for a marketplace that has no import.
 */
@ApplicationScoped
public class Imports {
    /** How often the end of an import is looked for. */
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Map<String, ImportSource> sources;
    private final ImportTable imports;
    private final ProblemTable problems;
    private final Importer importer;
    private final AuditLog audit;
    private final Pool pool;

    Imports(PartnerDirectory directory, ImportTable imports, ProblemTable problems, Importer importer, AuditLog audit,
            Pool pool) {
        this.sources = directory.importSources()
                .stream()
                .collect(Collectors.toUnmodifiableMap(ImportSource::name, Function.identity()));
        this.imports = imports;
        this.problems = problems;
        this.importer = importer;
        this.audit = audit;
        this.pool = pool;
    }

    /** Whether orders are fetched from any marketplace. */
    public boolean configured() {
        return !sources.isEmpty();
    }

    /** All imports, by the name of their marketplace. */
    public Uni<List<ImportView>> views() {
        return imports.states(sources.keySet().stream().sorted().toList())
                .map(states -> states.stream().map(this::view).toList());
    }

    /** One import. */
    public Uni<ImportView> view(String marketplace) {
        check(marketplace);
        return imports.state(marketplace).map(this::view);
    }

    /**
     * Has orders fetched now, and waits for that import to end.
     *
     * @param wait for how long at most; zero to wait for nothing
     * @param by   who asks for it
     */
    public Uni<Requested> importNow(String marketplace, Duration wait, Requester by) {
        check(marketplace);
        long giveUpAt = System.nanoTime() + wait.toNanos();
        return pool
                .withTransaction(transaction -> imports.request(transaction, marketplace)
                        .call(() -> audit.record(transaction, by, AuditAction.IMPORT_START, marketplace,
                                Change.UNSAID)))
                .invoke(importer::look)
                .chain(requestedAt -> ended(marketplace, requestedAt, giveUpAt));
    }

    /**
     * An import that was asked for.
     *
     * @param ended whether it has ended
     */
    public record Requested(ImportView view, boolean ended) {}

    private Uni<Requested> ended(String marketplace, Instant requestedAt, long giveUpAt) {
        return imports.state(marketplace)
                .chain(state -> state.hasEndedSince(requestedAt) || System.nanoTime() - giveUpAt > 0
                        ? Uni.createFrom().item(new Requested(view(state), state.hasEndedSince(requestedAt)))
                        : Uni.createFrom()
                                .voidItem()
                                .onItem()
                                .delayIt()
                                .by(LOOK)
                                .chain(() -> ended(marketplace, requestedAt, giveUpAt)));
    }

    /** The orders with problems, newest first, up to {@code limit} of those with a lower id than {@code before}. */
    public Uni<List<ProblemView>> problems(String marketplace, long before, int limit) {
        check(marketplace);
        return problems.views(marketplace, before, limit);
    }

    /** Has an order fetched again. Fails with 404 if there is none, 409 if it has no number to fetch it by. */
    public Uni<ProblemView> retry(String marketplace, long id, Requester by) {
        check(marketplace);
        return audited(AuditAction.IMPORT_RETRY, marketplace, id, by,
                transaction -> problems.requestRetry(transaction, marketplace, id))
                .invoke(importer::look)
                .chain(() -> problems.view(marketplace, id))
                .onItem()
                .ifNull()
                .failWith(() -> unknown(id))
                .invoke(problem -> {
                    if (problem.externalId() == null) {
                        throw ProblemException.conflict(
                                "The order has no usable externalId, so it cannot be fetched by it. Dismiss it.");
                    }
                });
    }

    /** Forgets an order with a problem. Fails with 404 if there is none. */
    public Uni<Void> dismiss(String marketplace, long id, Requester by) {
        check(marketplace);
        return audited(AuditAction.IMPORT_DISMISS, marketplace, id, by,
                transaction -> problems.dismiss(transaction, marketplace, id)).invoke(known -> {
                    if (!known) {
                        throw unknown(id);
                    }
                }).replaceWithVoid();
    }

    private Uni<Boolean> audited(AuditAction action, String marketplace, long id, Requester by,
            Function<SqlClient, Uni<Boolean>> change) {
        return pool.withTransaction(transaction -> change.apply(transaction)
                .call(changed -> changed
                        ? audit.record(transaction, by, action, marketplace,
                                Change.to(JsonObject.of("problem", id)))
                        : Uni.createFrom().voidItem()));
    }

    private ImportView view(ImportState state) {
        return ImportView.of(sources.get(state.marketplace()), state);
    }

    private void check(String marketplace) {
        if (!sources.containsKey(marketplace)) {
            throw ProblemException.notFound("No orders are imported from a marketplace named " + marketplace + ".");
        }
    }

    private static ProblemException unknown(long id) {
        return ProblemException.notFound("There is no order " + id + " with a problem.");
    }
}
