package io.sluice.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code sluice.auth.proxy.*}: what a reverse proxy tells about its users. */
@ConfigMapping(prefix = "sluice.auth.proxy")
interface ProxyConfig {

    /** Addresses or networks (CIDR) of the proxies that are believed. */
    @WithDefault("127.0.0.0/8,::1")
    String addresses();

    /** The field with the user's name. */
    @WithDefault("X-Forwarded-User")
    String userHeader();

    /** The field with the user's roles or groups, separated by commas. */
    @WithDefault("X-Forwarded-Groups")
    String rolesHeader();

    /** The field with the channels of an integrator, separated by commas. */
    @WithDefault("X-Forwarded-Channels")
    String channelsHeader();
}
