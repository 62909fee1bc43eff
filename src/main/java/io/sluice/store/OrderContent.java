package io.sluice.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.sluice.order.Address;
import io.sluice.order.Correction;
import io.sluice.order.Customer;
import io.sluice.order.Money;
import io.sluice.order.OrderDraft;

/** What the {@code orders.content} column keeps as JSON: the parts of an order that no query asks for. */
public record OrderContent(String email, Address shipTo, List<OrderView.LineView> lines,
        List<OrderView.AdjustmentView> adjustments, String shipBy, String note, SortedMap<String, String> metadata) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();
    private static final ObjectWriter WRITER = MAPPER.writerFor(OrderContent.class);
    private static final ObjectReader READER = MAPPER.readerFor(OrderContent.class);

    /** Content of lines only. */
    public OrderContent(String email, Address shipTo, List<OrderView.LineView> lines) {
        this(email, shipTo, lines, null, null, null, null);
    }

    /** The content of {@code draft}, prices at the currency's scale. */
    public static OrderContent of(OrderDraft draft) {
        return new OrderContent(draft.customer().email(), draft.shipTo(),
                draft.lines()
                        .stream()
                        .map(line -> new OrderView.LineView(line.sku(), line.title(), line.quantity(),
                                amount(draft, line.unitPrice())))
                        .toList(),
                draft.adjustments().isEmpty()
                        ? null
                        : draft.adjustments()
                                .stream()
                                .map(one -> new OrderView.AdjustmentView(one.label(), amount(draft, one.amount())))
                                .toList(),
                draft.shipBy() == null ? null : draft.shipBy().toString(), draft.note(), draft.metadata());
    }

    private static String amount(OrderDraft draft, BigDecimal amount) {
        return Money.at(draft.currency(), amount).toPlainString();
    }

    /** The same content with what a person has corrected. */
    public OrderContent corrected(Correction to) {
        return new OrderContent(to.customer().email(), to.shipTo(), lines, adjustments,
                to.shipBy() == null ? null : to.shipBy().toString(), to.note(), to.metadata());
    }

    /** What of this may be corrected. */
    public Correction correctable(String customerName) {
        return new Correction(customer(customerName), shipTo, deadline(), note, metadata);
    }

    /** {@link #shipBy} as a time; null if there is none. */
    Instant deadline() {
        return shipBy == null ? null : Instant.parse(shipBy);
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
