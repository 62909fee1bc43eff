package io.sluice.batch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.awaitility.Awaitility;

import io.agroal.api.AgroalDataSource;

/** Puts many orders into the tables at once, looks at what became of them there, and takes them out again. */
@ApplicationScoped
public class TestBatches {
    private final AgroalDataSource database;
    private final BatchEnd end;

    TestBatches(AgroalDataSource database, BatchEnd end) {
        this.database = database;
        this.end = end;
    }

    /** Copies an order so many times, as RECEIVED ones of a channel; each was placed a second before the next. */
    void copy(String template, String channel, int count) {
        update("""
                with fresh as (
                    insert into orders
                    select gen_random_uuid(), ?, 'COPY-' || g, 'manual', now() - g * interval '1 second', now(),
                        customer_name,
                           country, currency, total, item_count, content, content_hash
                    from orders cross join generate_series(1, ?) g where id = ?
                    returning id, channel, placed_at, country
                ), text as (
                    insert into search_queue select id, placed_at, channel, country, t.text
                    from fresh, (select text from search_queue where order_id = ?
                                 union all select text from order_search where order_id = ?) t
                )
                insert into order_state (order_id, channel, placed_at, status, step, updated_at)
                select id, channel, placed_at, 'RECEIVED', 'print-packing-slip', now() from fresh
                """,
                channel, count, UUID.fromString(template), UUID.fromString(template), UUID.fromString(template));
        update("analyze orders, order_state");
    }

    /** The orders of a channel in the sequence of the table. */
    List<String> table(String channel) {
        return strings("select id from orders where channel = ? order by placed_at desc, id desc", channel);
    }

    /** The orders of a batch in the sequence of their positions, which have no gaps. */
    List<String> positions(String batch) {
        List<String> ids = strings("select order_id from batch_item where batch_id = ? order by position",
                UUID.fromString(batch));
        if (number("select coalesce(max(position), 0) from batch_item where batch_id = ?",
                UUID.fromString(batch)) != ids.size()) {
            throw new AssertionError("There are gaps between the positions of batch " + batch);
        }
        return ids;
    }

    /** Removes the orders of a channel and every batch they are in, sending back what has not begun. */
    void remove(String channel) {
        List<String> batches = strings("select distinct batch_id from batch_item join orders on id = order_id"
                + " where channel = ?", channel);
        for (String batch : batches) {
            UUID id = UUID.fromString(batch);
            update("update batch set status = 'ABORTED', ends_as = 'ABORTED' where id = ? and status = 'RUNNING'", id);
            end.sendBack(id).await().indefinitely();
            update("update lane set batch_id = null where batch_id = ?", id);
            update("delete from batch_item where batch_id = ?", id);
            update("delete from batch_lane where batch_id = ?", id);
            update("delete from batch where id = ?", id);
        }
        update("delete from order_state where order_id in (select id from orders where channel = ?)", channel);
        update("delete from orders where channel = ?", channel);
    }

    void update(String sql, Object... parameters) {
        run(sql, parameters, PreparedStatement::execute);
    }

    long number(String sql, Object... parameters) {
        return Long.parseLong(strings(sql, parameters).get(0));
    }

    List<String> strings(String sql, Object... parameters) {
        List<String> values = new ArrayList<>();
        run(sql, parameters, statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
        });
        return values;
    }

    /** Carries out a statement whose locks are held until the end. */
    Held hold(String sql, Object... parameters) {
        try {
            Connection connection = database.getConnection();
            connection.setAutoCommit(false);
            run(connection, sql, parameters, PreparedStatement::execute);
            return () -> letGo(connection);
        } catch (SQLException broken) {
            throw new IllegalStateException(sql, broken);
        }
    }

    private static void letGo(Connection holder) {
        try (holder) {
            holder.commit();
            holder.setAutoCommit(true);
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private void run(String sql, Object[] parameters, Action action) {
        try (Connection connection = database.getConnection()) {
            run(connection, sql, parameters, action);
        } catch (SQLException broken) {
            throw new IllegalStateException(sql, broken);
        }
    }

    private static void run(Connection connection, String sql, Object[] parameters, Action action)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            action.on(statement);
        }
    }

    /** Completes when a statement of this name waits for a lock. */
    void awaitWaiting(String words) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> number("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                        + " and query like ?", "%" + words + "%") > 0);
    }

    /** Locks that are held until this is closed. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    private interface Action {
        void on(PreparedStatement statement) throws SQLException;
    }
}
