package io.sluice.person;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.restassured.response.Response;
import io.sluice.embedded.EmbeddedServices;
import io.sluice.testing.AmqpQueue;
import io.sluice.testing.Api;
import io.sluice.testing.OrderRequest;
import io.sluice.testing.OtlpReceiver;
import io.sluice.testing.SluiceProcess;
import io.sluice.testing.Tap;
import io.sluice.testing.WebhookReceiver;

/**
 * An order with a person in it takes every path that goes wrong. Nothing of the person is in a log, a metric, a span, a
 * URL that Sluice calls, or a message on the broker.
 */
class PersonalDataIT {
    private static final List<String> WORDS = List.of("zqxjname", "zqxjcompany", "zqxjstreet", "zqxjcity", "zqxjphone",
            "zqxjmail", "zqxjnote", "zqxjvalue");
    private static final String QUEUE = "sluice.work";

    @TempDir
    Path folder;

    private final OtlpReceiver spans = new OtlpReceiver();
    private final WebhookReceiver webhook = new WebhookReceiver();
    private final QuotingCarrier carrier = new QuotingCarrier();
    /** What must not name the person, by where it is from. */
    private final Map<String, List<String>> told = new HashMap<>();

    @AfterEach
    void close() {
        spans.close();
        webhook.close();
        carrier.close();
    }

    private static OrderRequest order() {
        return Api.order()
                .with("customer", Map.of("name", "zqxjname", "email", "zqxjmail@example.org"))
                .with("shipTo", Map.of("name", "zqxjname", "company", "zqxjcompany", "street", "1 zqxjstreet", "city",
                        "zqxjcity", "postalCode", "SW1Y 4JH", "country", "GB", "phone", "zqxjphone"))
                .with("note", "zqxjnote")
                .with("metadata", Map.of("login", "zqxjvalue"));
    }

    @Test
    void nothingButBodiesAndTheDatabase_namesThePerson() throws Exception {
        try (EmbeddedServices services = EmbeddedServices.startOrJoin(folder.resolve("services"), line -> {
        }, line -> {
        }); Tap database = new Tap(URI.create(services.databaseUrl()).getPort())) {
            services.announce(Optional.empty());
            try (SluiceProcess api = start("api", "json", services, database).awaitReady()) {
                addWebhook(api);
                String id = Api.post(api.url(), order());
                passOn(services.brokerPort());
                refused(api.url());
                AmqpQueue.send(services.brokerPort(), QUEUE, order().json());
                try (SluiceProcess worker = start("worker", "text", services, database).awaitReady()) {
                    awaitStatus(api, id, "FAILED");
                    assertThat(read(api, id).asString()).contains("422: {", "zqxjstreet");
                    databaseIsDown(api, database);
                    correctAndRetry(api, id);
                    awaitStatus(api, id, "HANDLED");
                    exportAndErase(api, id);
                    Api.until(() -> assertThat(worker.output()).anyMatch(line -> line.contains("Dropped a message")));
                    told.put("metrics of the api", new ArrayList<>(metrics(api)));
                    told.put("metrics of the worker", new ArrayList<>(metrics(worker)));
                    worker.terminate();
                    told.put("log of the worker", new ArrayList<>(worker.output()));
                }
                api.terminate();
                told.put("log of the api", new ArrayList<>(api.output()));
            }
        }
        told.put("spans", new ArrayList<>(spans.spans().stream().map(Object::toString).toList()));
        told.put("URLs of partners", new ArrayList<>(carrier.urls()));
        told.put("URLs of webhooks",
                new ArrayList<>(webhook.messages().stream().map(WebhookReceiver.Message::path).toList()));
        assertThat(told.values()).noneMatch(List::isEmpty);
        told.values().forEach(texts -> texts.removeIf(text -> !namesThePerson(text)));
        assertThat(told.values()).as("%s", told).allMatch(List::isEmpty);
    }

    private static boolean namesThePerson(String text) {
        return WORDS.stream().anyMatch(text.toLowerCase(Locale.ROOT)::contains);
    }

