package io.sluice.person;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;

import org.jboss.resteasy.reactive.RestMulti;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sluice.audit.Requester;
import io.sluice.order.Email;
import io.sluice.store.OrderHistory;
import io.sluice.store.OrderView;
import io.sluice.store.Orders;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Everything that the database has of a person, as one JSON document. It is read and sent page by page. */
@ApplicationScoped
public class PersonExport {
    private final PersonOrders found;
    private final PersonTable table;
    private final Orders orders;
    private final ObjectMapper json;

    PersonExport(PersonOrders found, PersonTable table, Orders orders, ObjectMapper json) {
        this.found = found;
        this.table = table;
        this.orders = orders;
        this.json = json;
    }

    private record ExportedOrder(OrderView order, OrderHistory history) {}

    /** The document as the answer to a request. */
    public Multi<byte[]> download(Email email, Requester by) {
        return RestMulti.fromMultiData(table.recordExport(by).onItem().transformToMulti(done -> document(email)))
                // It is one document already.
                .encodeAsJsonArray(false)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"personal-data.json\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private Multi<byte[]> document(Email email) {
        return Multi.createBy()
                .concatenating()
                .streams(text("{\"email\":" + write(email.normal()) + ",\"orders\":["),
                        items((String cursor) -> orders(email, cursor)),
                        text("],\"fetchedOrders\":["),
                        items((Long after) -> fetched(email, after)),
                        text("]}"));
    }

    /** @param next where the next page begins; null if this is the last */
    private record Page<C>(List<Object> items, C next) {}

    private Uni<Page<String>> orders(Email email, String cursor) {
        return found.page(email, cursor)
                .chain(page -> histories(page.orders()).map(histories -> new Page<>(page.orders()
                        .stream()
                        .<Object>map(order -> new ExportedOrder(order, histories.get(order.id())))
                        .toList(), page.next())));
    }

    private Uni<Page<Long>> fetched(Email email, Long after) {
        return table.fetched(email, after == null ? 0 : after)
                .map(page -> new Page<>(List.copyOf(page.found()), page.last()));
    }

    private Uni<Map<UUID, OrderHistory>> histories(List<OrderView> page) {
        return orders.histories(page.stream().map(OrderView::id).toList());
    }

    /** The items of all pages, separated by commas. */
    private <C> Multi<byte[]> items(Function<C, Uni<Page<C>>> read) {
        AtomicBoolean first = new AtomicBoolean(true);
        return Multi.createBy()
                .repeating()
                .<AtomicReference<C>, Page<C>>uni(AtomicReference::new,
                        next -> read.apply(next.get()).invoke(page -> next.set(page.next())))
                .whilst(page -> page.next() != null)
                .onItem()
                .transformToIterable(Page::items)
                .map(item -> ((first.getAndSet(false) ? "" : ",") + write(item)).getBytes(UTF_8));
    }

    private static Multi<byte[]> text(String text) {
        return Multi.createFrom().item(text.getBytes(UTF_8));
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
