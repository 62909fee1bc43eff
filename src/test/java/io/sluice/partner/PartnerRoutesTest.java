package io.sluice.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.sluice.order.Partner;
import io.sluice.order.PartnerKind;

class PartnerRoutesTest {
    private static final URI SOMEWHERE = URI.create("http://127.0.0.1:1/partner");

    @ParameterizedTest
    @CsvSource({"webshop, GB, both", "webshop, FR, channel", "other, GB, country", "other, FR, carrier"})
    void mostSpecificRule_wins(String channel, String country, String expected) {
        PartnerRoutes routes = routes(carrier("channel", Set.of("webshop"), Set.of()),
                carrier("country", Set.of(), Set.of("GB", "IE")),
                carrier("both", Set.of("webshop"), Set.of("GB")));

        assertThat(routes.route(PartnerKind.CARRIER, channel, country).name()).isEqualTo(expected);
    }

    @Test
    void otherKinds_areNotAsked() {
        PartnerRoutes routes = routes(carrier("dhl", Set.of("webshop"), Set.of()));

        assertThat(routes.route(PartnerKind.PRINTER, "webshop", "GB"))
                .isEqualTo(Partner.defaultOf(PartnerKind.PRINTER));
    }

    @Test
    void partnerWithoutRule_takesNothingByItself() {
        PartnerRoutes routes = routes(route(PartnerKind.PRINTER, "table-2", SOMEWHERE, Set.of(), Set.of()));

        assertThat(routes.route(PartnerKind.PRINTER, "webshop", "GB").name()).isEqualTo("printer");
        assertThat(routes.find("table-2")).map(route -> route.partner().name()).contains("table-2");
        assertThat(routes.find("table-3")).isEmpty();
    }

    @Test
    void defaultPartners_comeFirst() {
        assertThat(routes(carrier("aaa", Set.of("webshop"), Set.of())).all())
                .extracting(route -> route.partner().name())
                .containsExactly("carrier", "aaa", "printer", "marketplace");
    }

    @Test
    void rulesThatTakeTheSameOrders_areRefused() {
        refused("sluice.partners.carrier.dhl.channels, sluice.partners.carrier.ups.channels: both take the same orders",
                carrier("ups", Set.of("webshop"), Set.of()), carrier("dhl", Set.of("webshop", "shop-2"), Set.of()));
        refused("sluice.partners.carrier.dhl.countries, sluice.partners.carrier.ups.countries: both take the same orders",
                carrier("ups", Set.of(), Set.of("DE", "FR")), carrier("dhl", Set.of(), Set.of("FR", "GB")));
        refused("sluice.partners.carrier.dhl.channels, sluice.partners.carrier.ups.channels: both take the same orders",
                carrier("ups", Set.of("a", "b"), Set.of("DE")), carrier("dhl", Set.of("b"), Set.of("DE", "GB")));
    }

    @Test
    void rulesThatDiffer_areAllowed() {
        assertThat(routes(carrier("a", Set.of("x"), Set.of("DE")), carrier("b", Set.of("x"), Set.of("FR")),
                carrier("c", Set.of("y"), Set.of("DE")), carrier("d", Set.of("x"), Set.of()),
                carrier("e", Set.of(), Set.of("DE")), route(PartnerKind.PRINTER, "f", SOMEWHERE, Set.of("x"), Set.of()))
                .all()).hasSize(9);
    }

    @Test
    void unknownCountry_isRefused() {
        refused("sluice.partners.carrier.dhl.countries: \"UK\" is no country code",
                carrier("dhl", Set.of(), Set.of("UK")));
        assertThat(routes(carrier("dhl", Set.of(), Set.of("XK"))).all()).hasSize(4);
    }

    @Test
    void blankChannel_isRefused() {
        refused("sluice.partners.carrier.dhl.channels: a channel must not be blank",
                carrier("dhl", Set.of("webshop", " "), Set.of()));
    }

    @Test
    void missingUrl_isRefused() {
        refused("sluice.partners.carrier.dhl.url: is missing",
                route(PartnerKind.CARRIER, "dhl", null, Set.of("webshop"), Set.of()));
        refused("sluice.partners.carrier.dhl.url: \"/somewhere\" is no complete URL",
                route(PartnerKind.CARRIER, "dhl", URI.create("/somewhere"), Set.of("webshop"), Set.of()));
    }

    @Test
    void onlyPrinters_speakIpp() {
        refused("sluice.partners.carrier.dhl.url: \"ipp://host/ipp\" must begin with one of [http, https]",
                route(PartnerKind.CARRIER, "dhl", URI.create("ipp://host/ipp"), Set.of("webshop"), Set.of()));
        refused("sluice.partners.printer.table-2.url: \"ftp://host/\" must begin with one of [http, https, ipp, ipps]",
                route(PartnerKind.PRINTER, "table-2", URI.create("ftp://host/"), Set.of("webshop"), Set.of()));
    }

