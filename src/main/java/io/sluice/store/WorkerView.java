package io.sluice.store;

import java.time.Instant;

/**
 * A process that handles orders, as {@code GET /api/workers} shows it.
 *
 * @param name     as in leases and in the history
 * @param role     {@code all} or {@code worker}
 * @param since    when it started
 * @param lastSeen its last sign of life; it gives one every few seconds
 * @param orders   how many orders it has at the moment
 */
public record WorkerView(String name, String role, String version, Instant since, Instant lastSeen, int orders) {}
