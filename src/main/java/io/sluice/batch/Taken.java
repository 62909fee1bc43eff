package io.sluice.batch;

import java.util.UUID;

/** An order that is being put into a batch. */
record Taken(UUID orderId, int position, int rank, int gatesPassed) {}
