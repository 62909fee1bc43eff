package io.sluice.dashboard.audit;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.sluice.audit.AuditEntry;
import io.sluice.dashboard.Format;

/** One entry of the audit, as the page shows it. */
record AuditRow(AuditEntry entry) {

    public String when() {
        return Format.seconds(entry.at());
    }

    /** The page of what was changed; null if it has none. */
    public String href() {
        return switch (entry.action().substring(0, entry.action().indexOf('.'))) {
            case "order" -> "orders/" + entry.subject();
            case "batch" -> "batches/" + entry.subject();
            case "partner" -> "partners";
            case "import" -> "imports";
            case "webhook" -> entry.action().equals("webhook.delete") ? null : "webhooks/" + entry.subject();
            default -> null;
        };
    }

    /** What was different before and after, such as {@code status: FAILED → QUEUED}; empty if it is not said. */
    public String difference() {
        if (entry.fields() != null) {
            return String.join(", ", entry.fields());
        }
        Map<String, Object> before = entry.before() == null ? Map.of() : entry.before();
        Map<String, Object> after = entry.after() == null ? Map.of() : entry.after();
        return Stream.concat(before.keySet().stream(), after.keySet().stream())
                .distinct()
                .map(name -> name + ": " + difference(before, after, name))
                .collect(Collectors.joining(", "));
    }

    private static String difference(Map<String, Object> before, Map<String, Object> after, String name) {
        if (!before.containsKey(name)) {
            return shown(after.get(name));
        }
        return shown(before.get(name)) + " → " + shown(after.get(name));
    }

    private static String shown(Object value) {
        return value == null ? "—" : value.toString();
    }
}
