package io.sluice.stream;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;

/** Finds the transaction for whose end all readers of the event log wait. */
@ApplicationScoped
class LogHolder {
    private final Pool pool;

    LogHolder(Pool pool) {
        this.pool = pool;
    }

    /** The transaction in words; null if there is none any more. */
    Uni<String> find() {
        return pool.query("""
                /* holder of the event log */
                with held as (select (log_horizon() - log_shift())::text::xid8::xid as running)
                select l.pid, a.datname, a.usename, a.application_name, p.gid,
                       extract(epoch from clock_timestamp() - a.xact_start)::bigint as seconds
                from held join pg_locks l on l.locktype = 'transactionid' and l.transactionid = held.running
                              and l.mode = 'ExclusiveLock' and l.granted
                     left join pg_stat_activity a on a.pid = l.pid
                     left join pg_prepared_xacts p on p.transaction = held.running
                """).execute().map(rows -> rows.rowCount() == 0 ? null : inWords(rows.iterator().next()));
    }

    private static String inWords(Row row) {
        if (row.getString("gid") != null) {
            return "the prepared transaction '" + row.getString("gid") + "'";
        }
        Long seconds = row.getLong("seconds"); // Only members of pg_read_all_stats see it.
        return "the transaction of process %d (database %s, user %s, application '%s'%s)".formatted(
                row.getInteger("pid"), row.getString("datname"), row.getString("usename"),
                row.getString("application_name"),
                seconds == null ? "" : ", open for " + seconds + " s");
    }
}
