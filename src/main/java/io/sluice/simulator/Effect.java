package io.sluice.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Something that a partner did, once: what its idempotency key stands for, and a line of its journal. */
interface Effect {

    String idempotencyKey();

    String orderId();

    /** The journal's line. */
    ObjectNode toJson();
}
