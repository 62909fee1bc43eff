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

import io.sluice.crash.BatchStory.Delay;
import io.sluice.crash.BatchStory.Item;
import io.sluice.crash.BatchStory.Progress;
import io.sluice.testing.Http;
import io.sluice.testing.SseClient;

/** Gathers what API, event stream, database and partners know about batches that have come to their end. */
final class BatchEvidence {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Fleet fleet;
    private final Collection<String> channels;
    private final Map<String, Membership> memberships = new HashMap<>();

    /**
     * @param channels of the orders that the batches are made of
     */
    BatchEvidence(Fleet fleet, Collection<String> channels) {
        this.fleet = fleet;
        this.channels = channels;
        channels.forEach(this::readMemberships);
    }

    /** In which batches an order was, from when on, and what held it up in each of them. */
    private record Membership(TreeMap<Instant, String> batches, Map<String, Set<Delay>> delaysIn) {
        static final Membership NONE = new Membership(new TreeMap<>(), Map.of());
    }

    private void readMemberships(String channel) {
        fleet.database.query("""
                select order_id, batch_id, status, step, reason_code, http_status, at from event_log
                where kind = 'order' and channel = ? and batch_id is not null order by id
                """, row -> {
            Membership membership = memberships.computeIfAbsent(row.getString("order_id"),
                    id -> new Membership(new TreeMap<>(), new HashMap<>()));
            Instant at = row.getTimestamp("at").toInstant();
            if (row.getString("status").equals("QUEUED")) {
                membership.batches().put(at, row.getString("batch_id"));
            }
            if (List.of("DELAYED", "FAILED").contains(row.getString("status"))) {
                membership.delaysIn()
                        .computeIfAbsent(row.getString("batch_id"), id -> new HashSet<>())
                        .add(new Delay(row.getString("status"), row.getString("step"), row.getString("reason_code"),
                                row.getObject("http_status", Integer.class)));
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
            // The check says what they tell instead.
        }
        JsonNode now = batch.now();
        Set<String> rejected = new HashSet<>(now.path("rejected").findValuesAsText("orderId"));
        return new BatchStory(batch.id(), now.path("printOrder").asText(), batch.asked(), rejected,
                items(batch.id()), batch.retries(), restarts(batch.id()), progress(now), List.copyOf(told));
    }

    /**
     * Has the database note from now on what no event tells exactly: when a batch that had ended before its time runs
     * again, who holds each lane, and when a cursor goes past an order. What happens at a lane is numbered along with
     * the events, while the lane's row is locked.
     */
    static void watch(Database database) {
        database.execute(
                """
                        create table if not exists batch_restart (batch_id uuid, at timestamptz);
                        create or replace function note_batch_restart() returns trigger language plpgsql security definer as $$
                        begin insert into batch_restart values (new.id, clock_timestamp()); return new; end $$;
                        create or replace trigger batch_restart after update on batch for each row
                        when (old.status in ('STOPPED', 'ABORTED') and new.status = 'RUNNING')
                        execute function note_batch_restart();
                        create table if not exists lane_history
                            (id bigint default nextval(pg_get_serial_sequence('event_log', 'id')), kind text, lane text,
                             batch_id uuid, worker text, xid bigint default pg_current_xact_id()::text::bigint + log_shift());
                        create or replace function note_lane_holder() returns trigger language plpgsql security definer as $$
                        begin
                            insert into lane_history (kind, lane, worker) values ('HELD', new.name, new.holder);
                            return new;
                        end $$;
                        create or replace trigger lane_holder after update on lane for each row
                        when (old.holder is distinct from new.holder
                            or old.fence <> new.fence) execute function note_lane_holder();
                        create or replace function note_cursor() returns trigger language plpgsql security definer as $$
                        begin
                            insert into lane_history (kind, lane, batch_id) values ('MOVED', new.lane, new.batch_id);
                            return new;
                        end $$;
                        create or replace trigger cursor_moved after update on batch_lane for each row
                        when (old.last_rank is distinct from new.last_rank) execute function note_cursor()
                        """);
    }

    /** What happened at the lanes, in its sequence; of attempts and cursors, those of the orders in these channels. */
    List<LaneEvent> lanes() {
        // Of an attempt that was lost with its worker, the next holder tells; in the name of the one who was lost.
        return fleet.database.query("""
                with attempt as (
                    select e.id, e.xid, c.lane, e.batch_id, e.actor, e.outcome, e.order_id, e.version
                    from event_log e
                         join batch_item i on i.batch_id = e.batch_id and i.position = e.position
                         join batch_lane c on c.batch_id = e.batch_id and c.lane in (e.step, e.step || '/' || i.printer)
                    where e.channel = any(string_to_array(?, ',')) and e.outcome is not null
                      and e.reason_code is distinct from 'worker-lost'
                )
                select id, 'WROTE' as kind, lane, batch_id, actor as worker,
                       concat_ws(' ', outcome, 'of order', order_id, 'version', version) as what
                from attempt
                union all
                select h.id, h.kind, h.lane, h.batch_id,
                       case h.kind when 'HELD' then h.worker else
                           (select a.actor from attempt a where a.xid = h.xid and a.lane = h.lane limit 1) end, 'cursor'
                from lane_history h
                where h.kind = 'HELD' or h.batch_id in (select batch_id from attempt)
                order by id
                """, row -> new LaneEvent(row.getLong("id"), row.getString("lane"),
                LaneEvent.Kind.valueOf(row.getString("kind")), row.getString("batch_id"), row.getString("worker"),
                row.getString("what")), String.join(",", channels));
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
                        memberships.getOrDefault(order, Membership.NONE).delaysIn().getOrDefault(batch, Set.of()),
                        inside.contains(order)));
            }
            cursor = page.path("nextCursor").asText(null);
        }
        return items;
    }

    /**
     * By step, what the partners did for the orders, in the sequence in which they did it.
     *
     * @param frozen workers that were frozen. A request that one of them was just writing arrives when it wakes up: it
     *               does not count as repeated
     */
    Map<String, List<Effect>> effects(Set<String> frozen) {
        Map<String, List<Effect>> effects = new HashMap<>();
        Map<String, Integer> repeats = fleet.partners.repeats();
        callsOf(frozen).forEach(call -> repeats.computeIfPresent(call, (key, count) -> count - 1));
        fleet.partners.sheets().forEach(sheet -> add(effects, "print-packing-slip", sheet, "at", repeats));
        fleet.partners.shipments().forEach(shipment -> add(effects, "create-shipment", shipment, "at", repeats));
        for (JsonNode news : fleet.partners.marketplaceOrders()) {
            add(effects, "send-tracking", news, "trackingAt", repeats);
            add(effects, "mark-shipped", news, "shippedAt", repeats);
        }
        // The marketplace lists orders, not what was done one after the other.
        effects.values().forEach(done -> done.sort((a, b) -> a.at().compareTo(b.at())));
        return effects;
    }

    /** The calls in the middle of which these workers lost their orders. */
    private Set<String> callsOf(Set<String> workers) {
        return new HashSet<>(fleet.database.query("""
                select order_id || ':' || step from event_log where reason_code = 'worker-lost' and actor = any(?)
                """, row -> row.getString(1), (Object) workers.toArray(String[]::new)));
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
