package io.sluice.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The roles of a user, from the groups that the login or the proxy names. */
@Singleton
public class RoleNames {
    private final Map<UserRole, List<String>> groups = new EnumMap<>(UserRole.class);

    @Inject
    RoleNames(RoleConfig config) {
        groups.put(UserRole.VIEWER, config.viewer());
        groups.put(UserRole.OPERATOR, config.operator());
        groups.put(UserRole.ADMIN, config.admin());
        groups.put(UserRole.INTEGRATOR, config.integrator());
    }

    /** The roles that any of these groups has. Other groups are other services' business. */
    public Set<UserRole> of(Collection<String> groupNames) {
        return Arrays.stream(UserRole.values())
                .filter(role -> groups.get(role).stream().anyMatch(groupNames::contains))
                .collect(Collectors.toSet());
    }

    /** The parts of a list with commas between them. */
    static Set<String> parts(String list) {
        return Stream.of(list.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.toSet());
    }
}
