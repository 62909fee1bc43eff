package io.sluice.apikey;

import java.time.Instant;
import java.util.Set;

import io.sluice.access.Caller;
import io.sluice.access.Permission;

/**
 * An API key, without its secret.
 *
 * @param channels   the only channels whose orders it reaches; empty: all
 * @param expiresAt  null: never
 * @param revokedAt  null: it is not
 * @param lastUsedAt to the minute; null: never
 */
public record ApiKey(String id, String name, Set<Permission> permissions, Set<String> channels, Instant createdAt,
        String createdBy, Instant expiresAt, Instant revokedAt, String revokedBy, Instant lastUsedAt) {

    /** What has become of a key. */
    public enum State {
        ACTIVE, EXPIRED, REVOKED
    }

    /** What the key is at a moment. */
    public State state(Instant now) {
        if (revokedAt != null) {
            return State.REVOKED;
        }
        return expiresAt != null && !now.isBefore(expiresAt) ? State.EXPIRED : State.ACTIVE;
    }

    Caller caller() {
        return new Caller(Caller.Kind.KEY, id, "key " + name, permissions, channels);
    }
}
