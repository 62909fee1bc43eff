package io.sluice.access;

import static io.sluice.access.Permission.CANCEL;
import static io.sluice.access.Permission.OPERATE;
import static io.sluice.access.Permission.PERSONAL;
import static io.sluice.access.Permission.READ;
import static io.sluice.access.Permission.SUBMIT;
import static io.sluice.access.Permission.VIEW;

import java.util.Locale;
import java.util.Set;

/** What a person or program is to the shop. Whoever has several roles may do what any of them may. */
public enum UserRole {
    /** Sees everything and changes nothing. {@code sluice.auth.viewers-see-personal-data=false} takes people out of it. */
    VIEWER(READ, PERSONAL, VIEW),
    /** Handles orders. */
    OPERATOR(READ, PERSONAL, VIEW, SUBMIT, CANCEL, OPERATE),
    /** May do everything. */
    ADMIN(Permission.values()),
    /** A program that hands in orders. Sees and cancels those of its own channels only. */
    INTEGRATOR(READ, PERSONAL, SUBMIT, CANCEL);

    private final Set<Permission> permissions;

    UserRole(Permission... permissions) {
        this.permissions = Set.of(permissions);
    }

    public Set<Permission> permissions() {
        return permissions;
    }

    /** As it is written in settings and documents. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
