package io.sluice.dashboard.audit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

import io.sluice.audit.AuditAction;
import io.sluice.audit.AuditFilter;

/** The filter of the page, as its form and its links need it. */
record AuditAddress(AuditFilter filter) {

    /** One choice of the form. */
    public record Choice(String id, boolean chosen) {}

    public List<Choice> actions() {
        return Arrays.stream(AuditAction.values())
                .map(action -> new Choice(action.id(), action == filter.action()))
                .toList();
    }

    public String actor() {
        return text(filter.actor());
    }

    public String subject() {
        return text(filter.subject());
    }

    /** As a field for a date and time wants it. */
    public String from() {
        return local(filter.from());
    }

    public String to() {
        return local(filter.to());
    }

    /** A file of these entries. */
    public String csvHref() {
        return "api/audit.csv" + query(null);
    }

    String olderHref(String cursor) {
        return "audit" + query(cursor);
    }

    private String query(String cursor) {
        StringBuilder query = new StringBuilder();
        add(query, "actor", filter.actor());
        add(query, "action", filter.action() == null ? null : filter.action().id());
        add(query, "subject", filter.subject());
        add(query, "from", filter.from());
        add(query, "to", filter.to());
        add(query, "cursor", cursor);
        return query.toString();
    }

    private static void add(StringBuilder query, String name, Object value) {
        if (value != null) {
            query.append(query.isEmpty() ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
        }
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    private static String local(Instant at) {
        return at == null ? "" : LocalDateTime.ofInstant(at, ZoneOffset.UTC).toString();
    }
}
