package io.sluice.access;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.jwt.JsonWebToken;

import io.quarkus.oidc.IdTokenCredential;
import io.quarkus.security.identity.SecurityIdentity;
import io.sluice.json.TextRules;
import io.vertx.core.json.JsonObject;

/** Users by what the verified token of an OpenID provider says about them. */
@Singleton
public class OidcUsers {
    private static final int MAX_NAME = 100;

    private final OidcConfig config;
    private final RoleNames roles;
    private final Clock clock;

    @Inject
    OidcUsers(OidcConfig config, RoleNames roles, Clock clock) {
        this.config = config;
        this.roles = roles;
        this.clock = clock;
    }

    /** The caller with this token; unknown if the identity has none, or the login is too old. */
    public Caller callerOf(SecurityIdentity identity) {
        Optional<JsonWebToken> token = token(identity);
        if (token.isEmpty() || isTooOld(identity)) {
            return Caller.unknown();
        }
        JsonObject claims = claims(token.get());
        Caller user = Caller.user(name(claims), roles.of(texts(claims, config.rolesClaim())),
                texts(claims, config.channelsClaim()));
        // Names can be given to another person; the subject cannot.
        return new Caller(user.kind(), token.get().getSubject(), user.name(), user.permissions(), user.channels());
    }

    /** When the token ends; empty if the identity has none. */
    public static Optional<Instant> end(SecurityIdentity identity) {
        return token(identity).map(token -> Instant.ofEpochSecond(token.getExpirationTime()));
    }

    /** Whether the person entered the password too long ago. Unknown if the provider does not say when that was. */
    public boolean isTooOld(SecurityIdentity identity) {
        return identity.getCredential(IdTokenCredential.class) != null && token(identity)
                .map(token -> claims(token).getLong("auth_time"))
                .filter(entered -> Instant.ofEpochSecond(entered).plus(config.maxAge()).isBefore(clock.instant()))
                .isPresent();
    }

    private static Optional<JsonWebToken> token(SecurityIdentity identity) {
        return identity.getPrincipal() instanceof JsonWebToken token && token.getRawToken() != null
                ? Optional.of(token)
                : Optional.empty();
    }

    private String name(JsonObject claims) {
        String name = claims.getValue(config.nameClaim()) instanceof String text ? text : claims.getString("sub");
        return TextRules.isBlank(name) || TextRules.fault(name, MAX_NAME) != null ? "" : name;
    }

    /** The elements of an array, or the words of a text. */
    static Set<String> texts(JsonObject claims, String path) {
        Object value = value(claims, path);
        return value instanceof Collection<?> all
                ? all.stream().filter(String.class::isInstance).map(String.class::cast).collect(Collectors.toSet())
                : value instanceof String text ? RoleNames.parts(text.replace(' ', ',')) : Set.of();
    }

    /** Names of claims may have slashes themselves: {@code https://shop.example/roles}. */
    private static Object value(JsonObject claims, String path) {
        int slash = path.indexOf('/');
        Object value = claims.getMap().get(path);
        if (value != null || slash < 0) {
            return value;
        }
        return claims.getValue(path.substring(0, slash)) instanceof JsonObject inner
                ? value(inner, path.substring(slash + 1))
                : null;
    }

    private static JsonObject claims(JsonWebToken token) {
        byte[] payload = Base64.getUrlDecoder().decode(token.getRawToken().split("\\.")[1]);
        return new JsonObject(new String(payload, StandardCharsets.UTF_8));
    }
}
