package io.sluice.description;

import static io.restassured.RestAssured.given;
import static io.sluice.testing.Api.order;
import static io.sluice.testing.Api.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.sluice.testing.Api;
import io.sluice.testing.ChildProcess;
import io.sluice.testing.Partners;
import io.sluice.testing.Program;
import io.sluice.testing.SluiceServices;

/** The examples of the documentation do what it says, in every language. {@link SseClientsTest} has those of streams. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class ExamplesTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TestHTTPResource("/")
    URI base;

    @BeforeEach
    void wellBehaved() {
        Partners.wellBehaved();
    }

    private String run(Language language, Path folder, String example, String... arguments) {
        return Program.run(folder, "", language.command(folder, base.getPort(), example, arguments)).expectSuccess();
    }

    private static JsonPath found(String externalId) {
        return given().queryParam("q", externalId).get("/api/orders").then().statusCode(200).extract().jsonPath();
    }

    @ParameterizedTest
    @EnumSource
    void submit_waitsForTheEnd_andMakesOneOrder(Language language) {
        String number = "S" + UUID.randomUUID();
        Path folder = language.folder();
        String first = run(language, folder, "submit", number);
        String again = run(language, folder, "submit", number);
        JsonPath orders = found(number);
        assertThat(orders.getList("items")).hasSize(1);
        assertThat(first.strip()).isEqualTo(orders.getString("items[0].id") + " HANDLED").isEqualTo(again.strip());
    }

    @ParameterizedTest
    @EnumSource
    void catchUp_readsEveryPage_andThenWhatIsNew(Language language) {
        String since = Instant.now().toString();
        Path folder = language.folder();
        List<String> orders = given().contentType("application/json")
                .body("{\"count\": 250}")
                .post("/api/demo/orders")
                .jsonPath()
                .getList("orderIds");
        List<String> seen = new ArrayList<>();
        until(() -> {
            run(language, folder, "catch-up", since).lines().map(line -> line.split(" ")[0]).forEach(seen::add);
            assertThat(seen).containsAll(orders);
        });
        String latest = Api.post(order().manual());
        until(() -> {
            String news = run(language, folder, "catch-up", since);
            assertThat(news).contains(latest + " RECEIVED").doesNotContain(orders);
        });
        assertThat(run(language, folder, "catch-up", since)).doesNotContain(latest);
        assertThat(seen).filteredOn(orders::contains).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void bulk_answersEachLine(Language language) throws IOException {
        String good = "B" + UUID.randomUUID();
        Path folder = language.folder();
        Files.writeString(folder.resolve("orders.ndjson"), Stream.of(order().manual().externalId(good),
                order().manual().with("currency", "nonsense"), order().manual().externalId(good))
                .map(request -> request.json() + "\n")
                .reduce("", String::concat));
        List<String> answers = run(language, folder, "bulk", "orders.ndjson").lines().toList();
        assertThat(found(good).getList("items")).hasSize(1);
        assertThat(answers).hasSize(3);
        assertThat(answers.get(0)).contains("202", found(good).getString("items[0].id"));
        assertThat(answers.get(1)).contains("422");
        assertThat(answers.get(2)).contains("200", found(good).getString("items[0].id"));
    }

    @ParameterizedTest
    @EnumSource
    void correct_changesTheOrder(Language language) {
        String id = Api.post(order().manual());
        assertThat(run(language, language.folder(), "correct", id, "SW1Y 4LE")).contains(id, "SW1Y 4LE");
        Api.get(id).body("shipTo.postalCode", is("SW1Y 4LE"));
        Path folder = language.folder();
        Program.Result refused = Program.run(folder, "",
                language.command(folder, base.getPort(), "correct", id, "x".repeat(21)));
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.output()).contains("urn:sluice:problem:invalid");
    }

    @ParameterizedTest
    @EnumSource(names = "CURL", mode = EnumSource.Mode.EXCLUDE)
    void receive_takesSignedMessagesOnly(Language language) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String url = "http://127.0.0.1:" + port + "/hooks/sluice";
        String channel = UUID.randomUUID().toString();
        JsonPath webhook = given().contentType("application/json")
                .body(Map.of("url", url, "channel", channel))
                .post("/api/webhooks")
                .jsonPath();
        Path folder = language.folder();
        ProcessBuilder program = new ProcessBuilder(
                language.command(folder, base.getPort(), "receive", Integer.toString(port))).directory(folder.toFile());
        program.environment().put("SLUICE_WEBHOOK_SECRET", webhook.getString("secret"));
        try (ChildProcess receiver = ChildProcess.start("receive", program)) {
            await().atMost(PATIENCE).ignoreExceptions().until(() -> given().body("{}").post(url).statusCode() == 400);
            given().header("webhook-id", "1-1")
                    .header("webhook-timestamp", Instant.now().getEpochSecond())
                    .header("webhook-signature", "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=")
                    .body("{\"type\": \"order.handled\", \"data\": {}}")
                    .post(url)
                    .then()
                    .statusCode(400);
            String order = Api.post(order().channel(channel).manual());
            receiver.await(PATIENCE, line -> line.contains(order) ? Optional.of(line) : Optional.empty());
            assertThat(receiver.said()).contains("order.received").doesNotContain("order.handled");
            until(() -> given().get("/api/webhooks/" + webhook.getString("id") + "/deliveries")
                    .then()
                    .body("items.status", is(List.of("DELIVERED"))));
        } finally {
            given().delete("/api/webhooks/" + webhook.getString("id"));
        }
    }

    /** A reader copies what is listed, and each language is complete. */
    @Test
    void page_listsEveryExample() throws IOException {
        String page = Files.readString(Path.of("docs", "api.md"));
        try (Stream<Path> files = Files.list(Language.EXAMPLES)) {
            assertThat(files).isNotEmpty()
                    .allSatisfy(file -> assertThat(page).contains("(examples/" + file.getFileName() + ")"));
        }
        for (String example : List.of("submit", "catch-up", "follow", "bulk", "correct")) {
            for (Language language : Language.values()) {
                assertThat(Language.EXAMPLES.resolve(language.fileName(example))).exists();
            }
        }
        assertThat(Pattern.compile("\\(examples/([^)]+)\\)").matcher(page).results().map(link -> link.group(1)))
                .allSatisfy(name -> assertThat(Language.EXAMPLES.resolve(name)).exists());
    }
}
