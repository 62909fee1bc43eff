package io.sluice.crash;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import io.sluice.crash.OrderStory.MarketplaceNews;
import io.sluice.crash.OrderStory.Parcel;
import io.sluice.testing.Http;

/** Collects what the API, the database and the partners report about the orders of a channel, with few queries. */
final class Evidence {
    private static final String HISTORY = """
            select e.order_id, e.step, e.attempt, e.outcome, e.started_at, e.at, e.actor,
                   nullif(concat_ws(', ', e.reason_code, e.reason_detail), '') as reason
            from event_log e
            where e.outcome is not null and e.channel = ?
            order by e.id
            """;

    private final Fleet fleet;
    private final String channel;

    Evidence(Fleet fleet, String channel) {
        this.fleet = fleet;
        this.channel = channel;
    }

    /** Everything known about these orders. */
    List<OrderStory> about(Collection<String> accepted) {
        Map<String, JsonNode> known = ordersOfTheApi();
        Map<String, List<Attempt>> histories = new HashMap<>();
        fleet.database.query(HISTORY,
                row -> histories.computeIfAbsent(row.getString("order_id"), id -> new ArrayList<>())
                        .add(attempt(row)),
                channel);
        Map<String, List<JsonNode>> shipments = byOrder(fleet.partners.shipments());
        Map<String, List<JsonNode>> sheets = byOrder(fleet.partners.sheets());
        Map<String, List<JsonNode>> news = byOrder(fleet.partners.marketplaceOrders());
        return accepted.stream().map(id -> {
            JsonNode order = known.getOrDefault(id, MissingNode.getInstance());
            return new OrderStory(id, order.path("status").asText(null), order.path("trackingNumber").asText(null),
                    histories.getOrDefault(id, List.of()),
                    each(shipments, id, Evidence::parcel),
                    each(sheets, id, sheet -> time(sheet, "at")),
                    each(news, id, Evidence::news).stream().findFirst().orElse(MarketplaceNews.NONE));
        }).toList();
    }

    private Map<String, JsonNode> ordersOfTheApi() {
        Map<String, JsonNode> orders = new HashMap<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = Http.get("%s/api/orders?limit=200&channel=%s%s".formatted(fleet.apiUrl(), channel,
                    cursor.isEmpty() ? "" : "&cursor=" + cursor)).expect(200).json();
            page.path("items").forEach(order -> orders.put(order.path("id").asText(), order));
            cursor = page.path("nextCursor").asText(null);
        }
        return orders;
    }

    private static Attempt attempt(ResultSet row) throws SQLException {
        return new Attempt(row.getString("step"), row.getInt("attempt"), row.getString("outcome"),
                row.getTimestamp("started_at").toInstant(), row.getTimestamp("at").toInstant(),
                row.getString("reason"), row.getString("actor"));
    }

    private static Parcel parcel(JsonNode shipment) {
        return new Parcel(shipment.path("trackingNumber").asText(), shipment.path("voided").asBoolean(),
                time(shipment, "at"));
    }

    private static MarketplaceNews news(JsonNode news) {
        return new MarketplaceNews(news.path("trackingNumber").asText(null), time(news, "trackingAt"),
                time(news, "shippedAt"));
    }

    private static Instant time(JsonNode from, String field) {
        return from.path(field).isTextual() ? Instant.parse(from.path(field).asText()) : null;
    }

    private static Map<String, List<JsonNode>> byOrder(JsonNode effects) {
        Map<String, List<JsonNode>> byOrder = new HashMap<>();
        effects.forEach(effect -> byOrder
                .computeIfAbsent(effect.path("orderId").asText(), id -> new ArrayList<>())
                .add(effect));
        return byOrder;
    }

    private static <T> List<T> each(Map<String, List<JsonNode>> byOrder, String id, Function<JsonNode, T> reader) {
        return byOrder.getOrDefault(id, List.of()).stream().map(reader).toList();
    }
}
