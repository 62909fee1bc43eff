package io.sluice.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.sluice.order.Address;
import io.sluice.order.Customer;
import io.sluice.order.Money;
import io.sluice.order.OrderDraft;

/** What the {@code orders.content} column keeps as JSON: the parts of an order that no query asks for. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OrderContent(String email, Address shipTo, List<OrderView.LineView> lines) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final ObjectWriter WRITER = MAPPER.writerFor(OrderContent.class);
    private static final ObjectReader READER = MAPPER.readerFor(OrderContent.class);

    /** The content of {@code draft}, prices at the currency's scale. */
    public static OrderContent of(OrderDraft draft) {
        return new OrderContent(draft.customer().email(), draft.shipTo(),
                draft.lines()
                        .stream()
                        .map(line -> new OrderView.LineView(line.sku(), line.title(), line.quantity(),
                                Money.at(draft.currency(), line.unitPrice()).toPlainString()))
                        .toList());
    }

    /** Reads what {@link #toJson()} wrote. */
    public static OrderContent parse(String json) {
        try {
            return READER.readValue(json);
        } catch (IOException broken) {
            throw new UncheckedIOException("The content column holds no order content", broken);
        }
    }

    public String toJson() {
        try {
            return WRITER.writeValueAsString(this);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    Customer customer(String name) {
        return new Customer(name, email);
    }

    List<OrderView.LineView> lineViews() {
        return lines;
    }
}
