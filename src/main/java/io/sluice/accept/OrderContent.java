package io.sluice.accept;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.sluice.order.Address;
import io.sluice.order.Money;
import io.sluice.order.OrderDraft;
import io.sluice.order.OrderLine;

/**
 * The part of an order that never changes and is never searched: stored as one JSON text beside the columns.
 *
 * @param email of the customer, or null
 */
public record OrderContent(String email, Address shipTo, List<OrderLine> lines) {

    private static final JsonFactory JSON = new JsonFactory();

    public OrderContent {
        lines = List.copyOf(lines);
    }

    /** Prices get the scale of the order's currency, so that equal orders give equal text. */
    public static OrderContent of(OrderDraft order) {
        List<OrderLine> lines = new ArrayList<>(order.lines().size());
        for (OrderLine line : order.lines()) {
            BigDecimal price = Money.at(order.currency(), line.unitPrice());
            lines.add(new OrderLine(line.sku(), line.title(), line.quantity(), price));
        }
        return new OrderContent(order.customer().email(), order.shipTo(), lines);
    }

    /** Compact JSON, always with the same fields in the same sequence. */
    public String toJson() {
        var text = new StringWriter(512);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("email", email);
            json.writeObjectFieldStart("shipTo");
            json.writeStringField("name", shipTo.name());
            json.writeStringField("street", shipTo.street());
            json.writeStringField("city", shipTo.city());
            json.writeStringField("postalCode", shipTo.postalCode());
            json.writeStringField("country", shipTo.country());
            json.writeEndObject();
            json.writeArrayFieldStart("lines");
            for (OrderLine line : lines) {
                json.writeStartObject();
                json.writeStringField("sku", line.sku());
                json.writeStringField("title", line.title());
                json.writeNumberField("quantity", line.quantity());
                json.writeStringField("unitPrice", line.unitPrice().toPlainString());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** @throws IllegalArgumentException if {@code text} is not what {@link #toJson} writes */
    public static OrderContent fromJson(String text) {
        try (JsonParser json = JSON.createParser(text)) {
            String email = null;
            Address shipTo = null;
            List<OrderLine> lines = List.of();
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "email" -> email = json.getValueAsString();
                    case "shipTo" -> shipTo = address(json);
                    case "lines" -> lines = lines(json);
                    default ->
                        throw new IllegalArgumentException("unknown field '" + name + "' in stored order content");
                }
            }
            return new OrderContent(email, shipTo, lines);
        } catch (IOException e) {
            throw new IllegalArgumentException("stored order content is not JSON", e);
        }
    }

    private static Address address(JsonParser json) throws IOException {
        String name = null;
        String street = null;
        String city = null;
        String postalCode = null;
        String country = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            String value = json.nextTextValue();
            switch (field) {
                case "name" -> name = value;
                case "street" -> street = value;
                case "city" -> city = value;
                case "postalCode" -> postalCode = value;
                case "country" -> country = value;
                default -> throw new IllegalArgumentException("unknown field '" + field + "' in stored address");
            }
        }
        return new Address(name, street, city, postalCode, country);
    }

    private static List<OrderLine> lines(JsonParser json) throws IOException {
        List<OrderLine> lines = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            lines.add(line(json));
        }
        return lines;
    }

    private static OrderLine line(JsonParser json) throws IOException {
        String sku = null;
        String title = null;
        int quantity = 0;
        BigDecimal unitPrice = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "sku" -> sku = json.getText();
                case "title" -> title = json.getText();
                case "quantity" -> quantity = json.getIntValue();
                case "unitPrice" -> unitPrice = new BigDecimal(json.getText());
                default -> throw new IllegalArgumentException("unknown field '" + field + "' in stored order line");
            }
        }
        return new OrderLine(sku, title, quantity, unitPrice);
    }
}
