package io.sluice.dashboard;

import java.util.List;

/**
 * The batches at the top of the table, newest first.
 *
 * @param more how many others there are
 */
record BatchStrip(List<BatchProgress> shown, int more) {}
