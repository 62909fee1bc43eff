package io.sluice.apikey;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.access.Permission;
import io.sluice.audit.AuditAction;
import io.sluice.audit.AuditLog;
import io.sluice.audit.Change;
import io.sluice.audit.Requester;
import io.sluice.store.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;

/** The statements about API keys. */
@ApplicationScoped
class ApiKeyTable {
    /** More than anybody looks through. */
    static final int MAX_KEYS = 1000;

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String COLUMNS = "id, name, permissions, channels, created_at, created_by, expires_at, revoked_at,"
            + " revoked_by, last_used_at";

    private final Pool pool;
    private final AuditLog audit;

    ApiKeyTable(Pool pool, AuditLog audit) {
        this.pool = pool;
        this.audit = audit;
    }

    /** What a new key is told. */
    record Settings(String name, Set<Permission> permissions, Set<String> channels, Instant expiresAt) {}

    /** A key with the hash of its text. */
    record Stored(ApiKey key, byte[] hash) {}

    /** There is another key of this name that is not revoked. */
    static final class NameTakenException extends RuntimeException {
        NameTakenException() {
            super(null, null, false, false);
        }
    }

    /** Fails with {@link NameTakenException}; emits empty if there are too many. */
    Uni<Optional<ApiKey>> create(KeyText text, Settings settings, Requester by) {
        return pool.withTransaction(transaction -> transaction.preparedQuery("""
                /* create key */
                insert into api_key (id, hash, name, permissions, channels, created_by, expires_at)
                select $1, $2, $3, $4, $5, $6, $7
                where (select count(*) from api_key where revoked_at is null) < $8
                returning %s
                """.formatted(COLUMNS))
                .execute(Tuple.from(Arrays.asList(text.id(), Buffer.buffer(text.hash()), settings.name(),
                        settings.permissions().stream().sorted().map(Permission::id).toArray(String[]::new),
                        settings.channels().stream().sorted().toArray(String[]::new), by.name(),
                        settings.expiresAt() == null ? null : settings.expiresAt().atOffset(ZoneOffset.UTC),
                        (long) MAX_KEYS)))
                .map(rows -> Rows.one(rows, ApiKeyTable::key))
                .call(made -> made.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : audit.record(transaction, by, AuditAction.KEY_CREATE, text.id(),
                                Change.to(scope(made.get())))))
                .onFailure(failure -> failure instanceof PgException pg && UNIQUE_VIOLATION.equals(pg.getSqlState()))
                .transform(taken -> new NameTakenException());
    }

    /** Newest first. */
    Uni<List<ApiKey>> all() {
        return pool.preparedQuery("select %s from api_key order by revoked_at is not null, created_at desc, id limit $1"
                .formatted(COLUMNS))
                .execute(Tuple.of(MAX_KEYS))
                .map(rows -> Rows.all(rows, ApiKeyTable::key));
    }

    Uni<Optional<ApiKey>> find(String id) {
        return stored(id).map(found -> found.map(Stored::key));
    }

    Uni<Optional<Stored>> stored(String id) {
        return pool.preparedQuery("select hash, %s from api_key where id = $1".formatted(COLUMNS))
                .execute(Tuple.of(id))
                .map(rows -> Rows.one(rows, row -> new Stored(key(row), row.getBuffer("hash").getBytes())));
    }

    /** A key that is revoked already stays as it is. */
    Uni<Optional<ApiKey>> revoke(String id, Requester by) {
        return pool.withTransaction(transaction -> transaction.preparedQuery("""
                /* revoke key */
                update api_key set revoked_at = now(), revoked_by = $2 where id = $1 and revoked_at is null
                """)
                .execute(Tuple.of(id, by.name()))
                .call(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().voidItem()
                        : audit.record(transaction, by, AuditAction.KEY_REVOKE, id, Change.UNSAID)))
                .chain(() -> find(id));
    }

    /** What a key is made for, as the audit keeps it. */
    private static JsonObject scope(ApiKey key) {
        return JsonObject.of("name", key.name(), "permissions",
                new JsonArray(key.permissions().stream().sorted().map(Permission::id).toList()), "channels",
                new JsonArray(key.channels().stream().sorted().toList()), "expiresAt",
                key.expiresAt() == null ? null : key.expiresAt().toString());
    }

    /** @param uses the time of the last use by id */
    Uni<Void> used(Map<String, Instant> uses) {
        String[] ids = uses.keySet().toArray(String[]::new);
        return pool.preparedQuery("""
                update api_key k set last_used_at = greatest(k.last_used_at, u.at)
                from unnest($1::text[], $2::timestamptz[]) u (id, at) where k.id = u.id
                """)
                .execute(Tuple.of(ids,
                        Arrays.stream(ids)
                                .map(id -> uses.get(id).atOffset(ZoneOffset.UTC))
                                .toArray(
                                        java.time.OffsetDateTime[]::new)))
                .replaceWithVoid();
    }

    private static ApiKey key(Row row) {
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        // A name that this release does not know grants nothing.
        Arrays.stream(row.getArrayOfStrings("permissions"))
                .forEach(id -> Permission.of(id).ifPresent(permissions::add));
        return new ApiKey(row.getString("id"), row.getString("name"), permissions,
                Set.of(row.getArrayOfStrings("channels")), Rows.instant(row, "created_at"), row.getString("created_by"),
                Rows.instant(row, "expires_at"), Rows.instant(row, "revoked_at"), row.getString("revoked_by"),
                Rows.instant(row, "last_used_at"));
    }
}
