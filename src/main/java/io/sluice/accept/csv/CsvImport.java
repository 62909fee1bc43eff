package io.sluice.accept.csv;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import jakarta.inject.Singleton;

import io.quarkus.vertx.VertxContextSupport;
import io.sluice.accept.Acceptor;
import io.sluice.accept.BulkAcceptor;
import io.sluice.accept.BulkAnswer;
import io.sluice.accept.BulkKey;
import io.sluice.accept.ContentHash;
import io.sluice.accept.OrderReader;
import io.sluice.http.ProblemException;
import io.sluice.order.OrderDraft;
import io.sluice.tracing.Origin;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Imports files of orders, for the API and the dashboard. Nothing of a file is kept but its orders. Importing it again
 * does no harm, because every order of a file has a number.
 */
@Singleton
public class CsvImport {
    /** Each takes about ten times its size in memory. */
    private static final int MOST_AT_A_TIME = 4;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Acceptor acceptor;
    private final BulkAcceptor bulk;
    private final OrderReader reader;
    private final AtomicInteger underway = new AtomicInteger();

    CsvImport(Acceptor acceptor, BulkAcceptor bulk, Clock clock) {
        this.acceptor = acceptor;
        this.bulk = bulk;
        this.reader = new OrderReader(clock);
    }

    /**
     * Reads a file and does something with its orders. Fails with a {@link ProblemException} if the file cannot be read,
     * or if too many are being read.
     */
    public <T> Uni<T> read(byte[] file, CsvOptions options, Function<CsvOrders, Uni<T>> work) {
        if (underway.incrementAndGet() > MOST_AT_A_TIME) {
            underway.decrementAndGet();
            throw ProblemException.overloaded("Too many files are being imported. Try again.", RETRY_AFTER);
        }
        return VertxContextSupport.executeBlocking(() -> CsvOrders.of(file, options, reader))
                .chain(work::apply)
                .onTermination()
                .invoke(underway::decrementAndGet);
    }

    /** What would become of each order. Stores nothing. */
    public Multi<CsvResult> preview(CsvOrders orders) {
        return Multi.createFrom()
                .iterable(orders.chunks())
                .onItem()
                .transformToUniAndConcatenate(chunk -> checked(orders, chunk))
                .onItem()
                .disjoint();
    }

    /**
     * Stores the orders that are new and valid. An order that cannot be stored spoils no other.
     *
     * @param keys      of the request; null if it has none
     * @param origin    the request
     * @param explained what a failure is answered with
     */
    public Multi<CsvResult> store(CsvOrders orders, BulkKey keys, Origin origin,
            Function<Throwable, ProblemException> explained) {
        return Multi.createFrom()
                .iterable(orders.chunks())
                .onItem()
                .transformToUniAndConcatenate(
                        chunk -> checked(orders, chunk).chain(results -> storeNew(results, keys, origin, explained)))
                .onItem()
                .disjoint();
    }

    private Uni<List<CsvResult>> checked(CsvOrders orders, List<CsvOrder> chunk) {
        return VertxContextSupport
                .executeBlocking(() -> chunk.stream().map(orders.reader()::read).toList())
                .chain(this::compared);
    }

    /** Which of these orders are stored already. */
    private Uni<List<CsvResult>> compared(List<CsvOrderReader.Read> chunk) {
        List<OrderDraft> drafts = chunk.stream()
                .map(CsvOrderReader.Read::draft)
                .filter(draft -> draft != null)
                .toList();
        return acceptor.find(drafts).map(found -> {
            Iterator<Acceptor.Found> next = found.iterator();
            return chunk.stream()
                    .map(read -> read.draft() == null ? CsvResult.unreadable(read) : result(read, next.next()))
                    .toList();
        });
    }

    private static CsvResult result(CsvOrderReader.Read read, Acceptor.Found found) {
        if (found == null) {
            return CsvResult.created(read);
        }
        return found.same()
                ? CsvResult.known(read, found.id())
                : CsvResult.refused(read, ProblemException.conflict("Order " + read.draft().externalId()
                        + " was stored before with other content. A file does not change stored orders."));
    }

    private Uni<List<CsvResult>> storeNew(List<CsvResult> chunk, BulkKey keys, Origin origin,
            Function<Throwable, ProblemException> explained) {
        return Uni.join()
                .all(chunk.stream()
                        .map(result -> result.isNew()
                                ? stored(result, keys, origin, explained)
                                : Uni.createFrom().item(result))
                        .toList())
                .andFailFast();
    }

    private Uni<CsvResult> stored(CsvResult result, BulkKey keys, Origin origin,
            Function<Throwable, ProblemException> explained) {
        return bulk.store(result.draft(), keys == null
                ? null
                : keys.ofLine(result.row(), meaning(result.draft())), origin)
                .map(stored -> result.answered(BulkAnswer.of(stored)))
                .onFailure()
                .recoverWithItem(failure -> result.refused(explained.apply(failure)));
    }

    /** What must be the same for the order to be the same. The hash leaves out its number. */
    private static byte[] meaning(OrderDraft draft) {
        String hash = HexFormat.of().formatHex(ContentHash.of(draft));
        return (draft.channel() + '\n' + draft.externalId() + '\n' + hash).getBytes(StandardCharsets.UTF_8);
    }
}
