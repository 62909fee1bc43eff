package io.sluice.accept;

import io.sluice.order.OrderDraft;

class ContentHash {
    static byte[] of(OrderDraft d) {
        return d.toString().getBytes();
    }
}
