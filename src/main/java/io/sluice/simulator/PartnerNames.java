package io.sluice.simulator;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import io.sluice.json.InputObject;

/** All partners by name, over all kinds, and the settings of those that have not been called yet. */
final class PartnerNames {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");

    private final PartnerSettings initial;
    private final Map<String, SimulatedPartner<?>> partners = new HashMap<>();
    private final Map<String, PartnerSettings> early = new HashMap<>();

    PartnerNames(PartnerSettings initial) {
        this.initial = initial;
    }

    /** Takes a new partner in. */
    void add(SimulatedPartner<?> partner) {
        partners.put(partner.name(), partner);
        early.remove(partner.name());
    }

    /** @throws Problem 404 if no new partner can have that name */
    void checkFree(String name) {
        if (partners.containsKey(name)) {
            throw new Problem(404, "The partner " + name + " is of another kind");
        }
        checkUsable(name);
    }

    /** The partner of that name, if it has been called. @throws Problem 404 if there is none at all */
    Optional<SimulatedPartner<?>> find(String name) {
        settings(name);
        return Optional.ofNullable(partners.get(name));
    }

    /** How the partner behaves, or will. @throws Problem 404 if there is none of that name */
    PartnerSettings settings(String name) {
        if (partners.containsKey(name)) {
            return partners.get(name).settings();
        }
        if (!early.containsKey(name)) {
            throw new Problem(404, "There is no partner " + name + " yet; it comes with its first call");
        }
        return early.get(name);
    }

    /** How a partner begins. */
    PartnerSettings firstSettings(String name) {
        return early.getOrDefault(name, initial);
    }

    /** Changes how a partner behaves, or will once it is called. @throws Problem 404 if it cannot have that name */
    void change(String name, InputObject patch) {
        if (partners.containsKey(name)) {
            SimulatedPartner<?> partner = partners.get(name);
            partner.change(partner.settings().patchedWith(patch));
        } else {
            checkUsable(name);
            early.put(name, firstSettings(name).patchedWith(patch));
        }
    }

    private static void checkUsable(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new Problem(404, "No partner can be called " + name);
        }
    }
}
