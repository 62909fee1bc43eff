package io.sluice.access;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;

/** Callers as identities of the framework. */
public final class Identities {
    private static final String CALLER = Caller.class.getName();

    private Identities() {}

    public static SecurityIdentity of(Caller caller) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(caller.name()))
                .addAttribute(CALLER, caller)
                .build();
    }

    /** The caller of an identity that {@link #of} made; others are unknown. */
    public static Caller callerOf(SecurityIdentity identity) {
        Caller caller = identity.getAttribute(CALLER);
        return caller == null ? Caller.unknown() : caller;
    }
}
