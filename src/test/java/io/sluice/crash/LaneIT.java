package io.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import com.fasterxml.jackson.databind.JsonNode;

/** Printers in the middle of a batch, at the patience that a shop has without setting any. */
@ExtendWith(FleetScenarios.class)
class LaneIT {
    private static final int SLIPS = 60;
    private static final int OUTAGE_SECONDS = 25;

    @Test
    void printerDownForLongerThanThePatience_batchGoesOnInSequence_noneMarked(Fleet fleet) {
        fleet.steadyWorkers(2);
        OrderBook orders = fleet.openBook("manual");
        fleet.partners.set("printer", Map.of("latencyMs", 50));
        List<String> listed = orders.post(SLIPS);
        CampaignBatch batch = CampaignBatch.listing(fleet.apiUrl(), listed, "as-listed", "skip");
        orders.await("a third is printed", () -> sheets(fleet, batch).size() >= SLIPS / 3);
        fleet.partners.set("printer", Map.of("down", true));
        orders.await("the printer has been down for long", () -> fleet.database.number("""
                select count(*) from partner
                where name = 'printer' and state <> 'UP' and since < now() - ? * interval '1 second'
                """, OUTAGE_SECONDS) == 1);
        assertThat(sheets(fleet, batch)).as("slips out during the outage").hasSizeLessThan(SLIPS);
        fleet.partners.set("printer", Map.of("down", false));
        orders.await("the batch has ended", batch::ended);

        assertThat(ordersOf(sheets(fleet, batch))).isEqualTo(listed);
        assertThat(batch.items()).noneMatch(item -> item.path("outOfSequence").asBoolean());
        // Four failures in a row tell that it is down; from then on it costs none.
        assertThat(orders.attempts("e.step = 'print-packing-slip' and e.attempt > 4")).as("attempts spent on it")
                .isZero();
        orders.assertAllHandled();
    }

    @Test
    void twoPrinters_eachPrintsInSequence_atTheSameTime(Fleet fleet) {
        fleet.configure(Map.of("SLUICE_PARTNERS_PRINTER_TABLE_2_URL", fleet.partners.url() + "/printers/table-2"));
        fleet.steadyWorkers(2);
        fleet.partners.setAll(Map.of("latencyMs", 50));
        fleet.partners.set("table-2", Map.of("latencyMs", 50));
        OrderBook first = fleet.openBook("manual");
        OrderBook second = fleet.openBook("manual");
        List<String> firstListed = first.post(SLIPS);
        List<String> secondListed = second.post(SLIPS);
        CampaignBatch atTheFirst = CampaignBatch.printedAt(fleet.apiUrl(), "printer", firstListed);
        CampaignBatch atTheSecond = CampaignBatch.printedAt(fleet.apiUrl(), "table-2", secondListed);
        first.await("both batches have ended", () -> atTheFirst.ended() && atTheSecond.ended());

        List<JsonNode> firstSheets = sheets(fleet, atTheFirst);
        List<JsonNode> secondSheets = sheets(fleet, atTheSecond);
        assertThat(ordersOf(firstSheets)).isEqualTo(firstListed);
        assertThat(ordersOf(secondSheets)).isEqualTo(secondListed);
        assertThat(firstSheets).allMatch(sheet -> sheet.path("printer").asText().equals("printer"));
        assertThat(secondSheets).allMatch(sheet -> sheet.path("printer").asText().equals("table-2"));
        assertThat(at(firstSheets.get(0))).isBefore(at(secondSheets.get(SLIPS - 1)));
        assertThat(at(secondSheets.get(0))).as("the first slip at the second printer")
                .isBefore(at(firstSheets.get(SLIPS / 2)));
        assertThat(List.of(atTheFirst.items(), atTheSecond.items()))
                .allSatisfy(items -> assertThat(items).noneMatch(item -> item.path("outOfSequence").asBoolean()));
        List.of(first, second).forEach(OrderBook::assertAllHandled);
    }

    private static List<JsonNode> sheets(Fleet fleet, CampaignBatch batch) {
        return StreamSupport.stream(fleet.partners.sheets().spliterator(), false)
                .filter(sheet -> sheet.path("batchId").asText().equals(batch.id()))
                .toList();
    }

    private static List<String> ordersOf(List<JsonNode> sheets) {
        return sheets.stream().map(sheet -> sheet.path("orderId").asText()).toList();
    }

    private static Instant at(JsonNode sheet) {
        return Instant.parse(sheet.path("at").asText());
    }
}
