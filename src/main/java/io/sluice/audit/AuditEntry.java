package io.sluice.audit;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.sluice.store.Rows;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;

/**
 * One change, as the API shows it. See {@link Requester} and {@link Change} for what its parts mean.
 *
 * @param requestId {@code X-Request-Id} of the request, or null
 */
public record AuditEntry(long id, Instant at, String actor, String actorKind, String actorId, String address,
        String requestId, String action, String subject, List<String> fields, Map<String, Object> before,
        Map<String, Object> after) {

    static AuditEntry of(Row row) {
        String[] fields = row.getArrayOfStrings("fields");
        return new AuditEntry(row.getLong("id"), Rows.instant(row, "at"), row.getString("actor"),
                row.getString("actor_kind"), row.getString("actor_id"), row.getString("address"),
                row.getString("request_id"), row.getString("action"), row.getString("subject"),
                fields == null ? null : List.of(fields), map(row.getJsonObject("before")),
                map(row.getJsonObject("after")));
    }

    private static Map<String, Object> map(JsonObject values) {
        return values == null ? null : values.getMap();
    }

    AuditCursor cursor() {
        return new AuditCursor(at, id);
    }
}
