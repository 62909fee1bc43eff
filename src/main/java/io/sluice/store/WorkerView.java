package io.sluice.store;

import java.time.Instant;
import java.util.List;

/**
 * A process that handles orders, as {@code GET /api/workers} shows it.
 *
 * @param name     as in leases and in the history
 * @param role     {@code all} or {@code worker}
 * @param since    when it started
 * @param lastSeen its last sign of life; it gives one every few seconds
 * @param alive     whether it gave one within the last ten seconds
 * @param receiving whether the broker could send messages to it then
 * @param orders    how many orders it has at the moment
 * @param lanes     the lanes that it holds
 */
public record WorkerView(String name, String role, String version, Instant since, Instant lastSeen, boolean alive,
        boolean receiving, int orders, List<String> lanes) {}
