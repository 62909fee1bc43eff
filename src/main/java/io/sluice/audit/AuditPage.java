package io.sluice.audit;

import java.util.List;

/** @param nextCursor the query parameter {@code cursor} of the next page; null on the last one */
public record AuditPage(List<AuditEntry> items, String nextCursor) {}
