package io.sluice.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

class MemberTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static ObjectNode shipment(String trackingNumber) throws Exception {
        return (ObjectNode) JSON.readTree("{\"carrier\": \"dhl\", \"trackingNumber\": " + trackingNumber + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\" 77\\u00a0\"", "\"77\\n\"", "\"\\ufeff77\""})
    void outerBlanks_areDropped(String number) throws Exception {
        assertThat(Member.shipment(shipment(number)).trackingNumber()).isEqualTo("77");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "77", "null", "[\"77\"]", "\"\"", "\" \"", "\"\\u00a0\"", "\"7\\u00007\""})
    void whatIsNoText_isNotUsable(String number) throws Exception {
        ObjectNode shipment = shipment(number);
        assertThatThrownBy(() -> Member.shipment(shipment)).isInstanceOf(PartnerAnswer.Garbled.class);
    }

    @Test
    void length_isCountedInCharacters() throws Exception {
        String number = "📦".repeat(Member.MAX_TEXT);
        assertThat(Member.shipment(shipment('"' + number + '"')).trackingNumber()).isEqualTo(number);
        ObjectNode longer = shipment('"' + number + "x\"");
        assertThatThrownBy(() -> Member.shipment(longer)).isInstanceOf(PartnerAnswer.Garbled.class);
    }
}
