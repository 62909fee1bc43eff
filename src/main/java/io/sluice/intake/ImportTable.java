package io.sluice.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.store.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/** Where each import stands, in the database. */
@ApplicationScoped
class ImportTable {
    private final Pool pool;

    ImportTable(Pool pool) {
        this.pool = pool;
    }

    /**
     * The right to fetch once from a marketplace.
     *
     * @param fence    names this claim: once another process has claimed, nothing is written with it
     * @param due      whether a page is due, not only single orders
     * @param problems orders that are kept with their problem, counted up to {@link ImportRules#MAX_PROBLEMS}
     */
    record Claim(String marketplace, long fence, ImportRules.Position position, boolean due, long problems) {}

    Uni<Void> insert(List<String> marketplaces) {
        return pool.preparedQuery("""
                insert into import (marketplace) select * from unnest($1::text[]) on conflict do nothing
                """)
                .execute(Tuple.tuple().addArrayOfString(marketplaces.toArray(String[]::new)))
                .replaceWithVoid();
    }

    /**
     * Claims a marketplace if there is something to fetch and no other process does. A page that is due begins a new
     * import if the last one has ended.
     */
    Uni<Optional<Claim>> claim(String marketplace, Duration lease) {
        return pool.preparedQuery("""
                /* claim import */
                with free as (
                    select marketplace, due_at <= now() as due,
                        due_at <= now() and (started_at is null or finished_at is not null) as begins
                    from import i
                    where marketplace = $1 and (lease_until is null or lease_until < now())
                      and (not_before is null or not_before <= now())
                      and (due_at <= now() or exists (
                              select from import_problem p
                              where p.marketplace = i.marketplace and p.retry_at <= now()))
                    for update skip locked
                )
                update import i
                set fence = fence + 1, lease_until = now() + $2 * interval '1 millisecond',
                    requested = requested and not begins,
                    started_at = case when begins then now() else started_at end,
                    finished_at = case when begins then null else finished_at end,
                    error = case when begins then null else error end,
                    created = case when begins then 0 else created end,
                    known = case when begins then 0 else known end,
                    cancelled = case when begins then 0 else cancelled end,
                    problems = case when begins then 0 else problems end
                from free where i.marketplace = free.marketplace
                returning i.marketplace, fence, cursor, etag, failures, due,
                    (select count(*) from (
                        select from import_problem p where p.marketplace = i.marketplace limit $3) k) as kept
                """)
                .execute(Tuple.of(marketplace, lease.toMillis(), ImportRules.MAX_PROBLEMS))
                .map(rows -> Rows.one(rows, row -> new Claim(row.getString("marketplace"), row.getLong("fence"),
                        new ImportRules.Position(row.getString("cursor"), row.getString("etag"),
                                row.getInteger("failures")),
                        row.getBoolean("due"), row.getLong("kept"))));
    }

    /** Extends a claim. Changes nothing if another process has claimed the marketplace since, or it was let go of. */
    Uni<Void> renew(Claim claim, Duration lease) {
        return pool.preparedQuery("""
                /* renew import */
                update import set lease_until = now() + $3 * interval '1 millisecond'
                where marketplace = $1 and fence = $2 and lease_until is not null
                """)
                .execute(Tuple.of(claim.marketplace(), claim.fence(), lease.toMillis()))
                .replaceWithVoid();
    }

    /** Records a page, and lets go of the marketplace. Changes nothing if another process has claimed it since. */
    Uni<Void> finish(Claim claim, PageCounts counts, ImportRules.Next next) {
        return pool.preparedQuery("""
                /* finish import */
                update import
                set lease_until = null, cursor = $3, etag = $4, failures = $5,
                    due_at = case when requested then now() else now() + $6 * interval '1 millisecond' end,
                    not_before = case when $7 then now() + $6 * interval '1 millisecond' end,
                    finished_at = case when $8 then now() end, error = $9,
                    created = created + $10, known = known + $11, cancelled = cancelled + $12,
                    problems = problems + $13
                where marketplace = $1 and fence = $2
                """)
                .execute(Tuple.tuple()
                        .addString(claim.marketplace())
                        .addLong(claim.fence())
                        .addString(next.position().cursor())
                        .addString(next.position().etag())
                        .addInteger(next.position().failures())
                        .addLong(next.delay().toMillis())
                        .addBoolean(next.asked())
                        .addBoolean(next.ends())
                        .addString(next.error())
                        .addInteger(counts.created())
                        .addInteger(counts.known())
                        .addInteger(counts.cancelled())
                        .addInteger(counts.problems()))
                .replaceWithVoid();
    }

    /**
     * Lets go of a marketplace from which single orders were fetched.
     *
     * @param notBefore the wait that it asked for, or null
     */
    Uni<Void> release(Claim claim, Duration notBefore) {
        return pool.preparedQuery("""
                /* release import */
                update import set lease_until = null, not_before = now() + $3 * interval '1 millisecond'
                where marketplace = $1 and fence = $2
                """)
                .execute(Tuple.of(claim.marketplace(), claim.fence(), notBefore == null ? null : notBefore.toMillis()))
                .replaceWithVoid();
    }

    /** Asks for an import as soon as possible; emits the time of the database, or null if there is no such import. */
    Uni<Instant> request(SqlClient transaction, String marketplace) {
        return transaction.preparedQuery("""
                /* request import */
                update import set requested = true, due_at = now() where marketplace = $1 returning now() as at
                """)
                .execute(Tuple.of(marketplace))
                .map(rows -> Rows.one(rows, row -> Rows.instant(row, "at")).orElse(null));
    }

    /** Where an import stands; null if there is none. */
    Uni<ImportState> state(String marketplace) {
        return states(List.of(marketplace)).map(states -> states.isEmpty() ? null : states.get(0));
    }

    Uni<List<ImportState>> states(List<String> marketplaces) {
        return pool.preparedQuery("""
                /* imports */
                select marketplace, p.state as partner_state, started_at, finished_at, error,
                    created, known, cancelled, problems, greatest(due_at, not_before) as next_at,
                    (select count(*) from import_problem k where k.marketplace = i.marketplace) as kept
                from import i join partner p on p.name = i.marketplace
                where marketplace = any($1) order by array_position($1, marketplace)
                """)
                .execute(Tuple.tuple().addArrayOfString(marketplaces.toArray(String[]::new)))
                .map(rows -> Rows.all(rows, ImportTable::state));
    }

    private static ImportState state(Row row) {
        return new ImportState(row.getString("marketplace"), row.getString("partner_state"),
                Rows.instant(row, "started_at"), Rows.instant(row, "finished_at"), row.getString("error"),
                new PageCounts(row.getInteger("created"), row.getInteger("known"), row.getInteger("cancelled"),
                        row.getInteger("problems")),
                Rows.instant(row, "next_at"), row.getLong("kept"));
    }

    /** The id of an order; null if there is none. */
    Uni<UUID> find(String channel, String externalId) {
        return pool.preparedQuery("select id from orders where channel = $1 and external_id = $2")
                .execute(Tuple.of(channel, externalId))
                .map(rows -> Rows.one(rows, row -> row.getUUID(0)).orElse(null));
    }
}
