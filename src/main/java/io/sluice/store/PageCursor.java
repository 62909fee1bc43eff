package io.sluice.store;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** Where a page of the table ended: the key of its last row. Opaque to clients. */
public record PageCursor(Instant placedAt, UUID id) {

    /** A cursor that continues the table after {@code order}. */
    public static String after(OrderView order) {
        return new PageCursor(order.placedAt(), order.id()).encode();
    }

    /** The text that clients give back. */
    public String encode() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((placedAt + "/" + id).getBytes(StandardCharsets.US_ASCII));
    }

    /** Empty if this is no cursor of ours. */
    public static Optional<PageCursor> decode(String encoded) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.US_ASCII).split("/");
            return parts.length == 2
                    ? Optional.of(new PageCursor(Instant.parse(parts[0]), UUID.fromString(parts[1])))
                    : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException notOurs) {
            return Optional.empty();
        }
    }
}
