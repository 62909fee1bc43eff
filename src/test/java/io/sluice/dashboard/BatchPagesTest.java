package io.sluice.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.sluice.order.OrderStatus;
import io.sluice.testing.Api;
import io.sluice.testing.Partners;
import io.sluice.testing.SluiceServices;

/** Tests the batch pages and forms without a browser. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class BatchPagesTest {
    @Inject
    TestOrders orders;

    @BeforeEach
    void emptyTables() {
        orders.clear();
        Partners.wellBehaved();
    }

    @AfterEach
    void resetPartners() {
        Partners.wellBehaved();
    }

    @Test
    void handleForm_passesTheBatchOptions() {
        UUID id = orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.RECEIVED);

        String page = follow(form().formParam("orderId", id)
                .formParam("printOrder", "reversed")
                .formParam("onFailure", "stop")
                .post("/dashboard/batches"));

        assertThat(page)
                .contains("Batch of 1 order started, bottom-up. <a href=\"batches/" + newest() + "\">Show the batch");
        given().get("/api/batches/" + newest())
                .then()
                .body("printOrder", is("reversed"), "onFailure", is("stop"), "startedBy", is("dashboard"));
    }

    @Test
    void unknownOption_isRejected() {
        UUID id = orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.RECEIVED);

        given().formParam("orderId", id)
                .formParam("printOrder", "sideways")
                .post("/dashboard/batches")
                .then()
                .statusCode(400)
                .body(containsString("This link is not valid"));
    }

    @Test
    void noHandleableOrder_showsAnError() {
        UUID id = orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.HANDLED);

        assertThat(follow(form().formParam("orderId", id).post("/dashboard/batches")))
                .contains("None of the selected orders can be handled.", "<li>WEB-1: It has been handled.");
    }

    @Test
    void selectAll_offersAllMatchingOrders() {
        fill(60);
        orders.add(TestOrders.draft("DONE", 61), OrderStatus.HANDLED);

        assertThat(page("/")).doesNotContain("select-all-matching");
        assertThat(page("/?selectAll=true")).contains("All 50 orders on this page are selected.",
                "href=\".?selectAll=matching\" data-testid=\"select-all-matching\">Select all 60 matching orders");
        assertThat(page("/?status=HANDLED&selectAll=true")).doesNotContain("select-all-matching");
        assertThat(page("/?q=N5&selectAll=true")).doesNotContain("select-all-matching");
        assertThat(page("/?status=RECEIVED&selectAll=matching")).contains("All <b>60</b> matching orders are selected.",
                "href=\".?status=RECEIVED\" data-clear", "name=\"matching\" value=\"true\" form=\"handle\"");
    }

    @Test
    void allMatchingOrders_arePreviewedThenHandled() {
        fill(60);
        orders.add(TestOrders.draft("DONE-1", 61), OrderStatus.HANDLED);
        orders.add(TestOrders.draft("DONE-2", 62), OrderStatus.HANDLED);
        orders.add(TestOrders.draft("GONE", 63), OrderStatus.CANCELLED);
        UUID other = orders.add(TestOrders.draft("OTHER", 64, "Grace Hopper", "EUR", "1", "DE"), OrderStatus.RECEIVED);

        Response sent = send(form().formParam("matching", true)
                .formParam("printOrder", "any")
                .post("/dashboard/batches?q=Lovelace&cursor="));
        String preview = page(path(sent));
        assertThat(preview).contains("containing “Lovelace”", "<b>60 orders</b> will be handled",
                "<b>3 orders</b> cannot",
                "<b>2 orders</b>: It has been handled.", "DONE-1</a>", "<b>1 order</b>: It is cancelled.",
                "value=\"any\" autocomplete=\"off\" checked", "action=\"dashboard/matching?q=Lovelace\"",
                "Handle 60 orders</button>", "href=\".?q=Lovelace\">Back");

        Response handed = send(form().formParam("printOrder", "any").post("/dashboard/matching?q=Lovelace"));
        assertThat(path(handed)).isEqualTo("/batches/" + newest());
        assertThat(shown(handed)).contains("Batch of 60 orders started.", "All matching orders: containing “Lovelace”",
                "Any order", "3 orders could not be added");
        Api.get(other).body("status", is("RECEIVED"));
    }

    @Test
    void failedOrders_areToldBeforeAllMatchingOnesAreHandled() {
        fill(60);
        orders.add(TestOrders.draft("BAD-1", 61), OrderStatus.FAILED);
        orders.add(TestOrders.draft("BAD-2", 62), OrderStatus.FAILED);

        assertThat(page("/?selectAll=true")).contains("Select all 62 matching orders</a>, 2 of them failed before");
        assertThat(page("/?selectAll=matching"))
                .contains("All <b>62</b> matching orders are selected, 2 of them failed before.");
        assertThat(page("/batches/preview")).contains("<b>62 orders</b> will be handled",
                "<b>2 orders</b> of these failed before and will continue at the step that failed.",
                "<a href=\"batches/preview?status=RECEIVED\">Leave them out</a>");
        assertThat(page("/batches/preview?status=FAILED")).contains("<b>2 orders</b> of these failed before")
                .doesNotContain("Leave them out");
    }

    @Test
    void thousandsOfOrders_areHandedOverByOneForm() {
        List<UUID> ids = new ArrayList<>(fill(3));
        String sent = ids.stream().map(UUID::toString).collect(Collectors.joining(" "));
        while (ids.size() < 2_000) {
            ids.add(UUID.randomUUID());
            sent += " " + ids.get(ids.size() - 1);
        }
        assertThat(follow(form().formParam("orderIds", sent).post("/dashboard/batches")))
                .contains("Batch of 3 orders started", "There is no such order.");
    }

    @Test
    void matchesThatAreGoneMeanwhile_startNoBatch() {
        orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.HANDLED);
        assertThat(follow(form().post("/dashboard/matching?q=WEB")))
                .contains("None of the matching orders can be handled.");
    }

    @Test
    void noMatchingOrder_hidesTheButton() {
        assertThat(page("/batches/preview?status=FAILED")).contains("None of these orders can be handled.")
                .doesNotContain("data-testid=\"handle\"");
    }

    @Test
    void batchPage_listsItsOrdersByPositionInPages() {
        String batch = Api.batch(fill(60)).create();
        Api.awaitEnd(batch);

        String first = page("/batches/" + batch);
        assertThat(positions(first)).hasSize(50).startsWith("1").endsWith("50");
        assertThat(first).contains("60 orders · 60 done", "Completed", "N0</a>",
                "\"api/batches/" + batch + "/packing-slips.pdf", "name=\"to\" min=\"1\" max=\"60\"",
                "aria-valuenow=\"60\"", "aria-valuemax=\"60\"", "\"batches/" + batch + "?after=50\"");
        assertThat(positions(page("/batches/" + batch + "?after=50"))).hasSize(10).startsWith("51");
        assertThat(positions(page("/batches/" + batch + "?status=FAILED"))).isEmpty();
        assertThat(page("/dashboard/batches/" + batch)).contains("id=\"batch\"", "id=\"items\"")
                .doesNotContain("<html");
    }

    @Test
    void orderPage_linksToBatchAndSlip() {
        List<UUID> ids = fill(2);
        String batch = Api.batch(ids).create();

        assertThat(page("/orders/" + ids.get(1))).contains("<a href=\"batches/" + batch + "\">Position 2</a>",
                "\"api/orders/" + ids.get(1) + "/packing-slip.pdf");
    }

    @Test
    void retryForm_retriesFailedOrdersOnly() {
        Partners.set("marketplace", Map.of("failureRate", 1));
        String batch = Api.batch(fill(3)).create();
        Api.awaitEnd(batch);
        assertThat(page("/batches/" + batch)).contains("Retry failed orders (3)", "Send tracking");
        Partners.wellBehaved();

        assertThat(follow(form().post("/dashboard/batches/" + batch + "/retry")))
                .contains("3 orders will be retried from the step that failed.");
        Api.awaitEnd(batch);

        assertThat(page("/batches/" + batch)).contains("3 orders · 3 done").doesNotContain("Retry failed");
        assertThat(follow(form().post("/dashboard/batches/" + batch + "/retry")))
                .contains("There are no failed orders to retry.");
    }

    @Test
    void abortForm_endsTheBatchOnce() {
        Partners.set("printer", Map.of("latencyMs", 300));
        String batch = Api.batch(fill(60)).create();
        assertThat(page("/batches/" + batch)).contains("Yes, abort the batch");
        assertThat(page("/")).contains("data-batch-id=\"" + batch + "\"", "started by api");

        assertThat(follow(form().post("/dashboard/batches/" + batch + "/abort"))).contains("Batch aborted.");
        Api.awaitEnd(batch);

        assertThat(page("/batches/" + batch)).contains("Aborted", "not handled").doesNotContain("Yes, abort the batch");
        assertThat(follow(form().post("/dashboard/batches/" + batch + "/abort")))
                .contains("The batch has already ended.");
    }

    @Test
    void secondBatch_namesTheBatchAhead() {
        Partners.set("printer", Map.of("latencyMs", 300));
        List<UUID> ids = fill(60);
        String first = Api.batch(ids.subList(0, 50)).create();
        String second = Api.batch(ids.subList(50, 60)).create();

        for (String path : List.of("/", "/batches/" + second)) {
            assertThat(page(path)).contains("Waiting for the printer: the <a href=\"batches/" + first + "\">batch of");
        }
    }

    @Test
    void list_isNewestFirstInPages() {
        assertThat(page("/batches")).contains("No batches yet");
        List<String> made = new ArrayList<>();
        for (UUID id : fill(51)) {
            made.add(0, Api.batch(List.of(id)).create());
        }

        String first = page("/batches");
        String older = all(first, "rel=\"next\" href=\"([^\"]+)\"").get(0);

        assertThat(all(first, "<tr data-batch-id=\"([^\"]+)\"")).isEqualTo(made.subList(0, 50));
        assertThat(all(page(older), "<tr data-batch-id=\"([^\"]+)\"")).isEqualTo(made.subList(50, 51));
        assertThat(page("/dashboard/batches")).doesNotContain("<html");
        assertThat(all(page("/"), "<article class=\"batch\" data-batch-id=\"([^\"]+)\"")).hasSize(3);
    }

    @Test
    void unknownBatchOrInvalidLink_showsAnErrorPage() {
        for (String id : List.of(UUID.randomUUID().toString(), "17")) {
            given().get("/batches/" + id).then().statusCode(404).body(containsString("Batch not found"));
        }
        String batch = Api.batch(fill(1)).create();
        for (String path : List.of("/batches/" + batch + "?status=DONE", "/batches/" + batch + "?after=x",
                "/batches?cursor=x", "/batches/preview?printOrder=x")) {
            given().get(path).then().statusCode(400).body(containsString("This link is not valid"));
        }
    }

    /** Adds RECEIVED orders N0, N1, … and returns them in table order. */
    private List<UUID> fill(int count) {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(orders.add(TestOrders.draft("N" + i, i), OrderStatus.RECEIVED));
        }
        return ids;
    }

    private static String newest() {
        return given().get("/api/batches?limit=1").path("items[0].id");
    }

    private static RequestSpecification form() {
        return given().redirects().follow(false).contentType("application/x-www-form-urlencoded");
    }

    private static Response send(Response response) {
        assertThat(response.statusCode()).isEqualTo(303);
        return response;
    }

    private static String path(Response redirect) {
        return redirect.header("Location");
    }

    /** The page that the form redirects to. */
    private static String follow(Response response) {
        return shown(send(response));
    }

    private static String shown(Response redirect) {
        return given().urlEncodingEnabled(false)
                .cookie(Flash.COOKIE, redirect.cookie(Flash.COOKIE))
                .get(path(redirect))
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static String page(String path) {
        return given().urlEncodingEnabled(false)
                .get(URI.create("/").resolve(path.replace("&amp;", "&")).toString())
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static List<String> positions(String html) {
        return all(html, "<tr data-item=\"[^\"]+\"><td class=\"number\">([\\d,]+)<");
    }

    private static List<String> all(String html, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(html);
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