    @Test
    void missingDefault_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PartnerRoutes(List.of(carrier("dhl", Set.of("webshop"), Set.of()))))
                .withMessage("sluice.partners.carrier.url: is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "DHL", "d_h_l", "-dhl", "a.b", "url", "channels", "countries", "intake",
            "12345678901234567890123456789012345678901"})
    void unusableName_isRefused(String name) {
        refused("\"" + name + "\" is no name for a carrier", carrier(name, Set.of("webshop"), Set.of()));
    }

    @Test
    void longestName_isAllowed() {
        assertThat(routes(carrier("a".repeat(40), Set.of("webshop"), Set.of())).all()).hasSize(4);
    }

    @Test
    void nameOfAnotherKind_isRefused() {
        refused("sluice.partners.carrier.printer: \"printer\" is the name of the default printer",
                carrier("printer", Set.of("webshop"), Set.of()));
        refused("sluice.partners.printer.one: \"one\" is already a carrier",
                carrier("one", Set.of("webshop"), Set.of()),
                route(PartnerKind.PRINTER, "one", SOMEWHERE, Set.of(), Set.of()));
    }

    @Test
    void defaultWithRule_isRefused() {
        List<PartnerRoute> routes = new ArrayList<>(defaults());
        routes.set(0, carrier("carrier", Set.of("webshop"), Set.of()));

        assertThatIllegalArgumentException().isThrownBy(() -> new PartnerRoutes(routes))
                .withMessageContaining("sluice.partners.carrier.channels: the default carrier takes the orders");
    }

    /** What happens to an order is told to the marketplace that it came from. */
    @Test
    void importedOrders_mustGoBackToTheirMarketplace() {
        refused("sluice.partners.marketplace.ebay.intake: orders can be fetched only from a marketplace with channels",
                marketplace("ebay", Set.of(), Set.of("GB"), Intake.AUTO));
        refused("sluice.partners.marketplace.ebay.intake: orders can be fetched only from a marketplace with channels",
                marketplace("ebay", Set.of("ebay"), Set.of("GB"), Intake.AUTO));
        refused("sluice.partners.marketplace.ebay-gb.channels: marketplace ebay-gb would take orders that are fetched"
                + " from marketplace ebay (sluice.partners.marketplace.ebay.intake)",
                marketplace("ebay", Set.of("ebay"), Set.of(), Intake.MANUAL),
                marketplace("ebay-gb", Set.of("ebay"), Set.of("GB"), null));
        routes(marketplace("ebay", Set.of("ebay"), Set.of(), Intake.MANUAL),
                marketplace("gb", Set.of(), Set.of("GB"), Intake.OFF),
                marketplace("etsy", Set.of("etsy"), Set.of("GB"), null));
    }

    @Test
    void importedOrdersOfTheDefaultMarketplace_mustGoBackToIt() {
        PartnerRoute importing = marketplace("marketplace", Set.of(), Set.of(), Intake.AUTO);
        List<PartnerRoute> routes = new ArrayList<>(defaults());
        routes.removeIf(route -> route.partner().equals(importing.partner()));
        routes.add(importing);
        routes.add(marketplace("etsy", Set.of("etsy"), Set.of("GB"), null));
        new PartnerRoutes(routes);
        routes.add(marketplace("gb", Set.of(), Set.of("GB"), null));

        assertThatIllegalArgumentException().isThrownBy(() -> new PartnerRoutes(routes))
                .withMessageContaining("sluice.partners.marketplace.gb.countries: marketplace gb would take orders");
    }

    private static PartnerRoute marketplace(String name, Set<String> channels, Set<String> countries, Intake intake) {
        return new PartnerRoute(new Partner(PartnerKind.MARKETPLACE, name), SOMEWHERE, channels, countries, intake);
    }

    private static void refused(String message, PartnerRoute... named) {
        assertThatIllegalArgumentException().isThrownBy(() -> routes(named)).withMessageContaining(message);
    }

    private static PartnerRoutes routes(PartnerRoute... named) {
        return new PartnerRoutes(Stream.concat(defaults().stream(), Stream.of(named)).toList());
    }

    private static List<PartnerRoute> defaults() {
        return Stream.of(PartnerKind.values())
                .map(kind -> route(kind, kind.wireName(), SOMEWHERE, Set.of(), Set.of()))
                .toList();
    }

    private static PartnerRoute carrier(String name, Set<String> channels, Set<String> countries) {
        return route(PartnerKind.CARRIER, name, SOMEWHERE, channels, countries);
    }

    private static PartnerRoute route(PartnerKind kind, String name, URI url, Set<String> channels,
            Set<String> countries) {
        return new PartnerRoute(new Partner(kind, name), url, channels, countries);
    }
}
