package io.sluice.partner;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.sluice.address.Countries;
import io.sluice.order.Partner;
import io.sluice.order.PartnerKind;

/** The partners, and the rules that say which of them takes an order. The most specific rule wins. */
final class PartnerRoutes {
    private static final int MAX_NAME = 40;
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    /** As a name they would be read as a member of the default partner. */
    private static final Set<String> MEMBERS = Set.of("url", "channels", "countries", "intake");

    private static final Set<String> HTTP = new TreeSet<>(Set.of("http", "https"));
    private static final Set<String> WITH_IPP = new TreeSet<>(Set.of("http", "https", "ipp", "ipps"));

    private final List<PartnerRoute> routes;

    /** @throws IllegalArgumentException naming the configuration keys that make no sense */
    PartnerRoutes(List<PartnerRoute> routes) {
        this.routes = routes.stream()
                .sorted(Comparator.comparing((PartnerRoute route) -> route.partner().kind())
                        .thenComparing(route -> !route.partner().isDefault())
                        .thenComparing(route -> route.partner().name()))
                .toList();
        this.routes.forEach(PartnerRoutes::check);
        checkNames();
        checkOverlaps();
        this.routes.stream().filter(PartnerRoute::imports).forEach(this::checkImport);
    }

    /** By kind; the default one of each kind comes first. */
    List<PartnerRoute> all() {
        return routes;
    }

    /** The partner of that name. */
    Optional<PartnerRoute> find(String name) {
        return routes.stream().filter(route -> route.partner().name().equals(name)).findFirst();
    }

    /** The partner that takes an order of this channel and country. */
    Partner route(PartnerKind kind, String channel, String country) {
        return ofKind(kind).filter(route -> route.takes(channel, country))
                .max(Comparator.comparingInt(PartnerRoute::specificity))
                .map(PartnerRoute::partner)
                .orElseGet(() -> Partner.defaultOf(kind));
    }

    private Stream<PartnerRoute> ofKind(PartnerKind kind) {
        return routes.stream().filter(route -> route.partner().kind() == kind);
    }

    private static void check(PartnerRoute route) {
        Partner partner = route.partner();
        String name = partner.name();
        require(name.length() <= MAX_NAME && NAME.matcher(name).matches() && !MEMBERS.contains(name),
                PartnerRoute.key(partner) + ": \"" + name + "\" is no name for a " + partner.kind().wireName()
                        + "; use up to " + MAX_NAME + " lower-case letters, digits and dashes");
        require(route.url() != null, route.key("url") + ": is missing");
        require(route.url().getScheme() != null && route.url().getHost() != null,
                route.key("url") + ": \"" + route.url() + "\" is no complete URL, such as http://host:8090/path");
        Set<String> schemes = partner.kind() == PartnerKind.PRINTER ? WITH_IPP : HTTP;
        require(schemes.contains(route.url().getScheme().toLowerCase(Locale.ROOT)),
                route.key("url") + ": \"" + route.url() + "\" must begin with one of " + schemes);
        for (String country : route.countries()) {
            require(Countries.isCode(country), route.key("countries") + ": \"" + country
                    + "\" is no country code; use those of ISO 3166-1 alpha-2, such as GB");
        }
        require(route.channels().stream().noneMatch(String::isBlank), route.key("channels")
                + ": a channel must not be blank");
        require(!partner.isDefault() || !route.hasRule(),
                route.ruleKey() + ": the default "
                        + partner.kind().wireName()
                        + " takes the orders of which no other one is in charge; give channels"
                        + " and countries to a named one");
    }

    private void checkNames() {
        Map<String, Partner> byName = new HashMap<>();
        for (PartnerKind kind : PartnerKind.values()) {
            byName.put(kind.wireName(), Partner.defaultOf(kind));
        }
        for (PartnerRoute route : routes) {
            Partner partner = route.partner();
            Partner earlier = byName.putIfAbsent(partner.name(), partner);
            require(earlier == null || earlier.equals(partner), PartnerRoute.key(partner) + ": \"" + partner.name()
                    + "\" is " + (earlier != null && earlier.isDefault() ? "the name of the default " : "already a ")
                    + (earlier == null ? "" : earlier.kind().wireName()) + "; a name stands for one partner");
        }
        for (PartnerKind kind : PartnerKind.values()) {
            require(routes.stream().anyMatch(route -> route.partner().equals(Partner.defaultOf(kind))),
                    PartnerRoute.key(Partner.defaultOf(kind)) + ".url: is missing");
        }
    }

    private void checkOverlaps() {
        List<PartnerRoute> earlier = new ArrayList<>();
        for (PartnerRoute route : routes) {
            for (PartnerRoute other : earlier) {
                require(other.partner().kind() != route.partner().kind() || !route.overlaps(other),
                        other.ruleKey() + ", " + route.ruleKey()
                                + ": both take the same orders; make the channels or countries of one of them differ");
            }
            earlier.add(route);
        }
    }

    /** What happens to an imported order must be told to the marketplace that it came from. */
    private void checkImport(PartnerRoute source) {
        require(source.partner().isDefault() || !source.channels().isEmpty() && source.countries().isEmpty(),
                source.key("intake") + ": orders can be fetched only from a marketplace with channels and without"
                        + " countries, so that every order goes back to where it came from");
        for (PartnerRoute other : routes) {
            require(!other.takesImportsOf(source), other.ruleKey() + ": " + other.partner().inWords()
                    + " would take orders that are fetched from " + source.partner().inWords() + " ("
                    + source.key("intake") + ")");
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
