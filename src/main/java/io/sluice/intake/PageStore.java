package io.sluice.intake;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.sluice.accept.Acceptor;
import io.sluice.audit.Requester;
import io.sluice.http.IfMatch;
import io.sluice.http.ProblemException;
import io.sluice.json.InputError;
import io.sluice.operator.OrderControl;
import io.sluice.operator.OrderControl.Cancelled;
import io.sluice.order.IllegalTransitionException;
import io.sluice.partner.Fetched;
import io.sluice.partner.ImportSource;
import io.sluice.store.DatabaseFailures;
import io.sluice.tracing.Origin;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Stores the orders of a page, and honours its cancellations. All of it may be repeated: orders are recognised by
 * channel and external id.
 */
@ApplicationScoped
class PageStore {
    private static final Logger LOG = Logger.getLogger(PageStore.class);
    private static final int ORDERS_AT_A_TIME = 100;
    private static final int CONFLICT = 409;
    private static final String CHANGED = "The marketplace has changed this order since it was imported. Compare the "
            + "two, correct the order here if need be, and dismiss this.";
    private static final String TOO_LATE = "The marketplace has cancelled this order, but it had been handled already. "
            + "Stop the parcel or settle it with the customer, and dismiss this.";

    private final Acceptor acceptor;
    private final OrderControl control;
    private final ImportTable imports;
    private final ProblemTable problems;
    private final PendingOrderReader reader;

    PageStore(Acceptor acceptor, OrderControl control, ImportTable imports, ProblemTable problems, Clock clock) {
        this.acceptor = acceptor;
        this.control = control;
        this.imports = imports;
        this.problems = problems;
        this.reader = new PendingOrderReader(clock);
    }

    private enum Outcome {
        CREATED, KNOWN, CANCELLED, NOTHING, PROBLEM
    }

    /** What became of one entry. The order has the problem, if it is one. */
    private record Stored(PendingOrder order, Outcome outcome) {}

    /** Completes when everything is stored. Fails if the database fails or too many orders are waiting. */
    Uni<PageCounts> store(ImportSource source, List<Fetched.Entry> entries) {
        List<PendingOrder> read = entries.stream().map(entry -> reader.read(source, entry)).toList();
        List<Stored> all = new ArrayList<>();
        read.stream()
                .filter(order -> !order.isOrder() && !order.isCancellation())
                .forEach(bad -> all.add(new Stored(bad, Outcome.PROBLEM)));
        return accept(read).invoke(all::addAll)
                .chain(() -> cancel(source, read))
                .invoke(all::addAll)
                .chain(() -> problems.update(source.name(), orders(all, false), orders(all, true)))
                .map(kept -> new PageCounts(count(all, Outcome.CREATED), count(all, Outcome.KNOWN),
                        count(all, Outcome.CANCELLED), count(all, Outcome.PROBLEM)));
    }

    private Uni<List<Stored>> accept(List<PendingOrder> read) {
        return Multi.createFrom()
                .iterable(read.stream().filter(PendingOrder::isOrder).toList())
                .onItem()
                .transformToUni(this::accept)
                .merge(ORDERS_AT_A_TIME)
                .collect()
                .asList();
    }

    private Uni<Stored> accept(PendingOrder order) {
        return acceptor.accept(order.draft(), Origin.NONE)
                .map(accepted -> new Stored(order, accepted.created() ? Outcome.CREATED : Outcome.KNOWN))
                .onFailure(failure -> failure instanceof ProblemException problem
                        && problem.problem().status() == CONFLICT)
                .recoverWithItem(() -> problem(order, CHANGED))
                .onFailure(failure -> !(failure instanceof ProblemException) && !DatabaseFailures.unavailable(failure))
                .recoverWithItem(failure -> notStored(order, failure));
    }

    /** The order itself is to blame; the others must not wait for it. */
    private static Stored notStored(PendingOrder order, Throwable failure) {
        LOG.errorf(failure, "The fetched order %s cannot be stored", order.externalId());
        return problem(order, "The order could not be stored; the worker's log says why.");
    }

    /** One after the other, when all orders are stored: a marketplace may list both an order and its end. */
    private Uni<List<Stored>> cancel(ImportSource source, List<PendingOrder> read) {
        return Multi.createFrom()
                .iterable(read.stream().filter(PendingOrder::isCancellation).toList())
                .onItem()
                .transformToUniAndConcatenate(order -> cancel(source, order))
                .collect()
                .asList();
    }

    private Uni<Stored> cancel(ImportSource source, PendingOrder order) {
        return imports.find(order.channel(), order.externalId())
                .chain(id -> id == null
                        ? Uni.createFrom().item(new Stored(order, Outcome.NOTHING))
                        : control.cancel(id, IfMatch.ABSENT, Requester.service(source.marketplace().inWords()))
                                .map(cancelled -> new Stored(order, cancelled == Cancelled.BEFORE
                                        ? Outcome.NOTHING
                                        : Outcome.CANCELLED)))
                .onFailure(IllegalTransitionException.class)
                .recoverWithItem(() -> problem(order, TOO_LATE));
    }

    private static Stored problem(PendingOrder order, String detail) {
        return new Stored(order.with(List.of(InputError.at("", detail))), Outcome.PROBLEM);
    }

    private static List<PendingOrder> orders(List<Stored> all, boolean withProblem) {
        return all.stream()
                .filter(one -> (one.outcome() == Outcome.PROBLEM) == withProblem)
                .map(Stored::order)
                .toList();
    }

    private static int count(List<Stored> all, Outcome outcome) {
        return (int) all.stream().filter(one -> one.outcome() == outcome).count();
    }
}
