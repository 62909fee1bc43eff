package io.sluice.retention;

import java.util.HexFormat;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sluice.order.Correction;
import io.sluice.order.Email;

/** A line of an archive. */
@ApplicationScoped
class ArchivedOrder {
    private final ObjectMapper json;

    ArchivedOrder(ObjectMapper json) {
        this.json = json;
    }

    /**
     * The line, without the person if that is one of these: as an order that is erased before it is archived.
     *
     * @param erased hashes of e-mail addresses, see {@link Email#hash}
     */
    String without(Set<String> erased, String line) {
        try {
            JsonNode archived = json.readTree(line);
            JsonNode email = archived.at("/order/customer/email");
            if (!email.isTextual() || !erased.contains(HexFormat.of().formatHex(new Email(email.textValue()).hash()))) {
                return line;
            }
            erase((ObjectNode) archived.get("order"));
            for (JsonNode attempt : archived.path("attempts")) {
                withoutDetail(attempt);
            }
            for (JsonNode action : archived.path("actions")) {
                ((ObjectNode) action).remove("requestId");
            }
            return json.writeValueAsString(archived);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("The archive has a line that is no order", broken);
        }
    }

    private void erase(ObjectNode order) {
        Correction erased = Correction.withoutThePerson(order.at("/shipTo/country").textValue(), null);
        order.set("customer", json.valueToTree(erased.customer()));
        order.set("shipTo", json.valueToTree(erased.shipTo()));
        order.remove(List.of("note", "metadata"));
        withoutDetail(order);
    }

    /** Partners quote addresses. */
    private static void withoutDetail(JsonNode node) {
        if (node.get("reason") instanceof ObjectNode reason) {
            reason.remove("detail");
        }
    }
}
