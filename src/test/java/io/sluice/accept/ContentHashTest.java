package io.sluice.accept;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.sluice.order.OrderDraft;

class ContentHashTest {

    static final String ORDER = """
            {"channel": "c", "externalId": "1",
             "customer": {"name": "Ada", "email": "ada@example.org"},
             "shipTo": {"name": "A", "street": "B", "city": "C", "postalCode": "D", "country": "GB"},
             "currency": "EUR",
             "lines": [{"sku": "S", "title": "T", "quantity": 2, "unitPrice": "12.5"},
                       {"sku": "S2", "title": "T2", "quantity": 1, "unitPrice": "1"}]}""";

    @Test
    void layoutDoesNotMatter() {
        String other = """
                {"lines":[{"unitPrice":"12.50","quantity":2,"title":"\\u0054","sku":"S"},
                {"unitPrice":"1.0","quantity":1,"title":"T2","sku":"S2"}],"handling":"auto","placedAt":null,
                "shipTo":{"country":"GB","postalCode":"D","city":"C","street":"B","name":"A"},"currency":"EUR",
                "customer":{"email":"ada@example.org","name":"Ada"},"externalId":"1","channel":"c"}""";

        assertThat(hash(other)).isEqualTo(hash(ORDER));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "\"currency\"       | \"handling\": \"manual\", \"currency\"",
            "\"currency\"       | \"placedAt\": \"2025-01-01T00:00:00Z\", \"currency\"",
            "\"EUR\"            | \"USD\"",
            "\"Ada\"            | \"Ada B\"",
            "\"currency\"       | \"note\": \"x\", \"currency\"",
            "\"currency\"       | \"metadata\": {\"a\": \"x\"}, \"currency\"",
            "\"currency\"       | \"adjustments\": [{\"label\": \"x\", \"amount\": \"1\"}], \"currency\"",
            "\"GB\"             | \"GB\", \"state\": \"x\"",
            "ada@example.org    | eve@example.org",
            "\"GB\"             | \"DE\"",
            "\"quantity\": 2    | \"quantity\": 3",
            "\"12.5\"           | \"12.51\"",
            "\"S2\"             | \"S\"",})
    void contentMatters(String replaced, String by) {
        assertThat(hash(ORDER.replace(replaced, by))).isNotEqualTo(hash(ORDER));
    }

    @Test
    void blanksAndTheSequenceOfMetadataDoNotMatter() {
        assertThat(hash(ORDER.replace("\"Ada\"", "\" Ada\\u00a0\"").replace("\"GB\"", "\"GB\", \"state\": \" \"")))
                .isEqualTo(hash(ORDER));
        assertThat(hash(ORDER.replace("\"currency\"", "\"metadata\": {\"a\": \"1\", \"b\": \"2\"}, \"currency\"")))
                .isEqualTo(hash(
                        ORDER.replace("\"currency\"", "\"metadata\": {\"b\": \"2\", \"a\": \"1\"}, \"currency\"")));
    }

    @Test
    void recipeIsStable_becauseHashesAreStored() {
        assertThat(hash(ORDER)).isEqualTo("1ba51ca83b088f1681da4c50c68e2dabf4e5303e0c9cb0dfd8f95992e9f379ea");
    }

    static String hash(String json) {
        return HexFormat.of().formatHex(ContentHash.of(read(json)));
    }

    static OrderDraft read(String json) {
        return new OrderReader(Clock.fixed(OrderReaderTest.NOW, ZoneOffset.UTC)).read(json.getBytes(UTF_8));
    }
}
