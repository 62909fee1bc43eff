package io.sluice.batch;

import java.util.UUID;

/** An order that is being put into a batch. */
record BatchEntry(UUID orderId, int position, int rank, int lanesPassed, String printer) {}
