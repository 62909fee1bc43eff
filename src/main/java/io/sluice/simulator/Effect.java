package io.sluice.simulator;

import java.time.Instant;
import java.util.Comparator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Something that a partner did, once: what its idempotency key stands for, and a line of its journal. */
interface Effect {
    Comparator<Effect> BY_TIME = Comparator.comparing(Effect::at);

    String idempotencyKey();

    String orderId();

    Instant at();

    /** The journal's line. */
    ObjectNode toJson();
}
