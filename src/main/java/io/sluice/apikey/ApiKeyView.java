package io.sluice.apikey;

import java.time.Instant;
import java.util.List;

import io.sluice.access.Permission;
import io.sluice.idempotency.NotAllKept;

/**
 * A key as JSON shows it.
 *
 * @param key the whole text; only in the answer to the request that made it
 */
public record ApiKeyView(String id, String key, String name, List<String> permissions, List<String> channels,
        ApiKey.State state, Instant createdAt, String createdBy, Instant expiresAt, Instant revokedAt, String revokedBy,
        Instant lastUsedAt) implements NotAllKept {

    static ApiKeyView of(ApiKey key, Instant now) {
        return new ApiKeyView(key.id(), null, key.name(),
                key.permissions().stream().sorted().map(Permission::id).toList(),
                key.channels().stream().sorted().toList(), key.state(now), key.createdAt(), key.createdBy(),
                key.expiresAt(), key.revokedAt(), key.revokedBy(), key.lastUsedAt());
    }

    ApiKeyView with(KeyText text) {
        return new ApiKeyView(id, text.text(), name, permissions, channels, state, createdAt, createdBy, expiresAt,
                revokedAt, revokedBy, lastUsedAt);
    }

    @Override
    public ApiKeyView kept() {
        return new ApiKeyView(id, null, name, permissions, channels, state, createdAt, createdBy, expiresAt, revokedAt,
                revokedBy, lastUsedAt);
    }
}
