package io.sluice.accept;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import io.sluice.order.OrderDraft;
import io.sluice.store.OrderContent;

/**
 * Distinguishes the same order sent again from another order with the same external id. The layout of the JSON does not
 * matter. Channel and external id are not part of the hash: both orders have the same. Hashes are stored, so this
 * algorithm must not change.
 */
public final class ContentHash {

    private ContentHash() {}

    /** SHA-256, 32 bytes. */
    public static byte[] of(OrderDraft order) {
        return of(order, OrderContent.of(order).toJson());
    }

    /** Like {@link #of(OrderDraft)}, for a caller that already has the content. */
    public static byte[] of(OrderDraft order, String contentJson) {
        // Unambiguous: of the parts, only the name in the middle could contain a line break.
        String canonical = order.handling().wireName()
                + '\n' + (order.placedAt() == null ? "" : order.placedAt())
                + '\n' + order.currency().getCurrencyCode()
                + '\n' + order.customer().name()
                + '\n' + contentJson;
        return sha256(canonical.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
