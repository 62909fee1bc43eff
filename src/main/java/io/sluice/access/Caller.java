package io.sluice.access;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.vertx.ext.web.RoutingContext;

/**
 * Who sends a request.
 *
 * @param kind        how the caller is known
 * @param id          distinguishes callers of the same kind; empty if they are not distinguished
 * @param name        for people to read; empty if it is not known
 * @param permissions what the caller may do
 * @param channels    the only channels whose orders the caller may reach; empty if it is all of them
 */
public record Caller(Kind kind, String id, String name, Set<Permission> permissions, Set<String> channels) {
    private static final String KEPT = Caller.class.getName();

    public Caller {
        // As orders have them.
        channels = channels.stream()
                .map(channel -> channel.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    public enum Kind {
        /** Not known. */
        UNKNOWN,
        /** A person or program that has logged in, or whose name a proxy told. */
        USER,
        /** A program with an API key. */
        KEY
    }

    /** A caller who may do everything, because this installation has no login. */
    public static Caller everybody(String name) {
        return new Caller(name.isEmpty() ? Kind.UNKNOWN : Kind.USER, name, name, EnumSet.allOf(Permission.class),
                Set.of());
    }

    /** A caller who has not logged in, where that is needed. */
    public static Caller unknown() {
        return new Caller(Kind.UNKNOWN, "", "", Set.of(), Set.of());
    }

    /** @param channels those that an integrator is limited to; others are not limited */
    public static Caller user(String name, Set<UserRole> roles, Set<String> channels) {
        EnumSet<Permission> permissions = EnumSet.noneOf(Permission.class);
        roles.forEach(role -> permissions.addAll(role.permissions()));
        if (!permissions.contains(Permission.VIEW) && channels.isEmpty()) {
            permissions.clear(); // an integrator without channels has no orders
        }
        return new Caller(Kind.USER, name, name, permissions,
                permissions.contains(Permission.VIEW) ? Set.of() : channels);
    }

    /** Who sent this request. */
    public static Caller of(RoutingContext request) {
        Caller caller = request.get(KEPT);
        if (caller == null) {
            throw new IllegalStateException("The caller of this request was not determined");
        }
        return caller;
    }

    /** Keeps the caller with its request. */
    public void keepIn(RoutingContext request) {
        request.put(KEPT, this);
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    /** The same caller without a permission. */
    public Caller without(Permission permission) {
        EnumSet<Permission> rest = EnumSet.copyOf(permissions);
        rest.remove(permission);
        return new Caller(kind, id, name, rest, channels);
    }

    /** Whether the caller may reach orders of this channel. */
    public boolean reaches(String channel) {
        return channels.isEmpty() || channels.contains(channel);
    }

    /** The channels as people read them. */
    public String channelNames() {
        return channels.stream().sorted().collect(Collectors.joining(", "));
    }

    /** Who is recorded to have done something; {@code otherwise} if the name is not known. */
    public String actor(String otherwise) {
        return name.isEmpty() ? otherwise : name;
    }

    /**
     * Distinguishes this caller from all others: each has idempotency keys and a limit of requests of their own. Empty if
     * callers are not distinguished.
     */
    public String identity() {
        // The names of users have no blank at the beginning.
        return kind == Kind.KEY ? " key " + id : id;
    }
}
