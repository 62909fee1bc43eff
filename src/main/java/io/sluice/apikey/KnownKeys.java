package io.sluice.apikey;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.github.bucket4j.Bucket;
import io.quarkus.security.AuthenticationFailedException;
import io.sluice.http.ProblemException;
import io.sluice.store.DatabaseFailures;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/**
 * The keys that this process has seen. A key in use is read again every two seconds, so that its revocation works on every
 * process soon; one that is not in use costs nothing. While the database is down, known keys stay valid.
 */
@Singleton
class KnownKeys {
    private static final Logger LOG = Logger.getLogger(KnownKeys.class);
    static final Duration FRESH = Duration.ofSeconds(2);
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration USES_WRITTEN = Duration.ofSeconds(60);
    private static final int MOST = 10_000;
    /** Keys that are not known, a second. Wrong keys must not keep the database busy. */
    private static final int LOOKUPS = 50;

    private final ApiKeyTable table;
    private final Clock clock;
    private final Vertx vertx;
    private final Cache<String, Known> known = Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(KEPT).build();
    private final Map<String, Uni<Optional<Known>>> reading = new ConcurrentHashMap<>();
    private final Map<String, Instant> uses = new ConcurrentHashMap<>();
    private final Bucket lookups = Bucket.builder()
            .addLimit(limit -> limit.capacity(LOOKUPS).refillGreedy(LOOKUPS, Duration.ofSeconds(1)))
            .build();
    private boolean writing;

    @Inject
    KnownKeys(ApiKeyTable table, Clock clock, Vertx vertx) {
        this.table = table;
        this.clock = clock;
        this.vertx = vertx;
    }

    /** @param readAt when the database was asked */
    private record Known(ApiKeyTable.Stored stored, Instant readAt) {}

    /** The key that this is the text of. Fails with {@link AuthenticationFailedException} if it is none that is valid. */
    Uni<ApiKey> authenticate(String sent) {
        KeyText text = KeyText.parse(sent)
                .orElseThrow(() -> new AuthenticationFailedException(
                        "This is no API key: it is incomplete, or has a wrong character."));
        return read(text.id()).map(found -> {
            // Those of the wrong secret are told the same: ids are no secrets, but need not be confirmed.
            if (found.isEmpty() || !MessageDigest.isEqual(found.get().stored().hash(), text.hash())) {
                throw new AuthenticationFailedException("The API key is not known.");
            }
            ApiKey key = valid(found.get().stored().key());
            use(key);
            return key;
        });
    }

    /** Fails with {@link AuthenticationFailedException} if the key is not valid any more. */
    Uni<Void> check(String id) {
        return read(id).map(found -> {
            valid(found.orElseThrow(() -> new AuthenticationFailedException("The API key is not known."))
                    .stored()
                    .key());
            return null;
        });
    }

    /** A key has changed here: the next request reads it again. */
    void forget(String id) {
        known.invalidate(id);
    }

    private ApiKey valid(ApiKey key) {
        switch (key.state(clock.instant())) {
            case REVOKED -> throw new AuthenticationFailedException(
                    "The API key " + KeyText.PREFIX + key.id() + " was revoked.");
            case EXPIRED -> throw new AuthenticationFailedException(
                    "The API key " + KeyText.PREFIX + key.id() + " has expired.");
            default -> {
                return key;
            }
        }
    }

    private Uni<Optional<Known>> read(String id) {
        Known before = known.getIfPresent(id);
        if (before != null && clock.instant().isBefore(before.readAt().plus(FRESH))) {
            return Uni.createFrom().item(Optional.of(before));
        }
        if (before == null && !reading.containsKey(id) && !lookups.tryConsume(1)) {
            throw ProblemException.overloaded("Too many unknown API keys are being looked up. Try again.",
                    Duration.ofSeconds(1));
        }
        // Those that ask at the same time wait for the same statement.
        return reading.computeIfAbsent(id, one -> table.stored(one)
                .map(found -> found.map(stored -> keep(one, stored)))
                .onFailure(failure -> before != null && DatabaseFailures.unavailable(failure))
                .recoverWithItem(failure -> {
                    DatabaseFailures.log(LOG, failure, "The API key %s could not be read again (%s)", one, failure);
                    return Optional.of(before);
                })
                .onTermination()
                .invoke(() -> reading.remove(one))
                .memoize()
                .indefinitely());
    }

    private Known keep(String id, ApiKeyTable.Stored stored) {
        Known read = new Known(stored, clock.instant());
        known.put(id, read);
        return read;
    }

    private synchronized void use(ApiKey key) {
        uses.put(key.id(), clock.instant());
        if (!writing) {
            writing = true;
            vertx.setTimer(USES_WRITTEN.toMillis(), timer -> writeUses());
        }
    }

    private void writeUses() {
        Map<String, Instant> written;
        synchronized (this) {
            written = new HashMap<>(uses);
            uses.clear();
            writing = false;
        }
        table.used(written).subscribe().with(done -> {
        }, failure -> DatabaseFailures.log(LOG, failure, "The last uses of API keys could not be written (%s)",
                failure));
    }
}
