package io.sluice.crash;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.crash.BatchStory.Item;
import io.sluice.crash.BatchStory.Progress;
import io.sluice.testing.Http;
import io.sluice.testing.SseClient;

/** Collects what the API, the event stream, the database and the partners report about finished batches. */
final class BatchEvidence {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Fleet fleet;
    private final Map<String, Membership> memberships = new HashMap<>();

    /** @param channels the channels of the orders */
    BatchEvidence(Fleet fleet, Collection<String> channels) {
        this.fleet = fleet;
        channels.forEach(this::readMemberships);
    }

    /** The batches of an order by the time it joined, and the batches in which it was held up. */
    private record Membership(TreeMap<Instant, String> batches, Set<String> heldUpIn) {
        static final Membership NONE = new Membership(new TreeMap<>(), Set.of());
    }

    private void readMemberships(String channel) {
        fleet.database.query("""
                select order_id, batch_id, status, at from event_log
                where kind = 'order' and channel = ? and batch_id is not null order by id
                """, row -> {
            Membership membership = memberships.computeIfAbsent(row.getString("order_id"),
                    id -> new Membership(new TreeMap<>(), new HashSet<>()));
            Instant at = row.getTimestamp("at").toInstant();
            if (row.getString("status").equals("QUEUED")) {
                membership.batches().put(at, row.getString("batch_id"));
            }
            if (List.of("DELAYED", "FAILED").contains(row.getString("status"))) {
                membership.heldUpIn().add(row.getString("batch_id"));
            }
            return membership;
        }, channel);
    }

    BatchStory about(CampaignBatch batch) {
        List<Progress> told = new ArrayList<>();
        try (SseClient events = SseClient.resume(fleet.apiUrl() + "/api/events?batch=" + batch.id(), "0-0")) {
            Awaitility.await().atMost(PATIENCE).until(() -> {
                told.clear();
                events.events()
                        .stream()
                        .filter(event -> event.type().equals("batch"))
                        .forEach(event -> told.add(progress(event.data())));
                return !told.isEmpty() && told.get(told.size() - 1).equals(progress(batch.now()));
            });
        } catch (ConditionTimeoutException never) {
            // The check reports the events received so far.
        }
        JsonNode now = batch.now();
        Set<String> rejected = new HashSet<>(now.path("rejected").findValuesAsText("orderId"));
        return new BatchStory(batch.id(), now.path("printOrder").asText(), batch.asked(), rejected,
                items(batch.id()), batch.retries(), restarts(batch.id()), progress(now), List.copyOf(told));
    }

    /** Installs a trigger that records when a finished batch runs again: no event contains the exact time. */
    static void watch(Database database) {
        database.execute("""
                create table if not exists batch_restart (batch_id uuid, at timestamptz);
                create or replace function note_batch_restart() returns trigger language plpgsql as $$
                begin insert into batch_restart values (new.id, clock_timestamp()); return new; end $$;
                create or replace trigger batch_restart after update on batch for each row
                when (old.status in ('STOPPED', 'ABORTED') and new.status = 'RUNNING')
                execute function note_batch_restart()
                """);
    }

    private List<Instant> restarts(String batch) {
        return fleet.database.query("select at from batch_restart where batch_id = ?::uuid order by at",
                row -> row.getTimestamp("at").toInstant(), batch);
    }

    private static Progress progress(JsonNode batch) {
        Map<String, Integer> counts = new HashMap<>();
        batch.path("counts").fields().forEachRemaining(count -> counts.put(count.getKey(), count.getValue().asInt()));
        return new Progress(batch.path("status").asText(), counts);
    }

    private List<Item> items(String batch) {
        Set<String> inside = new HashSet<>(fleet.database.query(
                "select order_id from order_state where batch_id = ?::uuid", row -> row.getString(1), batch));
        List<Item> items = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = Http.get("%s/api/batches/%s/items?limit=200%s".formatted(fleet.apiUrl(), batch,
                    cursor.isEmpty() ? "" : "&cursor=" + cursor)).expect(200).json();
            for (JsonNode item : page.path("items")) {
                String order = item.path("orderId").asText();
                items.add(new Item(item.path("position").asInt(), order, item.path("status").asText(),
                        item.path("reason").path("code").asText(null), item.path("outOfSequence").asBoolean(),
                        memberships.getOrDefault(order, Membership.NONE).heldUpIn().contains(batch),
                        inside.contains(order)));
            }
            cursor = page.path("nextCursor").asText(null);
        }
        return items;
    }

    /** The effects at the partners by step, in sequence. */
    Map<String, List<Effect>> effects() {
        Map<String, List<Effect>> effects = new HashMap<>();
        Map<String, Integer> repeats = fleet.partners.repeats();
        fleet.partners.sheets().forEach(sheet -> add(effects, "print-packing-slip", sheet, "at", repeats));
        fleet.partners.shipments().forEach(shipment -> add(effects, "create-shipment", shipment, "at", repeats));
        for (JsonNode news : fleet.partners.marketplaceOrders()) {
            add(effects, "send-tracking", news, "trackingAt", repeats);
            add(effects, "mark-shipped", news, "shippedAt", repeats);
        }
        // The marketplace lists orders, not effects in sequence.
        effects.values().forEach(done -> done.sort((a, b) -> a.at().compareTo(b.at())));
        return effects;
    }

    private void add(Map<String, List<Effect>> effects, String step, JsonNode effect, String time,
            Map<String, Integer> repeats) {
        String order = effect.path("orderId").asText();
        if (effect.path(time).isTextual() && memberships.containsKey(order)) {
            Instant at = Instant.parse(effect.path(time).asText());
            String batch = effect.path("batchId").asText(memberships.get(order).batches().floorEntry(at).getValue());
            effects.computeIfAbsent(step, any -> new ArrayList<>())
                    .add(new Effect(order, batch, effect.path("outOfSequence").asBoolean(), at,
                            repeats.getOrDefault(order + ":" + step, 0)));
        }
    }
}
