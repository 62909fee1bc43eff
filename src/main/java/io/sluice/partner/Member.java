package io.sluice.partner;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.json.TextRules;
import io.sluice.order.Shipment;

/** Takes members out of a partner's answer. Each method throws {@link PartnerAnswer.Garbled} for an unusable one. */
final class Member {
    /** A parcel in eight pieces has eight numbers, joined by commas. */
    static final int MAX_TEXT = 1000;

    private Member() {}

    static Shipment shipment(JsonNode answer) {
        return new Shipment(text(answer, "trackingNumber"), text(answer, "carrier"));
    }

    /** A JSON string of 1 to 1000 characters, without outer blanks. */
    static String text(JsonNode answer, String name) {
        String text = TextRules.strip(answer.path(name).asText(""));
        if (!answer.path(name).isTextual() || text.isEmpty() || text.codePointCount(0, text.length()) > MAX_TEXT
                || !PartnerText.isFit(text)) {
            throw new PartnerAnswer.Garbled("has no usable " + name);
        }
        return text;
    }

    /** Those of the listed objects that belong to the order, in the partner's sequence; none if nothing is listed. */
    static List<JsonNode> ofOrder(JsonNode answer, String name, UUID orderId) {
        if (answer.isMissingNode()) {
            return List.of();
        }
        JsonNode list = answer.path(name);
        if (!list.isArray()) {
            throw new PartnerAnswer.Garbled("has no list of " + name);
        }
        List<JsonNode> own = new ArrayList<>();
        for (JsonNode item : list) {
            if (text(item, "orderId").equalsIgnoreCase(orderId.toString())) {
                own.add(item);
            }
        }
        return own;
    }
}
