package io.sluice.intake;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.runtime.StartupEvent;
import io.sluice.http.ProblemException;
import io.sluice.intake.ImportTable.Claim;
import io.sluice.intake.ProblemTable.Retry;
import io.sluice.partner.Fetched;
import io.sluice.partner.ImportSource;
import io.sluice.partner.PartnerBoard;
import io.sluice.partner.PartnerDirectory;
import io.sluice.partner.PendingOrders;
import io.sluice.process.Pace;
import io.sluice.process.PeriodicTasks;
import io.sluice.process.Role;
import io.sluice.store.DatabaseFailures;
import io.sluice.store.RepeatedTask;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;

/**
 * Fetches pending orders, page by page. Every worker looks whether a page is due; the one that claims the marketplace
 * fetches it. A marketplace that is down or paused is left alone.
 */
@ApplicationScoped
class Importer {
    private static final Logger LOG = Logger.getLogger(Importer.class);
    /** After the rows of the partners. */
    private static final int AFTER_PARTNERS = 101;
    private static final Pace LOOK = new Pace(1000, 5000);
    /** After the death of a process, the others wait for this. */
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration RENEWAL = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int RETRIES_AT_A_TIME = 5;

    private final PartnerDirectory directory;
    private final PartnerBoard board;
    private final PendingOrders marketplaces;
    private final PageStore store;
    private final ImportTable imports;
    private final ProblemTable problems;
    private final ImportConfig config;
    private final ImportRules rules;
    private final List<RepeatedTask> tasks = new CopyOnWriteArrayList<>();

    Importer(PartnerDirectory directory, PartnerBoard board, PendingOrders marketplaces, PageStore store,
            ImportTable imports, ProblemTable problems, ImportConfig config) {
        this.directory = directory;
        this.board = board;
        this.marketplaces = marketplaces;
        this.store = store;
        this.imports = imports;
        this.problems = problems;
        this.config = config;
        this.rules = new ImportRules(config.interval());
    }

    void start(@Observes @Priority(AFTER_PARTNERS) StartupEvent event, PeriodicTasks periodic, Role role) {
        config.check();
        List<ImportSource> sources = directory.importSources();
        if (sources.isEmpty()) {
            return;
        }
        imports.insert(sources.stream().map(ImportSource::name).toList()).await().atMost(PATIENCE);
        if (role.works()) {
            sources.forEach(source -> start(source, periodic));
        }
    }

    /** Looks at once, if this process fetches orders; others look within some seconds. */
    void look() {
        tasks.forEach(RepeatedTask::now);
    }

    private void start(ImportSource source, PeriodicTasks periodic) {
        tasks.add(periodic.every(LOOK, LOG,
                "Orders of the " + source.marketplace().inWords() + " cannot be fetched",
                () -> run(source).invoke(again -> {
                    if (again) {
                        look();
                    }
                })));
    }

    /** Fetches a page if one is due; emits whether the next one is due at once. */
    private Uni<Boolean> run(ImportSource source) {
        return board.up(source.marketplace())
                ? imports.claim(source.name(), LEASE)
                        .chain(claim -> claim.isEmpty()
                                ? Uni.createFrom().item(false)
                                : renewing(claim.get(), fetch(source, claim.get())))
                : Uni.createFrom().item(false);
    }

    /** Renews the lease as long as the work goes on; that is broken off after half a minute (SupervisedTask). */
    private Uni<Boolean> renewing(Claim claim, Uni<Boolean> work) {
        Cancellable renewal = Multi.createFrom()
                .ticks()
                .startingAfter(RENEWAL)
                .every(RENEWAL)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick -> imports.renew(claim, LEASE).onFailure().recoverWithNull())
                .subscribe()
                .with(renewed -> {
                });
        return work.onTermination().invoke(renewal::cancel);
    }

    private Uni<Boolean> fetch(ImportSource source, Claim claim) {
        return retry(source).chain(asked -> asked != null || !claim.due()
                ? imports.release(claim, asked).replaceWith(asked == null)
                : page(source, claim));
    }

    private Uni<Boolean> page(ImportSource source, Claim claim) {
        if (claim.problems() >= ImportRules.MAX_PROBLEMS) {
            return finish(claim, PageCounts.NONE, rules.failed(claim.position(), ImportRules.MAX_PROBLEMS
                    + " orders with problems are waiting. Settle them; then the import goes on.", null));
        }
        return marketplaces
                .page(source.marketplace(), claim.position().cursor(), claim.position().etag(), config.pageSize())
                .chain(answer -> store(source, answer)
                        .chain(counts -> finish(claim, counts, rules.after(claim.position(), answer)))
                        .onFailure()
                        .recoverWithUni(failure -> finish(claim, PageCounts.NONE, notStored(claim, failure))));
    }

    private Uni<PageCounts> store(ImportSource source, Fetched answer) {
        return answer instanceof Fetched.Page page
                ? store.store(source, page.orders())
                : Uni.createFrom().item(PageCounts.NONE);
    }

    /** The cursor stays; orders of the page that are stored already are recognised the next time. */
    private ImportRules.Next notStored(Claim claim, Throwable failure) {
        DatabaseFailures.log(LOG, failure, "Orders of the marketplace %s cannot be stored (%s). Trying again.",
                claim.marketplace(), failure);
        return rules.failed(claim.position(), failure instanceof ProblemException
                ? failure.getMessage()
                : "The orders could not be stored; the worker's log says why.", null);
    }

    private Uni<Boolean> finish(Claim claim, PageCounts counts, ImportRules.Next next) {
        return imports.finish(claim, counts, next).replaceWith(!next.ends());
    }

    /** Fetches orders with problems again; emits the wait that the marketplace asked for, or null. */
    private Uni<Duration> retry(ImportSource source) {
        return problems.retries(source.name(), RETRIES_AT_A_TIME)
                .chain(retries -> Multi.createFrom()
                        .iterable(retries)
                        .onItem()
                        .transformToUni(retry -> retry(source, retry))
                        .merge()
                        .collect()
                        .in(() -> new Duration[1], (longest, wait) -> longest[0] = wait)
                        .map(longest -> longest[0]));
    }

    private Uni<Duration> retry(ImportSource source, Retry retry) {
        return marketplaces.order(source.marketplace(), retry.channel(), retry.externalId())
                .chain(answer -> settle(source, retry, answer)
                        .replaceWith(answer instanceof Fetched.Failed failed ? failed.retryAfter() : null));
    }

    private Uni<Void> settle(ImportSource source, Retry retry, Fetched answer) {
        if (answer instanceof Fetched.Page page) {
            return isAsked(retry, page.orders().get(0).order())
                    ? store.store(source, page.orders()).chain(() -> problems.done(retry))
                    : problems.found(retry, "The marketplace answered with another order.");
        }
        if (answer instanceof Fetched.Failed failed) {
            return failed.retryAfter() == null
                    ? problems.found(retry, "It could not be fetched again: " + failed.detail())
                    : problems.postpone(retry, failed.retryAfter());
        }
        return problems.found(retry, "The marketplace has no such pending order any more.");
    }

    private static boolean isAsked(Retry retry, JsonNode order) {
        return order.path("externalId").asText("").strip().equals(retry.externalId());
    }
}
