package io.sluice;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.sluice.access.AccessMode;
import io.sluice.store.SecretFile;

/**
 * The login with an OpenID provider, as far as the entry point sets it up.
 *
 * @param publicUrl where people see the dashboard
 */
record LoginSettings(String secret, Optional<URI> publicUrl) {
    private static final String SECRET = "quarkus.oidc.credentials.secret";
    private static final String SECRET_FILE = "sluice.auth.oidc.secret-file";
    private static final String PUBLIC_URL = "sluice.http.public-url";
    /** Below this, each process would encrypt sessions with a key of its own. */
    private static final int MIN_SECRET = 32;

    /** Empty if people do not log in here. */
    static Optional<LoginSettings> of(Settings settings) {
        if (settings.auth() != AccessMode.OIDC || !settings.role().serves()) {
            return Optional.empty();
        }
        Optional<String> secret = settings.value(SECRET_FILE, new SettingConverters.ReadableFile())
                .map(SecretFile::read)
                .or(() -> settings.text(SECRET));
        String missing = List.of("quarkus.oidc.auth-server-url", "quarkus.oidc.client-id", SECRET)
                .stream()
                .filter(key -> settings.text(key).isEmpty() && (!key.equals(SECRET) || secret.isEmpty()))
                .map(FailureMessage::environmentName)
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new StartFailure("SLUICE_AUTH=oidc needs " + missing + ", too.");
        }
        if (secret.orElseThrow().length() < MIN_SECRET) {
            throw new StartFailure("QUARKUS_OIDC_CREDENTIALS_SECRET: must have at least " + MIN_SECRET
                    + " characters, because sessions are encrypted with it");
        }
        Optional<URI> url = settings.value(PUBLIC_URL, new SettingConverters.HttpUrl());
        String prefix = settings.text("sluice.http.prefix").map(path -> path.replaceFirst("/$", "")).orElse("");
        if (!prefix.equals(url.map(URI::getPath).map(path -> path.replaceFirst("/$", "")).orElse(""))) {
            throw new StartFailure("SLUICE_HTTP_PUBLIC_URL: must be a URL that ends with SLUICE_HTTP_PREFIX (" + prefix
                    + "), because the login provider leads people back to it");
        }
        return Optional.of(new LoginSettings(secret.get(), url));
    }

    void apply(QuarkusProperties quarkus) {
        quarkus.set("quarkus.oidc.tenant-enabled", true);
        quarkus.set(SECRET, secret);
        publicUrl.ifPresent(url -> quarkus.set(PUBLIC_URL, url.toString().replaceFirst("/$", "")));
    }
}
