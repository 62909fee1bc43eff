package io.sluice.accept;

import io.sluice.order.OrderDraft;

class OrderReader {
    static OrderDraft read(byte[] d) {
        throw new IllegalStateException();
    }
}
