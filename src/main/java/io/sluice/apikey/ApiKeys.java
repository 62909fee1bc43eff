package io.sluice.apikey;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.audit.Requester;
import io.sluice.http.ProblemException;
import io.smallrye.mutiny.Uni;

/** Makes and revokes keys, for the API and the dashboard. */
@ApplicationScoped
public class ApiKeys {
    private final ApiKeyTable table;
    private final KnownKeys known;
    private final Clock clock;

    ApiKeys(ApiKeyTable table, KnownKeys known, Clock clock) {
        this.table = table;
        this.known = known;
        this.clock = clock;
    }

    /**
     * Makes a key. The answer has its text, which is stored nowhere.
     *
     * @throws ProblemException 422; the result fails with 409 if there is a key of this name, or too many
     */
    public Uni<ApiKeyView> create(byte[] body, Requester by) {
        ApiKeyTable.Settings settings = ApiKeyReader.created(body, clock);
        KeyText text = KeyText.random();
        return table.create(text, settings, by)
                .onFailure(ApiKeyTable.NameTakenException.class)
                .transform(taken -> ProblemException.conflict("There is a key with the name \"" + settings.name()
                        + "\". Use another name, or revoke that key first."))
                .map(key -> ApiKeyView.of(key.orElseThrow(() -> ProblemException.conflict("There are "
                        + ApiKeyTable.MAX_KEYS + " keys, and no more are possible. Revoke one first.")),
                        clock.instant())
                        .with(text));
    }

    public Uni<List<ApiKeyView>> all() {
        return table.all().map(keys -> keys.stream().map(key -> ApiKeyView.of(key, clock.instant())).toList());
    }

    /** Fails with 404 if there is none. */
    public Uni<ApiKeyView> find(String id) {
        return found(id, () -> table.find(id))
                .map(key -> ApiKeyView.of(key.orElseThrow(() -> unknown(id)), clock.instant()));
    }

    /** Does nothing more to one that is revoked already. Fails with 404 if there is none. */
    public Uni<ApiKeyView> revoke(String id, Requester by) {
        return found(id, () -> table.revoke(id, by))
                .invoke(() -> known.forget(id))
                .map(key -> ApiKeyView.of(key.orElseThrow(() -> unknown(id)), clock.instant()));
    }

    /** An id that cannot be one is not looked up. */
    private static Uni<Optional<ApiKey>> found(String id, Supplier<Uni<Optional<ApiKey>>> lookup) {
        return KeyText.isId(id) ? lookup.get() : Uni.createFrom().item(Optional.empty());
    }

    private static ProblemException unknown(String id) {
        return ProblemException.notFound("There is no key " + id + ".");
    }
}
