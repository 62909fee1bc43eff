package io.sluice.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.sluice.json.InputError;
import io.sluice.order.Handling;
import io.sluice.order.Partner;
import io.sluice.order.PartnerKind;
import io.sluice.partner.Fetched;
import io.sluice.partner.ImportSource;

class PendingOrderReaderTest {
    private static final ImportSource EBAY = source("ebay-uk");
    private static final ImportSource TWO_CHANNELS = source("ebay-de", "ebay-uk");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final String REST = """
            "customer": {"name": "Ada Byron"}, "currency": "GBP",
            "shipTo": {"name": "Ada Byron", "street": "12 St James's Square", "city": "London",
                       "postalCode": "SW1Y 4JH", "country": "GB"},
            "lines": [{"sku": "PUNCH-80", "title": "Punch cards", "quantity": 2, "unitPrice": "12.50"}]}""";

    private final PendingOrderReader reader = new PendingOrderReader(Clock.systemUTC());

    @Test
    void order_getsChannelAndHandlingOfItsMarketplace() {
        PendingOrder order = read(EBAY, "{\"externalId\": \" E-1 \", " + REST);

        assertThat(order.isOrder()).isTrue();
        assertThat(order.draft().channel()).isEqualTo("ebay-uk");
        assertThat(order.draft().externalId()).isEqualTo("E-1").isEqualTo(order.externalId());
        assertThat(order.draft().handling()).isEqualTo(Handling.MANUAL);
        assertThat(order.content()).contains("\"SW1Y 4JH\"");
    }

    @Test
    void order_maySayWhatIsTrueAnyway() {
        assertThat(read(EBAY, """
                {"externalId": "E-1", "channel": "eBay-UK", "handling": "manual", "cancelled": false, """ + REST)
                .isOrder()).isTrue();
    }

    @Test
    void otherChannelOrHandling_isAProblem() {
        PendingOrder order = read(EBAY, """
                {"externalId": "E-1", "channel": "webshop", "handling": "auto", """ + REST);

        assertThat(order.errors()).containsExactly(
                InputError.at("/channel", "Orders of this marketplace have the channel ebay-uk. Leave this out."),
                InputError.at("/handling",
                        "Sluice's configuration says how imported orders are handled. Leave this out."));
        assertThat(order.channel()).isEqualTo("ebay-uk");
    }

    @Test
    void marketplaceWithTwoChannels_hasToName() {
        assertThat(read(TWO_CHANNELS, "{\"externalId\": \"E-1\", \"channel\": \"ebay-de\", " + REST).draft().channel())
                .isEqualTo("ebay-de");
        PendingOrder unnamed = read(TWO_CHANNELS, "{\"externalId\": \"E-1\", " + REST);
        assertThat(unnamed.errors()).containsExactly(
                InputError.at("/channel", "This must be one of the marketplace's channels: ebay-de, ebay-uk."));
        assertThat(unnamed.channel()).isNull();
        assertThat(unnamed.externalId()).isEqualTo("E-1");
    }

    @Test
    void allErrors_areToldTogether_once() {
        PendingOrder order = read(EBAY, """
                {"externalId": 7, "customer": {}, "currency": "POUND", "shipTo": {"name": "Ada"}, "lines": []}""");

        assertThat(order.externalId()).isNull();
        assertThat(order.errors()).extracting(InputError::pointer)
                .contains("/externalId", "/customer/name", "/currency", "/shipTo/street", "/lines");
        assertThat(order.errors()).filteredOn(error -> error.pointer().equals("/externalId")).hasSize(1);
    }

    @Test
    void orderWithoutANumber_isAProblem() {
        assertThat(read(EBAY, "{" + REST).errors()).extracting(InputError::pointer).containsExactly("/externalId");
    }

    @Test
    void cancellation_needsNothingButItsNumber() {
        PendingOrder cancelled = read(EBAY, "{\"externalId\": \"E-1\", \"cancelled\": true, \"lines\": \"whatever\"}");

        assertThat(cancelled.isCancellation()).isTrue();
        assertThat(cancelled.channel()).isEqualTo("ebay-uk");
        assertThat(read(EBAY, "{\"cancelled\": true}").isCancellation()).isFalse();
        assertThat(read(EBAY, "{\"externalId\": \"E-1\", \"cancelled\": \"yes\"}").isCancellation()).isFalse();
    }

    /** One bad order must not stop the others. */
    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "\"E-1\"", "[]", "{}", "{\"externalId\": \"\\u0000\"}",
            "{\"externalId\": \"\\ud800\"}", "{\"externalId\": \"E-1\", \"lines\": [{\"quantity\": 1e999999999}]}",
            "{\"externalId\": \"E-1\", \"lines\": [{\"quantity\": 1e-999999999}]}",
            "{\"externalId\": {\"a\": [[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]}}"})
    void hostileEntry_isAProblem(String entry) {
        PendingOrder order = read(EBAY, entry);

        assertThat(order.isOrder()).isFalse();
        assertThat(order.isCancellation()).isFalse();
        assertThat(order.errors()).isNotEmpty();
    }

    private PendingOrder read(ImportSource source, String entry) {
        try {
            return reader.read(source, Fetched.Entry.of(JSON.readTree(entry)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ImportSource source(String... channels) {
        return new ImportSource(new Partner(PartnerKind.MARKETPLACE, "ebay"), List.of(channels), Handling.MANUAL);
    }
}
