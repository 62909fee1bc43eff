package io.sluice.audit;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/** Records changes, each in the transaction that makes it: there is neither a change without an entry nor the reverse. */
@ApplicationScoped
public class AuditLog {

    /** @param subject the id of what was changed, or the name of a partner or marketplace */
    public Uni<Void> record(SqlClient transaction, Requester by, AuditAction action, Object subject, Change change) {
        return record(transaction, by, action, List.of(subject), change);
    }

    /** Records the same change of each of these subjects. */
    public Uni<Void> record(SqlClient transaction, Requester by, AuditAction action, Collection<?> subjects,
            Change change) {
        return transaction.preparedQuery("""
                /* audit */
                insert into audit (actor, actor_kind, actor_id, address, request_id, action, subject,
                                   fields, before, after)
                select $1, $2, nullif($3, ''), $4, $5, $6, subject, $8, $9, $10 from unnest($7::text[]) subject
                """)
                .execute(Tuple.from(Arrays.asList(by.name(), by.kind().name().toLowerCase(Locale.ROOT), by.id(),
                        by.address(), by.origin().requestId(), action.id(),
                        subjects.stream().map(Object::toString).toArray(String[]::new),
                        change.fields() == null ? null : change.fields().toArray(String[]::new), change.before(),
                        change.after())))
                .replaceWithVoid();
    }
}
