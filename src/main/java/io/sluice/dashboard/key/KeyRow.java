package io.sluice.dashboard.key;

import java.time.Instant;
import java.util.Locale;

import io.sluice.apikey.ApiKey;
import io.sluice.apikey.ApiKeyView;
import io.sluice.dashboard.Format;

/** A key in the list. */
record KeyRow(ApiKeyView key) {

    public String id() {
        return key.id();
    }

    public String name() {
        return key.name();
    }

    /** What it may do. */
    public String scope() {
        String permissions = String.join(", ", key.permissions());
        return key.channels().isEmpty() ? permissions : permissions + "; only " + String.join(", ", key.channels());
    }

    public boolean active() {
        return key.state() == ApiKey.State.ACTIVE;
    }

    public String label() {
        String name = key.state().name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    /** The id of the icon in {@code icons.svg}. */
    public String icon() {
        return switch (key.state()) {
            case ACTIVE -> "handled";
            case EXPIRED -> "delayed";
            case REVOKED -> "cancelled";
        };
    }

    /** The class of its badge's colour. */
    public String tone() {
        return switch (key.state()) {
            case ACTIVE -> "HANDLED";
            case EXPIRED -> "DELAYED";
            case REVOKED -> "CANCELLED";
        };
    }

    public Instant createdAt() {
        return key.createdAt();
    }

    public String created() {
        return Format.minutes(key.createdAt());
    }

    public String createdBy() {
        return key.createdBy();
    }

    public Instant expiresAt() {
        return key.expiresAt();
    }

    public String expires() {
        return Format.minutes(key.expiresAt());
    }

    public Instant usedAt() {
        return key.lastUsedAt();
    }

    public String used() {
        return Format.minutes(key.lastUsedAt());
    }
}