    private SluiceProcess start(String role, String format, EmbeddedServices services, Tap database) {
        String url = services.databaseUrl()
                .replace(":" + URI.create(services.databaseUrl()).getPort(), ":" + database.port());
        Map<String, String> environment = new HashMap<>(Map.of("SLUICE_ROLE", role,
                "QUARKUS_DATASOURCE_REACTIVE_URL", url,
                "QUARKUS_DATASOURCE_USERNAME", services.databaseUser(),
                "AMQP_HOST", "127.0.0.1", "AMQP_PORT", Integer.toString(services.brokerPort()),
                "SLUICE_TRACING_ENDPOINT", spans.url(),
                "SLUICE_PARTNERS_CARRIER_URL", carrier.url(),
                "SLUICE_SIMULATOR_ENABLED", Boolean.toString(role.equals("worker")),
                "SLUICE_LOG_FORMAT", format,
                "QUARKUS_LOG_LEVEL", "DEBUG"));
        environment.putAll(Map.of("SLUICE_WEBHOOKS_ALLOW_PRIVATE_ADDRESSES", "true",
                "SLUICE_WEBHOOKS_RETRY_DELAYS", "100ms", "QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "100ms"));
        return SluiceProcess.start(folder, environment);
    }

    private void addWebhook(SluiceProcess api) {
        webhook.answers(500);
        given().contentType("application/json")
                .body(Map.of("url", webhook.url()))
                .post(api.url() + "/api/webhooks")
                .then()
                .statusCode(201);
    }

    /** Takes the messages of the queue, and puts them back. */
    private void passOn(int broker) throws Exception {
        List<String> messages = new ArrayList<>();
        while (messages.isEmpty()) {
            messages.addAll(AmqpQueue.drain(broker, QUEUE));
        }
        told.put("messages on the broker", new ArrayList<>(messages));
        for (String message : messages) {
            AmqpQueue.send(broker, QUEUE, message);
        }
    }

    /** Orders that are refused in every way, and a search. */
    private static void refused(String api) {
        String order = order().json();
        List.of(order.substring(0, order.length() - 20), order.replace("\"GB\"", "\"zqxjcity\""),
                order.replace("zqxjmail@", "zqxjmail@@"), order.replace("\"webshop\"", "\"zqxjname\\u0000\""),
                order.replace("\"currency\"", "\"zqxjnote\""),
                order.replace("\"quantity\":2", "\"quantity\":\"zqxjnote\""))
                .forEach(body -> assertThat(given().contentType("application/json")
                        .body(body)
                        .post(api + "/api/orders")
                        .statusCode()).isBetween(400, 422));
        OrderRequest twice = order().externalId("twice").manual();
        Api.post(api, twice);
        given().contentType("application/json")
                .body(twice.customer("x").with("note", "zqxjnote 2").json())
                .post(api + "/api/orders");
        assertThat(given().contentType("application/x-ndjson; charset=UTF-8")
                .body((order + "\nzqxjname\n").getBytes(UTF_8))
                .post(api + "/api/orders/bulk")
                .statusCode()).isEqualTo(200);
        given().contentType("text/csv")
                .body("order,name,street\nzqxjname;zqxjstreet\n\"zqxjcity")
                .post(api
                        + "/api/orders/csv");
        given().queryParam("q", "zqxjname").get(api + "/api/orders").then().statusCode(200);
        given().queryParam("q", "zqxjname").get(api + "/").then().statusCode(200);
    }

    private static void databaseIsDown(SluiceProcess api, Tap database) {
        database.shut();
        Api.until(() -> given().contentType("application/json")
                .body(order().json())
                .post(api.url() + "/api/orders")
                .then()
                .statusCode(503));
        database.open();
        Api.until(() -> given().get(api.url() + "/q/health/ready").then().statusCode(200));
    }

    private void correctAndRetry(SluiceProcess api, String id) {
        carrier.satisfied();
        given().contentType("application/merge-patch+json")
                .header("If-Match", "*")
                .body(Map.of("note", "zqxjnote corrected"))
                .patch(api.url() + "/api/orders/" + id)
                .then()
                .statusCode(200);
        given().post(api.url() + "/api/orders/" + id + "/retry").then().statusCode(202);
    }

    private static void exportAndErase(SluiceProcess api, String id) {
        for (String action : List.of("export", "erase")) {
            assertThat(given().contentType("application/json")
                    .body(Map.of("email", "zqxjmail@example.org"))
                    .post(api.url() + "/api/persons/" + action)
                    .then()
                    .statusCode(200)
                    .extract()
                    .asString()).contains(id);
        }
    }

    private static Response read(SluiceProcess api, String id) {
        return given().get(api.url() + "/api/orders/" + id);
    }

    private static void awaitStatus(SluiceProcess api, String id, String status) {
        Api.until(() -> assertThat(read(api, id).<String>path("status")).isEqualTo(status));
    }

    private static List<String> metrics(SluiceProcess process) {
        return given().get(process.url() + "/q/metrics").then().statusCode(200).extract().asString().lines().toList();
    }
}
