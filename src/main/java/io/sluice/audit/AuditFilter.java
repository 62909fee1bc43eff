package io.sluice.audit;

import java.time.Instant;

/**
 * Which entries are wanted; null for what does not matter.
 *
 * @param from entries of this time or later
 * @param to   entries before this time
 */
public record AuditFilter(String actor, AuditAction action, String subject, Instant from, Instant to) {}
