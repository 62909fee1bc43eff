package io.sluice.partner;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.sluice.order.OrderDraft;
import io.sluice.order.Partner;
import io.sluice.order.PartnerKind;
import io.sluice.order.Step;

/** The partners that are configured, and which of them takes an order. */
@ApplicationScoped
public class PartnerDirectory {
    private final PartnerRoutes routes;

    /** @throws IllegalArgumentException naming the configuration keys that make no sense */
    @Inject
    PartnerDirectory(PartnerConfig config) {
        this(routes(config));
    }

    PartnerDirectory(List<PartnerRoute> routes) {
        this.routes = new PartnerRoutes(routes);
    }

    /** All partners, by kind and name; the default one of each kind comes first. */
    public List<Partner> all() {
        return routes.all().stream().map(PartnerRoute::partner).toList();
    }

    /** The partners of that kind, the default one first. */
    public List<Partner> ofKind(PartnerKind kind) {
        return all().stream().filter(partner -> partner.kind() == kind).toList();
    }

    /** The partner of that name. */
    public Optional<Partner> find(String name) {
        return routes.find(name).map(PartnerRoute::partner);
    }

    /** The partner of that kind that takes an order of this channel and country. */
    public Partner route(PartnerKind kind, String channel, String country) {
        return routes.route(kind, channel, country);
    }

    /**
     * The partner that carries a step of an order out.
     *
     * @param country   of the address that the order goes to
     * @param printer   the printer that its batch prints on; null if the configuration decides
     * @param shippedBy the carrier that made its shipment, or null: an order keeps its carrier
     */
    public Partner partner(Step step, String channel, String country, String printer, String shippedBy) {
        PartnerKind kind = step.kind();
        String fixed = switch (kind) {
            case PRINTER -> printer;
            case CARRIER -> shippedBy;
            case MARKETPLACE -> null;
        };
        return fixed == null ? route(kind, channel, country) : new Partner(kind, fixed);
    }

    /** The marketplaces whose pending orders are fetched. */
    public List<ImportSource> importSources() {
        return routes.all()
                .stream()
                .filter(PartnerRoute::imports)
                .map(route -> new ImportSource(route.partner(), route.importChannels().stream().sorted().toList(),
                        route.intake().handling()))
                .toList();
    }

    URI url(Partner partner) {
        return routes.find(partner.name()).orElseThrow().url();
    }

    private static List<PartnerRoute> routes(PartnerConfig config) {
        Map<Partner, PartnerRoute> routes = new LinkedHashMap<>();
        add(routes, PartnerKind.CARRIER, config.carrier());
        add(routes, PartnerKind.PRINTER, config.printer());
        add(routes, PartnerKind.MARKETPLACE, config.marketplace());
        return List.copyOf(routes.values());
    }

    /** An environment variable cannot spell the dash of {@code table-2}: it comes as {@code table.2}. */
    private static void add(Map<Partner, PartnerRoute> routes, PartnerKind kind,
            Map<String, ? extends PartnerConfig.NamedPartner> configured) {
        configured.forEach((name, one) -> {
            PartnerRoute route = new PartnerRoute(new Partner(kind, name.replace('.', '-')), one.url().orElse(null),
                    channels(one), set(one.countries()),
                    one instanceof PartnerConfig.Marketplace marketplace ? marketplace.intake().orElse(null) : null);
            routes.merge(route.partner(), route, PartnerRoute::with);
        });
    }

    private static Set<String> channels(PartnerConfig.NamedPartner partner) {
        return set(partner.channels()).stream().map(OrderDraft::channelName).collect(Collectors.toSet());
    }

    private static Set<String> set(Optional<List<String>> values) {
        return values.orElse(List.of()).stream().map(String::strip).collect(Collectors.toSet());
    }
}
