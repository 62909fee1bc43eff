package io.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.testing.Http;
import io.sluice.testing.Installation;
import io.sluice.testing.Ports;
import io.sluice.testing.SluiceProcess;
import io.sluice.testing.WebhookReceiver;

/** Tables are migrated by a job of its own, while processes run whose role may not change them. */
@ExtendWith(FleetScenarios.class)
class UpgradeIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PERMISSION_DENIED = "42501";
    /** The next version adds a column to every table. Each is locked by itself. */
    private static final String EXPAND = """
            do $$
            declare
                changed regclass;
            begin
                for changed in select c.oid from pg_class c where c.relkind = 'r' and c.relowner = current_user::regrole
                               and c.relnamespace = current_schema::regnamespace and relname <> 'flyway_schema_history'
                loop
                    execute format('alter table %s add column of_the_next_version text', changed);
                    commit;
                end loop;
            end $$;
            create index concurrently of_the_next_version on order_state (of_the_next_version);
            """;
    /** The version after that takes something away that the first one may use. */
    private static final String CONTRACT = "update schema_compatibility set oldest_compatible = 2;";

    @TempDir
    Path folder;

    @Test
    void withoutTables_notReadyUntilTheyAreMade_thenTheServiceMayUseThemOnly(Fleet fleet) throws Exception {
        fleet.database.useNew("empty");
        int port = Ports.free();
        String url = "http://127.0.0.1:" + port;
        SluiceProcess api = fleet.launchApi(port, fleet.database.port(), fleet.broker.port());
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> Http.get(url + "/q/health/ready").expect(503).body().contains("has no tables yet"));
        Http.get(url + "/q/health/live").expect(200);
        Http.Answer refused = Http.post(url + "/api/orders", "{}").expect(503);
        assertThat(refused.contentType()).isEqualTo("application/problem+json");
        assertThat(refused.retryAfter()).isPresent();

        assertThat(fleet.migrate(Installation.in(folder.resolve("this")))).isZero();
        api.awaitReady();
        fleet.openBook().accept(url, "first").expect(202);
        assertThat(List.of("create table x ()", "alter table orders add column x text", "drop table outbox",
                "create or replace function log_shift() returns bigint language sql as 'select 1::bigint'",
                "update schema_compatibility set oldest_compatible = 0", "delete from flyway_schema_history"))
                .allSatisfy(change -> assertThat(fleet.database.refusal(change)).as(change)
                        .isEqualTo(PERMISSION_DENIED));
    }

    @Test
    void twoVersionsSideBySide_thenTheOldOneIsTooOld(Fleet fleet) throws Exception {
        fleet.database.useNew("upgrade");
        assertThat(fleet.migrate(Installation.in(folder.resolve("this")))).isZero();
        fleet.configure(Map.of("QUARKUS_DATASOURCE_REACTIVE_URL", fleet.database.url(fleet.database.port())));
        Installation next = version("next", Map.of("V2__expand.sql", EXPAND, "V2__expand.sql.conf",
                "executeInTransaction=false"));
        OrderBook orders = fleet.openBook();
        try (WebhookReceiver endpoint = new WebhookReceiver()) {
            Http.post(fleet.apiUrl() + "/api/webhooks", "{\"url\": \"%s\"}".formatted(endpoint.url())).expect(201);
            List<SluiceProcess> workers = fleet.steadyWorkers(2);
            try (Load load = new Load(orders, fleet.apiUrl())) {
                load.awaitMore(50);
                assertCanRead(fleet.apiUrl());
                SluiceProcess newWorker = fleet.launchWorker("next", next);
                orders.await("the next version waits", () -> newWorker.output()
                        .stream()
                        .anyMatch(line -> line
                                .contains("the tables have schema version 1, and this version of Sluice needs 2")));
                assertThat(fleet.migrate(next)).isZero();
                load.awaitMore(50);
                assertCanRead(fleet.apiUrl());
                workers.get(0).kill();
                fleet.steadyWorkers(2);
                newWorker.awaitReady();
                load.awaitMore(50);
                assertThat(load.refusals()).isEmpty();
                assertThat(load.unanswered()).isZero();
                assertThat(List.of(workers.get(0), workers.get(1), fleet.api())).allSatisfy(process -> assertThat(
                        process.output()).as("statements that do not name their columns")
                        .noneMatch(line -> line.contains("cached plan")));
                fleet.killApi();
                fleet.startApi();
                load.awaitMore(50);
            }
            orders.assertAllHandled();
            assertThat(orders.attempts("actor = 'next'")).isPositive();
            orders.await("all events are delivered", () -> fleet.database.number("""
                    select count(*) from webhook_delivery where state <> 'DELIVERED'
                    """) == 0);
        }

        assertThat(fleet.migrate(version("contracting", Map.of("V2__expand.sql", EXPAND, "V2__expand.sql.conf",
                "executeInTransaction=false", "V3__contract.sql", CONTRACT)))).isZero();
        for (SluiceProcess tooOld : List.of(fleet.launchWorker("too-old", Map.of()),
                fleet.launchWorker("too-old-owner", Map.of("SLUICE_DATABASE_MIGRATE", "true",
                        "QUARKUS_DATASOURCE_USERNAME", Database.owner())))) {
            assertThat(tooOld.awaitEnd()).isEqualTo(1);
            assertThat(tooOld.output()).filteredOn(line -> line.startsWith("Sluice cannot start"))
                    .containsExactly("Sluice cannot start: this version of Sluice is too old for the tables of the"
                            + " database. It knows schema version 1; tables of version 3 need at least 2. Start the newer"
                            + " version of Sluice, or restore a backup from before its upgrade.");
        }
    }

    private static void assertCanRead(String url) {
        String webhook = Http.get(url + "/api/webhooks").expect(200).json().findPath("id").asText();
        for (String path : List.of("/", "/api/orders", "/api/orders?q=ada", "/api/batches", "/api/partners",
                "/api/workers", "/api/imports", "/api/webhooks/" + webhook,
                "/api/webhooks/" + webhook + "/deliveries")) {
            Http.get(url + path).expect(200);
        }
    }

    private Installation version(String name, Map<String, String> migrations) throws IOException {
        Installation version = Installation.in(folder.resolve(name));
        for (Map.Entry<String, String> migration : migrations.entrySet()) {
            version.withMigration(migration.getKey(), migration.getValue());
        }
        return version;
    }
}
