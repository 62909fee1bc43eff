package io.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.testing.Api;
import io.sluice.testing.Http;
import io.sluice.testing.SluiceProcess;
import io.sluice.testing.SseClient;

/**
 * The database is restored while orders are in flight, to a moment that the partners and the clients have left behind:
 * docs/backup.md. It has forgotten what came after, and they have not.
 */
class RestoreIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int IN_FLIGHT = 8;

    @TempDir
    Path old;

    @TempDir
    Path young;

    @TempDir
    Path partnersFolder;

    private PartnerServices partners;

    @BeforeEach
    void startPartners() {
        partners = new PartnerServices(partnersFolder);
        partners.start();
        partners.setAll(Map.of("latencyMs", 200, "failureRate", 0));
    }

    @AfterEach
    void stopPartners() {
        partners.close();
    }

    /** The transaction ids of the new cluster begin anew. */
    @Test
    void restoredFromADump_intoAYoungerCluster() throws Exception {
        restore(new DumpedDatabase(old, young));
    }

    /** The cluster stays the same, and assigns the same transaction ids a second time. */
    @Test
    void recoveredToAnEarlierTime_fromABaseBackupAndTheLog() throws Exception {
        restore(new RecoveredCluster(old, young));
    }

    private void restore(Backup backup) throws Exception {
        String seenBefore;
        String undoneEvent;
        String undoneOrder;
        List<String> inFlight;
        try (SluiceProcess before = start(old); SseClient client = SseClient.open(before.url() + "/api/events")) {
            backup.begin();
            String handled = Api.post(before.url(), 1, Api.order()).get(0);
            awaitHandled(client, handled);
            seenBefore = client.lastEventId();
            inFlight = Api.post(before.url(), IN_FLIGHT, Api.order());
            Awaitility.await().atMost(PATIENCE).until(() -> partners.shipments().size() >= 4);
            backup.take();
            undoneOrder = Api.post(before.url(), 1, Api.order()).get(0);
            inFlight.forEach(order -> awaitHandled(client, order));
            awaitHandled(client, undoneOrder);
            undoneEvent = client.lastEventId();
        }
        JsonNode shipments = partners.shipments();
        JsonNode sheets = partners.sheets();
        backup.restore();

        try (SluiceProcess after = startRestored();
                SseClient known = SseClient.resume(after.url() + "/api/events", seenBefore);
                SseClient unknown = SseClient.resume(after.url() + "/api/events", undoneEvent)) {
            Awaitility.await().atMost(PATIENCE).until(() -> !unknown.events().isEmpty());
            assertThat(unknown.events().get(0).type()).isEqualTo("resync");
            inFlight.forEach(order -> awaitHandled(known, order));
            assertThat(partners.shipments()).as("none is made a second time").isEqualTo(shipments);
            assertThat(partners.sheets()).isEqualTo(sheets);
            assertThat(partners.repeats()).as("calls for what was done").isEmpty();
            assertThat(Http.get(after.url() + "/api/orders/" + undoneOrder).status()).isEqualTo(404);

            String next = Api.post(after.url(), 1, Api.order()).get(0);
            awaitHandled(known, next);
            awaitHandled(unknown, next);
            List<String> orders = new ArrayList<>(inFlight);
            orders.add(next);
            for (String order : orders) {
                assertThat(versions(known, order)).as("every event once, in order")
                        .isSorted()
                        .doesNotHaveDuplicates()
                        .first()
                        .isEqualTo(1);
            }
            assertThat(known.events()).extracting(SseClient.Event::type).doesNotContain("resync");
            Awaitility.await().atMost(PATIENCE).until(() -> lag(after) == 0);
        }
    }

    /** Soon it has had more transactions than the lost ones: their ids do not lie in the future any more. */
    private SluiceProcess startRestored() throws SQLException {
        SluiceProcess process = start(young);
        try (EmbeddedDatabase database = new EmbeddedDatabase(young)) {
            database.spendTransactionIds(1000);
        }
        return process;
    }

    private SluiceProcess start(Path folder) {
        Map<String, String> settings = new HashMap<>(Map.of("SLUICE_SIMULATOR_ENABLED", "false",
                "SLUICE_HANDLING_CONCURRENCY", "3"));
        PartnerServices.NAMES.forEach(name -> settings
                .put("SLUICE_PARTNERS_%s_URL".formatted(name.toUpperCase(Locale.ROOT)), partners.url() + "/" + name));
        return SluiceProcess.start(folder, settings).awaitReady();
    }

    private static List<Integer> versions(SseClient client, String order) {
        return client.events()
                .stream()
                .filter(event -> order.equals(event.text("orderId")))
                .map(event -> event.data().path("version").asInt())
                .toList();
    }

    private static void awaitHandled(SseClient client, String order) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> client.events()
                        .stream()
                        .anyMatch(event -> order.equals(event.text("orderId"))
                                && "HANDLED".equals(event.text("status"))));
    }

    private static double lag(SluiceProcess process) {
        return Http.get(process.url() + "/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("sluice_event_log_lag_seconds"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }
}
