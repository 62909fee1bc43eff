package io.sluice.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.sluice.intake.ImportRules.Next;
import io.sluice.intake.ImportRules.Position;
import io.sluice.partner.Fetched;
import io.sluice.partner.ImportSource;
import io.sluice.partner.PartnerBoard;
import io.sluice.partner.PartnerDirectory;
import io.sluice.testing.Api;
import io.sluice.testing.Partners;
import io.sluice.testing.SeveralPartners;
import io.sluice.testing.SluiceServices;
import io.vertx.mutiny.sqlclient.Pool;

/** Orders are fetched from simulated marketplaces: {@code ebay}, whose orders wait for a person, and the default one. */
@QuarkusTest
@TestProfile(SeveralPartners.class)
@QuarkusTestResource(SluiceServices.class)
class ImportTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    ImportTable imports;

    @Inject
    PageStore store;

    @Inject
    PartnerDirectory directory;

    @Inject
    PartnerBoard board;

    @Inject
    Pool pool;

    @AfterEach
    void marketplacesAreBack() {
        Partners.wellBehaved();
        Partners.set("ebay", "{\"down\": false, \"fault\": null, \"faultOnLookups\": false}");
        given().post("/api/partners/ebay/resume").then().statusCode(200);
        pool.query("delete from import_problem").executeAndAwait();
        pool.query("update import set not_before = null").executeAndAwait();
    }

    @Test
    void newOrders_arrive_onceOnly() {
        String first = place("ebay");
        String second = place("ebay");

        importNow("ebay").body("last.created", is(2)).body("last.error", nullValue()).body("last.problems", is(0));
        importNow("ebay").body("last.created", is(0)).body("last.known", is(0));

        for (String number : List.of(first, second)) {
            order(SeveralPartners.CHANNEL, number).body("items.status", contains("RECEIVED"))
                    .body("items.handling", contains("manual"));
        }
    }

    @Test
    void ordersOfAChannelThatIsHandledAtOnce_goStraightOn() {
        String number = place("marketplace");

        importNow("marketplace").body("last.created", is(1));

        String id = id("marketplace", number);
        Api.awaitStatus(id, "HANDLED");
        assertThat(Partners.marketplaceOf(id)).isEqualTo("marketplace");
    }

    @Test
    void severalPages_areOneImport() {
        List<String> numbers = IntStream.range(0, 230).mapToObj(i -> place("ebay")).toList();

        importNow("ebay").body("last.created", is(230)).body("state", is("WAITING"));

        order(SeveralPartners.CHANNEL, numbers.get(229)).body("items.status", contains("RECEIVED"));
    }

    @Test
    void badOrder_isKeptWithItsProblem_andFetchedAgain() {
        String good = place("ebay");
        String bad = number();
        ObjectNode broken = content(bad);
        ((ObjectNode) broken.path("shipTo")).put("country", "Atlantis");
        broken.put("currency", "POUND");
        Partners.place("ebay", broken.toString());

        importNow("ebay").body("last.created", is(1)).body("last.problems", is(1)).body("problems", is(1));
        order(SeveralPartners.CHANNEL, good).body("items.status", contains("RECEIVED"));
        ValidatableResponse kept = problems().body("items.externalId", contains(bad))
                .body("items[0].errors.pointer", contains("/shipTo/country", "/currency"))
                .body("items[0].order.currency", is("POUND"))
                .body("items[0].channel", is(SeveralPartners.CHANNEL))
                .body("items[0].seenAt", notNullValue());
        long id = kept.extract().<Integer>path("items[0].id");

        // Nothing has changed at the marketplace.
        retry(id);
        await().atMost(PATIENCE)
                .untilAsserted(() -> problems().body("items[0].retryAt", nullValue())
                        .body("items[0].errors.pointer", contains("/shipTo/country", "/currency")));

        Partners.place("ebay", content(bad).toString());
        retry(id);
        await().atMost(PATIENCE).untilAsserted(() -> problems().body("items", empty()));
        order(SeveralPartners.CHANNEL, bad).body("items.status", contains("RECEIVED"));
        importNow("ebay").body("last.known", is(1)).body("problems", is(0));
    }

    @Test
    void badOrder_thatIsCorrectedAtTheMarketplace_isSettledByTheNextImport() {
        String number = number();
        Partners.place("ebay", content(number).put("currency", "POUND").toString());
        importNow("ebay").body("problems", is(1));

        Partners.place("ebay", content(number).toString());

        importNow("ebay").body("last.created", is(1)).body("problems", is(0));
    }

    @Test
    void badOrder_thatIsGone_saysSo_andCanBeDismissed() {
        long id = insertProblem("E-unknown");
        retry(id);

        await().atMost(PATIENCE)
                .untilAsserted(() -> problems().body("items[0].errors.detail",
                        contains("The marketplace has no such pending order any more.")));

        given().delete("/api/imports/ebay/problems/" + id).then().statusCode(204);
        problems().body("items", empty());
        given().delete("/api/imports/ebay/problems/" + id).then().statusCode(404);
        given().post("/api/imports/ebay/problems/" + id + "/retry").then().statusCode(404);
    }

    @Test
    void badOrder_thatCannotBeFetchedAgain_saysWhy() {
        long id = insertProblem("E-1");
        Partners.set("ebay", Map.of("fault", "server-error", "faultOnLookups", true));
        retry(id);

        await().atMost(PATIENCE)
                .untilAsserted(() -> problems().body("items[0].errors[0].detail",
                        containsString("It could not be fetched again: "), "items[0].retryAt", nullValue()));
    }

    @Test
    void orderThatChangedAfterItsImport_isShown() {
        String number = place("ebay");
        importNow("ebay");
        ObjectNode changed = content(number);
        ((ObjectNode) changed.path("customer")).put("name", "Ada King");
        Partners.place("ebay", changed.toString());

        importNow("ebay").body("last.problems", is(1));

        problems().body("items[0].errors[0].detail", containsString("has changed this order"))
                .body("items[0].orderId", is(id(SeveralPartners.CHANNEL, number)));
    }

    @Test
    void cancellation_reachesTheOrder() {
        String number = place("ebay");
        importNow("ebay");
        Partners.cancel("ebay", number);

        importNow("ebay").body("last.cancelled", is(1)).body("last.problems", is(0));

        String id = order(SeveralPartners.CHANNEL, number).body("items.status", contains("CANCELLED"))
                .extract()
                .path("items[0].id");
        List<String> actors = new ArrayList<>();
        pool.query("select actor from order_state where order_id = '" + id + "'")
                .executeAndAwait()
                .forEach(row -> actors.add(row.getString(0)));
        assertThat(actors).containsExactly("marketplace ebay");
    }

    /** As a marketplace does that always lists everything. */
    @Test
    void cancellationThatIsListedAgain_isCountedOnce() {
        String number = place("ebay");
        importNow("ebay");
        Partners.cancel("ebay", number);
        importNow("ebay").body("last.cancelled", is(1));
        Partners.cancel("ebay", number);

        importNow("ebay").body("last.cancelled", is(0)).body("last.problems", is(0));
    }

    @Test
    void badOrder_thatIsListedAgain_keepsItsId() {
        String number = number();
        Partners.place("ebay", content(number).put("currency", "POUND").put("channel", "elsewhere").toString());
        importNow("ebay");
        int id = problems().extract().path("items[0].id");
        Partners.place("ebay", content(number).put("currency", "POUND").put("note", "Changed").toString());
        importNow("ebay").body("last.problems", is(1));

        problems().body("items.id", contains(id)).body("items[0].order.note", is("Changed"));
    }

    /** A page may list an order both as it was and as cancelled. */
    @Test
    void orderThatIsListedTwice_keepsOneProblem() {
        String number = place("marketplace");
        importNow("marketplace");
        Api.awaitStatus(id("marketplace", number), "HANDLED");
        ImportSource source = directory.importSources()
                .stream()
                .filter(one -> one.name().equals("marketplace"))
                .findAny()
                .orElseThrow();
        List<Fetched.Entry> both = List.of(Fetched.Entry.of(content(number)),
                Fetched.Entry.of(content(number).put("cancelled", true)));
        store.store(source, both).await().atMost(PATIENCE);
        int id = given().get("/api/imports/marketplace/problems").path("items[0].id");
        store.store(source, both).await().atMost(PATIENCE);

        given().get("/api/imports/marketplace/problems").then().body("items.id", contains(id));
    }

    @Test
    void processThatIsAlive_keepsItsClaim() {
        given().post("/api/partners/ebay/pause").then().statusCode(200);
        awaitNoImports();
        imports.request(pool, "ebay").await().atMost(PATIENCE);
        ImportTable.Claim claim = imports.claim("ebay", Duration.ZERO).await().atMost(PATIENCE).orElseThrow();

        imports.renew(claim, Duration.ofMinutes(5)).await().atMost(PATIENCE);

        assertThat(imports.claim("ebay", Duration.ZERO).await().atMost(PATIENCE)).isEmpty();
        imports.release(claim, null).await().atMost(PATIENCE);
        imports.renew(claim, Duration.ofMinutes(5)).await().atMost(PATIENCE);
        assertThat(imports.claim("ebay", Duration.ZERO).await().atMost(PATIENCE)).as("let go of").isPresent();
    }

    @Test
    void erasedOrder_isForgottenHereToo() {
        String number = place("ebay");
        importNow("ebay");
        Partners.place("ebay", content(number).put("note", "For Ada").toString());
        importNow("ebay");
        problems().body("items[0].order.note", is("For Ada"));
        String id = id(SeveralPartners.CHANNEL, number);
        given().post("/api/orders/" + id + "/cancel").then().statusCode(200);

        given().post("/api/orders/" + id + "/erase").then().statusCode(200);

        problems().body("items[0].order", nullValue()).body("items[0].externalId", is(number));
    }

    @Test
    void cancellationOfAnOrderThatNeverCame_isNothing() {
        String number = place("ebay");
        Partners.cancel("ebay", number);

        importNow("ebay").body("last.cancelled", is(0)).body("last.problems", is(0)).body("last.created", is(0));
    }

    @Test
    void cancellationThatComesTooLate_isShown() {
        String number = place("marketplace");
        importNow("marketplace");
        String id = id("marketplace", number);
        Api.awaitStatus(id, "HANDLED");
        Partners.cancel("marketplace", number);

        importNow("marketplace").body("last.problems", is(1)).body("last.cancelled", is(0));

        given().get("/api/imports/marketplace/problems")
                .then()
                .body("items[0].orderId", is(id))
                .body("items[0].errors[0].detail", containsString("had been handled already"));
        Api.get(id).body("status", is("HANDLED"));
    }

    @Test
    void marketplaceThatFails_isToldWhy_andNothingIsLost() {
        String number = place("ebay");
        Partners.set("ebay", Map.of("fault", "html", "faultOnLookups", true));

        importNow("ebay").body("last.error", containsString("is no JSON")).body("last.created", is(0));

        Partners.set("ebay", "{\"fault\": null}");
        importNow("ebay").body("last.error", nullValue()).body("last.created", is(1));
        order(SeveralPartners.CHANNEL, number).body("items.status", contains("RECEIVED"));
    }

    @Test
    void waitThatTheMarketplaceAsksFor_isNotShortenedByAPerson() {
        Partners.set("ebay", Map.of("fault", "too-many-requests", "faultOnLookups", true, "retryAfterSeconds", 600));
        importNow("ebay").body("last.error", containsString("429"));

        ValidatableResponse asked = notNow("ebay");

        assertThat(Instant.parse(asked.extract().path("nextAt"))).isAfter(Instant.now().plusSeconds(300));
        asked.body("state", is("WAITING"));
    }

    @Test
    void pausedMarketplace_isLeftAlone_andImportedFromWhenItIsResumed() {
        given().post("/api/partners/ebay/pause").then().statusCode(200);
        awaitNoImports();
        place("ebay");

        notNow("ebay").body("state", is("PAUSED"));
        given().get("/api/imports/ebay").then().body("state", is("PAUSED"));

        given().post("/api/partners/ebay/resume").then().statusCode(200);
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/api/imports/ebay").then().body("last.created", is(1)));
    }

    @Test
    void importThatIsAskedForInTheMiddleOfAnother_followsIt() {
        given().post("/api/partners/ebay/pause").then().statusCode(200);
        awaitNoImports();
        imports.request(pool, "ebay").await().atMost(PATIENCE);
        imports.claim("ebay", Duration.ZERO).await().atMost(PATIENCE).orElseThrow();

        given().post("/api/partners/ebay/resume").then().statusCode(200);

        importNow("ebay").body("last.finishedAt", notNullValue());
    }

    /** The process is killed when the orders of a page are stored, before its cursor has moved. */
    @Test
    void deathInTheMiddle_losesAndDoublesNothing() {
        given().post("/api/partners/ebay/pause").then().statusCode(200);
        awaitNoImports();
        List<String> numbers = List.of(place("ebay"), place("ebay"), place("ebay"));
        imports.request(pool, "ebay").await().atMost(PATIENCE);
        ImportTable.Claim dead = imports.claim("ebay", Duration.ZERO).await().atMost(PATIENCE).orElseThrow();
        List<Fetched.Entry> entries = numbers.stream()
                .limit(2)
                .map(number -> Fetched.Entry.of(content(number)))
                .toList();
        assertThat(store.store(source(), entries).await().atMost(PATIENCE)).isEqualTo(new PageCounts(2, 0, 0, 0));

        given().post("/api/partners/ebay/resume").then().statusCode(200);
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/api/imports/ebay")
                        .then()
                        .body("last.created", is(1))
                        .body("last.known", is(2))
                        .body("last.finishedAt", notNullValue()));
        numbers.forEach(
                number -> order(SeveralPartners.CHANNEL, number).body("items.status", contains("RECEIVED")));

        // It was only frozen, and wakes up.
        String cursor = cursor();
        imports.finish(dead, PageCounts.NONE,
                new Next(new Position("0", null, 0), Duration.ZERO, false, true, "Too late.")).await().atMost(PATIENCE);
        assertThat(cursor()).isEqualTo(cursor);
        given().get("/api/imports/ebay").then().body("last.error", nullValue());
    }

    @Test
    void marketplace_isFetchedFromByOneProcessAtATime() {
        given().post("/api/partners/ebay/pause").then().statusCode(200);
        awaitNoImports();
        imports.request(pool, "ebay").await().atMost(PATIENCE);

        ImportTable.Claim claim = imports.claim("ebay", Duration.ofMinutes(5)).await().atMost(PATIENCE).orElseThrow();

        assertThat(imports.claim("ebay", Duration.ofMinutes(5)).await().atMost(PATIENCE)).isEmpty();
        imports.release(claim, null).await().atMost(PATIENCE);
        assertThat(imports.claim("ebay", Duration.ZERO).await().atMost(PATIENCE)).isPresent();
    }

    @Test
    void unknownMarketplace_isNotFound() {
        for (String path : List.of("/api/imports/dhl", "/api/imports/nowhere", "/api/imports/nowhere/problems")) {
            given().get(path).then().statusCode(404).contentType("application/problem+json");
        }
        given().post("/api/imports/nowhere").then().statusCode(404);
        given().get("/api/imports")
                .then()
                .body("marketplace", contains("ebay", "marketplace"))
                .body("handling", contains("manual", "auto"))
                .body("channels", contains(List.of(SeveralPartners.CHANNEL), List.of("marketplace")));
    }

    @Test
    void problems_comeInPages() {
        insertProblem("E-1");
        long second = insertProblem("E-2");

        String next = given().get("/api/imports/ebay/problems?limit=1")
                .then()
                .body("items.externalId", contains("E-2"))
                .body("nextCursor", is(Long.toString(second)))
                .extract()
                .path("nextCursor");
        given().get("/api/imports/ebay/problems?limit=1&cursor=" + next)
                .then()
                .body("items.externalId", contains("E-1"));
        for (String wrong : List.of("limit=0", "limit=x", "cursor=zz")) {
            given().get("/api/imports/ebay/problems?" + wrong).then().statusCode(422);
        }
    }

    @Test
    void tooManyProblems_stopTheImport() {
        pool.query("insert into import_problem (marketplace, key, errors) select 'ebay', n, '[]'"
                + " from generate_series(1, 1000) n").executeAndAwait();
        place("ebay");

        importNow("ebay").body("last.error", containsString("1000 orders with problems")).body("last.created", is(0));

        pool.query("delete from import_problem").executeAndAwait();
        importNow("ebay").body("last.created", is(1));
    }

    /** Until this process knows of the pause, and fetches no page any more. */
    private void awaitNoImports() {
        await().atMost(PATIENCE).until(() -> !board.up(source().marketplace()));
        await().atMost(PATIENCE)
                .until(() -> pool.query("select from import where marketplace = 'ebay' and lease_until is not null")
                        .executeAndAwait()
                        .rowCount() == 0);
    }

    private ImportSource source() {
        return directory.importSources()
                .stream()
                .filter(source -> source.name().equals("ebay"))
                .findAny()
                .orElseThrow();
    }

    private String cursor() {
        return pool.query("select cursor from import where marketplace = 'ebay'")
                .executeAndAwait()
                .iterator()
                .next()
                .getString(0);
    }

    private long insertProblem(String externalId) {
        return pool
                .query("insert into import_problem (marketplace, key, channel, external_id, errors) values ('ebay', '"
                        + SeveralPartners.CHANNEL + "/" + externalId + "', '" + SeveralPartners.CHANNEL + "', '"
                        + externalId
                        + "', '[{\"pointer\": \"\", \"detail\": \"Broken.\"}]') returning id")
                .executeAndAwait()
                .iterator()
                .next()
                .getLong(0);
    }

    private static ValidatableResponse importNow(String marketplace) {
        return given().header("Prefer", "wait=30").post("/api/imports/" + marketplace).then().statusCode(200);
    }

    /** Asks for an import that does not come, though it would have the time. */
    private static ValidatableResponse notNow(String marketplace) {
        return given().header("Prefer", "wait=3").post("/api/imports/" + marketplace).then().statusCode(202);
    }

    private static void retry(long id) {
        given().post("/api/imports/ebay/problems/" + id + "/retry")
                .then()
                .statusCode(202)
                .body("retryAt", notNullValue());
    }

    private static ValidatableResponse problems() {
        return given().get("/api/imports/ebay/problems").then().statusCode(200);
    }

    private static ValidatableResponse order(String channel, String number) {
        return given().get("/api/orders?channel=" + channel + "&q=" + number).then().statusCode(200);
    }

    private static String id(String channel, String number) {
        return order(channel, number).extract().path("items[0].id");
    }

    private static String number() {
        return "M-" + UUID.randomUUID();
    }

    private static String place(String marketplace) {
        String number = number();
        Partners.place(marketplace, content(number).toString());
        return number;
    }

    private static ObjectNode content(String number) {
        try {
            ObjectNode order = (ObjectNode) JSON.readTree(Api.order().externalId(number).json());
            order.remove(List.of("channel", "handling"));
            return order;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
