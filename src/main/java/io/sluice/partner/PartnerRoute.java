package io.sluice.partner;

import java.net.URI;
import java.util.Collections;
import java.util.Set;

import io.sluice.order.Partner;

/**
 * Where a partner is, and which orders it takes.
 *
 * @param url       null if none is configured
 * @param channels  empty if the channel does not matter
 * @param countries empty if the country does not matter
 * @param intake    of a marketplace; null if none is configured
 */
record PartnerRoute(Partner partner, URI url, Set<String> channels, Set<String> countries, Intake intake) {

    PartnerRoute {
        channels = Set.copyOf(channels);
        countries = Set.copyOf(countries);
    }

    PartnerRoute(Partner partner, URI url, Set<String> channels, Set<String> countries) {
        this(partner, url, channels, countries, null);
    }

    /** This one, completed by what else is configured of the same partner. */
    PartnerRoute with(PartnerRoute other) {
        return new PartnerRoute(partner, url == null ? other.url : url, channels.isEmpty() ? other.channels : channels,
                countries.isEmpty() ? other.countries : countries, intake == null ? other.intake : intake);
    }

    /** A named partner without a rule takes no order by itself. A default one takes what is left, which is no rule. */
    boolean hasRule() {
        return !channels.isEmpty() || !countries.isEmpty();
    }

    boolean takes(String channel, String country) {
        return hasRule() && (channels.isEmpty() || channels.contains(channel))
                && (countries.isEmpty() || countries.contains(country));
    }

    /** Channel and country beat a channel, a channel beats a country. */
    int specificity() {
        return (channels.isEmpty() ? 0 : 2) + (countries.isEmpty() ? 0 : 1);
    }

    /** Whether there are orders for which neither of the two rules is more specific than the other. */
    boolean overlaps(PartnerRoute other) {
        return hasRule() && specificity() == other.specificity()
                && !(disjoint(channels, other.channels) || disjoint(countries, other.countries));
    }

    /** Whether its pending orders are fetched. */
    boolean imports() {
        return intake != null && intake != Intake.OFF;
    }

    /** The channels that its pending orders may have: its own ones, or else its name. */
    Set<String> importChannels() {
        return channels.isEmpty() ? Set.of(partner.name()) : channels;
    }

    /**
     * Whether this one takes orders that come from {@code source}, though the source should: what happens to an order
     * is told to the marketplace that it came from.
     */
    boolean takesImportsOf(PartnerRoute source) {
        return !partner.equals(source.partner) && partner.kind() == source.partner.kind() && hasRule()
                && specificity() > source.specificityOfChannels()
                && (channels.isEmpty() || !Collections.disjoint(channels, source.importChannels()));
    }

    private int specificityOfChannels() {
        return channels.isEmpty() ? -1 : specificity();
    }

    private static boolean disjoint(Set<String> some, Set<String> others) {
        return !some.isEmpty() && Collections.disjoint(some, others);
    }

    /** The configuration key of one of its members: {@code sluice.partners.carrier.dhl.url}. */
    String key(String member) {
        return key(partner) + "." + member;
    }

    /** The key of its rule, or of the first half of it. */
    String ruleKey() {
        return key(channels.isEmpty() ? "countries" : "channels");
    }

    static String key(Partner partner) {
        String kind = "sluice.partners." + partner.kind().wireName();
        return partner.isDefault() ? kind : kind + "." + partner.name();
    }
}
