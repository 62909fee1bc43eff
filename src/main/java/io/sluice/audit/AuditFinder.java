package io.sluice.audit;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.store.Rows;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/** Reads the audit, newest first. */
@ApplicationScoped
public class AuditFinder {
    private static final int EXPORTED_AT_A_TIME = 1000;

    private final Pool pool;

    AuditFinder(Pool pool) {
        this.pool = pool;
    }

    /** @param after where the page before ended; null for the first */
    public Uni<AuditPage> page(AuditFilter filter, AuditCursor after, int limit) {
        return find(filter, after, limit + 1).map(found -> found.size() <= limit
                ? new AuditPage(found, null)
                : new AuditPage(found.subList(0, limit), found.get(limit - 1).cursor().encode()));
    }

    /** All entries, some at a time: the next ones are read when those before have been taken. */
    Multi<List<AuditEntry>> all(AuditFilter filter) {
        return Multi.createBy()
                .repeating()
                .uni(AtomicReference<AuditCursor>::new, last -> find(filter, last.get(), EXPORTED_AT_A_TIME)
                        .invoke(found -> {
                            if (!found.isEmpty()) {
                                last.set(found.get(found.size() - 1).cursor());
                            }
                        }))
                .whilst(found -> found.size() == EXPORTED_AT_A_TIME);
    }

    /** Only the conditions that matter are in the statement, so that each filter is served by its index. */
    private Uni<List<AuditEntry>> find(AuditFilter filter, AuditCursor after, int limit) {
        StringBuilder conditions = new StringBuilder();
        List<Object> values = new ArrayList<>(List.of(limit));
        and(conditions, values, "actor = $%d", filter.actor());
        and(conditions, values, "action = $%d", filter.action() == null ? null : filter.action().id());
        and(conditions, values, "subject = $%d", filter.subject());
        and(conditions, values, "at >= $%d", time(filter.from()));
        and(conditions, values, "at < $%d", time(filter.to()));
        if (after != null) {
            and(conditions, values, "(at, id) < ($%d, $%d)", time(after.at()), after.id());
        }
        return pool.preparedQuery("""
                /* find audit */
                select id, at, actor, actor_kind, actor_id, address, request_id, action, subject, fields, before, after
                from audit where true%s
                order by at desc, id desc limit $1
                """.formatted(conditions)).execute(Tuple.from(values)).map(rows -> Rows.all(rows, AuditEntry::of));
    }

    private static void and(StringBuilder conditions, List<Object> values, String condition, Object... of) {
        if (of[0] == null) {
            return;
        }
        Integer[] places = new Integer[of.length];
        for (int i = 0; i < of.length; i++) {
            values.add(of[i]);
            places[i] = values.size();
        }
        conditions.append(" and ").append(condition.formatted((Object[]) places));
    }

    private static OffsetDateTime time(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
