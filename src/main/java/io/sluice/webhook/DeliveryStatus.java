package io.sluice.webhook;

/** What has become of a message. PENDING ones are sent, or sent again. */
enum DeliveryStatus {
    PENDING, DELIVERED, FAILED
}
