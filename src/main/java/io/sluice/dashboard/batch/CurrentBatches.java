package io.sluice.dashboard.batch;

import java.util.List;

/**
 * The batches shown above the table, newest first.
 *
 * @param more the number of further batches
 */
public record CurrentBatches(List<BatchProgress> shown, int more) {}
