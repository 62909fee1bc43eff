package io.sluice.access;

import java.util.List;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code sluice.auth.roles.*}: the groups, as the login names them, whose members have a role. */
@ConfigMapping(prefix = "sluice.auth.roles")
interface RoleConfig {

    @WithDefault("viewer")
    List<String> viewer();

    @WithDefault("operator")
    List<String> operator();

    @WithDefault("admin")
    List<String> admin();

    @WithDefault("integrator")
    List<String> integrator();
}
