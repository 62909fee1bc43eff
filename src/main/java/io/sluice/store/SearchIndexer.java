package io.sluice.store;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Moves the texts of new orders from the queue to the index of the search, some thousand at a time and no more than that
 * in a few seconds, so that accepting does not notice it. Any process may; one at a time does.
 */
@ApplicationScoped
public class SearchIndexer {
    /** Fewer are left in the queue: searches read it as a whole. */
    private static final int AT_LEAST = 4096;
    /** Orders in a transaction. Long ones would hold back every reader of the event log. */
    private static final int STEP = 256;
    /** Orders in a segment. More make searches for common words slower, fewer those for rare ones. */
    private static final int SEGMENT = 131_072;

    private static final String MOVE = """
            /* index orders */
            with segment as (
                select no, orders from search_segment order by no desc limit 1 for update skip locked
            ), taken as (
                delete from search_queue
                where ctid = any(array(select ctid from search_queue limit $1)) and exists (select from segment)
                returning order_id, placed_at, channel, country, text
            ), moved as (
                insert into order_search (order_id, placed_at, channel, country, segment, text)
                select t.order_id, t.placed_at, t.channel, t.country, segment.no, t.text from taken t, segment
            ), following as (
                insert into search_segment (no)
                select no + 1 from segment where orders + (select count(*) from taken) >= $2 on conflict do nothing
            )
            update search_segment s
            set orders = s.orders + t.orders, first_placed = least(s.first_placed, t.first_placed),
                last_placed = greatest(s.last_placed, t.last_placed)
            from segment, (select count(*) as orders, min(placed_at) as first_placed, max(placed_at) as last_placed
                           from taken) t
            where s.no = segment.no
            returning t.orders
            """;

    private final Pool pool;

    SearchIndexer(Pool pool) {
        this.pool = pool;
    }

    /** Indexes all orders that wait, unless they are few. */
    public Uni<Void> index() {
        return index(AT_LEAST, STEP, SEGMENT);
    }

    /**
     * Indexes {@code atLeast} orders. Does nothing while fewer are waiting.
     *
     * @param step    orders in a transaction
     * @param segment orders in a segment
     */
    Uni<Void> index(int atLeast, int step, int segment) {
        return pool.preparedQuery("select count(*) from (select from search_queue limit $1) waiting")
                .execute(Tuple.of(atLeast))
                .chain(rows -> rows.iterator().next().getLong(0) < atLeast
                        ? Uni.createFrom().voidItem()
                        : move(atLeast, step, segment)
                                .chain(() -> pool.query("select gin_clean_pending_list('order_search_parts')")
                                        .execute())
                                .replaceWithVoid());
    }

    private Uni<Void> move(int orders, int step, int segment) {
        return pool.preparedQuery(MOVE).execute(Tuple.of(Math.min(orders, step), segment)).chain(rows -> {
            RowIterator<Row> moved = rows.iterator();
            int count = moved.hasNext() ? moved.next().getInteger(0) : 0; // Without a row, another process is indexing.
            return count == 0 || count >= orders ? Uni.createFrom().voidItem() : move(orders - count, step, segment);
        });
    }
}
