package io.sluice.access;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code sluice.auth.oidc.*}: what the tokens of an OpenID provider say about users. The rest is {@code quarkus.oidc.*}. */
@ConfigMapping(prefix = "sluice.auth.oidc")
public interface OidcConfig {

    /** The claim with the user's groups or roles. Slashes lead into objects: {@code realm_access/roles}. */
    @WithDefault("groups")
    String rolesClaim();

    /** The claim with the user's name. */
    @WithDefault("preferred_username")
    String nameClaim();

    /** The claim with the channels of an integrator. */
    @WithDefault("channels")
    String channelsClaim();

    /** After this time, people enter their password again. */
    @WithDefault("12h")
    Duration maxAge();
}
