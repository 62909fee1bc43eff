package io.sluice.dashboard;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.order.OrderStatus;
import io.sluice.order.Outcome;
import io.sluice.order.Step;
import io.sluice.testing.SluiceServices;

@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class DashboardTest {
    @Inject
    TestOrders orders;

    @BeforeEach
    void emptyTables() {
        orders.clear();
    }

    @Test
    void noOrders_showsAnIntroduction() {
        when().get("/")
                .then()
                .statusCode(200)
                .contentType("text/html;charset=UTF-8")
                .header("Content-Security-Policy", containsString("default-src 'self'"))
                .body(containsString("No orders yet"), containsString("/api/orders</span> \\"),
                        containsString("data-testid=\"generate\""));
    }

    @Test
    void row_hasHooksAndValues() {
        UUID id = orders.add(TestOrders.draft("WEB-1", 0, "Grace Hopper", "KWD", "1234.5", "KW"), OrderStatus.RECEIVED);

        assertThat(page("/")).contains("data-order-id=\"" + id + "\"", "data-status=\"RECEIVED\"", "WEB-1",
                "Grace Hopper", "Kuwait", "2,469.000 KWD",
                "<time datetime=\"2026-03-02T12:00:00Z\">2026-03-02 12:00 UTC",
                "href=\"orders/" + id + "\"", "value=\"" + id + "\"");
    }

    @Test
    void headingsAndCells_haveTheSameOrder() {
        orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.RECEIVED);
        String html = page("/");

        assertThat(all(html, "<th scope=\"col\" class=\"(\\w+)\"")).containsExactly("select", "order", "placed",
                "customer", "country", "items", "total", "fulfilment", "handling")
                .isEqualTo(all(html, "<td class=\"(\\w+)\""));
    }

    @Test
    void everyStatus_hasALabelAnIconAndAColour() {
        String icons = when().get("/dashboard/icons.svg").asString();
        String styles = when().get("/dashboard/dashboard.css").asString();
        for (OrderStatus status : OrderStatus.values()) {
            assertThat(icons).contains("id=\"" + new StatusBadge(status).icon() + "\"");
            assertThat(styles).contains("[data-status=" + status + "]");
        }
        for (Outcome outcome : Outcome.values()) {
            assertThat(icons).contains("id=\"" + outcome.name().toLowerCase() + "\"");
            assertThat(styles).contains("[data-outcome=" + outcome + "]");
        }
    }

    @Test
    void onlyReceivedAndFailedOrders_canBeSelected() {
        for (OrderStatus status : OrderStatus.values()) {
            orders.add(TestOrders.draft(status.name(), status.ordinal()), status);
        }

        assertThat(all(page("/"), "aria-label=\"Select order (\\w+)\"")).containsExactly("RECEIVED", "FAILED");
        assertThat(all(page("/?selectAll=true"), "aria-label=\"Select order (\\w+)\" checked>"))
                .containsExactly("RECEIVED", "FAILED");
    }

    @Test
    void names_areEscaped() {
        UUID id = orders.add(TestOrders.draft("<b>1</b>", 0, "<script>alert('x')</script>", "EUR", "1", "DE"),
                OrderStatus.RECEIVED);
        orders.stop(id, OrderStatus.FAILED, Step.CREATE_SHIPMENT, 1, Outcome.FAILED, "\"><script>", 400);

        for (String path : List.of("/", "/?q=%3Cscript%3E", "/?channel=%22%3E%3Cscript%3E", "/orders/" + id)) {
            assertThat(page(path)).doesNotContain("<script>", "<b>1</b>");
        }
        assertThat(page("/")).contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;");
    }

    @Test
    void olderLinks_visitEveryRowOnce() {
        for (int i = 0; i < 120; i++) {
            orders.add(TestOrders.draft("N" + i, i / 3), OrderStatus.HANDLED); // three orders with the same time
        }
        List<String> seen = new ArrayList<>();
        String next = "/?status=HANDLED";
        while (next != null) {
            String html = page(next);
            seen.addAll(all(html, "<tr data-order-id=\"([^\"]+)\""));
            next = all(html, "data-older href=\"([^\"]+)\"").stream().findFirst().orElse(null);
        }

        assertThat(seen).hasSize(120).doesNotHaveDuplicates();
    }

    @Test
    void filters_arePreservedInAllLinks() {
        orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.FAILED);

        given().urlEncodingEnabled(false)
                .get("/?status=FAILED&channel=webshop&q=Ada+L")
                .then()
                .body(containsString("WEB-1"),
                        containsString("action=\"dashboard/batches?status=FAILED&amp;channel=webshop&amp;q=Ada+L\""),
                        containsString("href=\".?status=QUEUED&amp;status=FAILED&amp;channel=webshop&amp;q=Ada+L\""));
        when().get("/?status=HANDLED").then().body(not(containsString("WEB-1")), containsString("No matching orders"));
    }

    @Test
    void stepReasonCountryAndTime_filterTableAndApi() {
        orders.add(TestOrders.draft("ready", 1), OrderStatus.RECEIVED);
        orders.add(TestOrders.draft("failed", 2), OrderStatus.FAILED);
        orders.add(TestOrders.draft("abroad", 3, "Ada", "EUR", "1.00", "FR"), OrderStatus.FAILED);
        orders.add(TestOrders.draft("running", 4), OrderStatus.HANDLING);
        orders.hold(orders.add(TestOrders.draft("held", 5), OrderStatus.HANDLING), Step.SEND_TRACKING);

        for (List<String> found : List.of(
                List.of("step=print-packing-slip", "failed", "abroad", "running"),
                List.of("step=send-tracking", "held"),
                List.of("step=send-tracking&status=FAILED"),
                List.of("cause=partner-refused", "failed", "abroad"),
                List.of("cause=partner-refused&country=de", "failed"),
                List.of("country=FR&q=ada", "abroad"),
                List.of("country=DE&status=RECEIVED", "ready"),
                List.of("placedTo=2026-03-02T11:57:00Z", "running", "held"),
                List.of("placedFrom=2026-03-02T11:57:00Z&placedTo=2026-03-02T11:59:00Z", "failed", "abroad"))) {
            String query = found.get(0);
            List<String> names = found.subList(1, found.size());
            assertThat(given().urlEncodingEnabled(false)
                    .get("/api/orders?" + query)
                    .jsonPath()
                    .getList("items.externalId", String.class)).as(query).isEqualTo(names);
            assertThat(
                    all(page("/?" + query), ">(ready|failed|abroad|running|held)<"))
                    .as("page of " + query)
                    .isEqualTo(names);
        }
        assertThat(page("/?step=send-tracking&country=DE")).contains("<option value=\"send-tracking\" selected>",
                "name=\"country\" maxlength=\"2\" value=\"DE\"",
                "action=\"dashboard/batches?step=send-tracking&amp;country=DE\"");
    }

    /** The fields of the form have no time zone. */
    @Test
    void timesOfTheForm_areUtc() {
        orders.add(TestOrders.draft("early", 1), OrderStatus.RECEIVED);
        orders.add(TestOrders.draft("late", 4), OrderStatus.RECEIVED);

        String page = page("/?placedFrom=&placedTo=2026-03-02T11:57");

        assertThat(all(page, ">(early|late)<")).containsExactly("late");
        assertThat(page).contains("name=\"placedTo\" value=\"2026-03-02T11:57\"",
                "name=\"placedFrom\" value=\"\"", "action=\"dashboard/batches?placedTo=2026-03-02T11%3A57%3A00Z\"");
        assertThat(page("/?placedFrom=2026-03-02T11:57:30.5Z")).contains("value=\"2026-03-02T11:57:30.500\"");
    }

    @Test
    void batch_takesWhatEveryFilterFinds() {
        orders.add(TestOrders.draft("home", 1), OrderStatus.FAILED);
        orders.add(TestOrders.draft("abroad", 2, "Ada", "EUR", "1.00", "FR"), OrderStatus.FAILED);

        String batch = given().contentType("application/json")
                .body("""
                        {"filter": {"step": "print-packing-slip", "cause": "partner-refused", "country": "fr",
                                    "placedFrom": "2026-03-01T00:00:00Z", "placedTo": "2026-03-03T00:00:00Z"}}""")
                .post("/api/batches")
                .then()
                .statusCode(202)
                .body("counts.total", is(1))
                .extract()
                .path("id");
        when().get("/api/batches/" + batch)
                .then()
                .body("filter.country", is("FR"), "filter.placedFrom", is("2026-03-01T00:00:00Z"));
        assertThat(page("/batches/" + batch)).contains("to France", "placed before 2026-03-03T00:00:00Z");
    }

    @Test
    void invalidFilter_isNamed() {
        for (String parameter : List.of("step=walk", "country=ZZ", "country=Germany", "placedFrom=yesterday",
                "placedFrom=2026-01-15T23:59:60Z",
                "placedTo=2026-01-01T00:00:00Z&placedFrom=2026-01-02T00:00:00Z", "cause=%00")) {
            given().urlEncodingEnabled(false)
                    .get("/api/orders?" + parameter)
                    .then()
                    .statusCode(422)
                    .body("errors[0].parameter", is(parameter.substring(0, parameter.indexOf('='))));
        }
    }

    @Test
    void invalidLink_showsAnErrorPage() {
        for (String mangled : List.of("/?status=DONE", "/?cursor=xyz", "/?q=%00", "/dashboard/table?status=done")) {
            given().urlEncodingEnabled(false)
                    .get(mangled)
                    .then()
                    .statusCode(400)
                    .body(containsString("This link is not valid"));
        }
    }

    @Test
    void history_listsEveryAttempt() {
        UUID id = orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.HANDLING);
        orders.done(id, Step.PRINT_PACKING_SLIP, Step.CREATE_SHIPMENT);
        orders.stop(id, OrderStatus.FAILED, Step.CREATE_SHIPMENT, 1, Outcome.FAILED, "The address is unknown.", 400);

        for (String path : List.of("/orders/", "/dashboard/orders/")) {
            assertThat(page(path + id)).contains("Print packing slip", "Succeeded", "512 ms", "worker-1",
                    "Create shipment", "Failed", "The address is unknown. (HTTP 400)", "25.00 EUR");
        }
        assertThat(page("/dashboard/orders/" + id)).doesNotContain("<html");
    }

    @Test
    void history_showsHeldAndUnknownOutcomesAndNotesOnSuccess() {
        UUID id = orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.HANDLING);
        orders.hold(id, Step.CREATE_SHIPMENT);
        orders.stop(id, OrderStatus.DELAYED, Step.CREATE_SHIPMENT, 1, Outcome.UNKNOWN, "Nothing came.", null);
        orders.stop(id, OrderStatus.HANDLING, Step.CREATE_SHIPMENT, 2, Outcome.SUCCEEDED, "It was there.", null);

        assertThat(page("/orders/" + id)).contains("Held", "No answer",
                "<tr class=\"why\" data-outcome=\"SUCCEEDED\"><td colspan=\"6\">It was there.");
    }

    @Test
    void partnerDown_isShownOnEveryPage() {
        UUID id = orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.HANDLING);
        for (String path : List.of("/", "/orders/" + id)) {
            assertThat(page(path)).contains("id=\"partners\"").doesNotContain("partner-banner");
        }

        orders.down("carrier");
        orders.hold(id, Step.CREATE_SHIPMENT);

        for (String path : List.of("/", "/orders/" + id)) {
            assertThat(page(path)).contains("data-testid=\"partner-banner\"", "<b>The carrier is down</b> since",
                    "2026-03-02 12:00 UTC", "1 order is held").doesNotContain("The printer");
        }
        assertThat(page("/dashboard/orders/" + id)).doesNotContain("partner-banner");
    }

    @Test
    void unknownOrder_showsAnErrorPage() {
        for (String id : List.of(UUID.randomUUID().toString(), "WEB-1")) {
            when().get("/orders/" + id).then().statusCode(404).body(containsString("Order not found"));
        }
    }

    @Test
    void handleForm_redirectsBackWithTheResult() {
        UUID first = orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.RECEIVED);
        UUID second = orders.add(TestOrders.draft("WEB-2", 1), OrderStatus.HANDLED);

        String flash = given().redirects()
                .follow(false)
                .formParam("orderId", first, second)
                .post("/dashboard/batches?channel=webshop")
                .then()
                .statusCode(303)
                .header("Location", is("/?channel=webshop"))
                .extract()
                .cookie(Flash.COOKIE);

        given().cookie(Flash.COOKIE, flash)
                .get("/")
                .then()
                .cookie(Flash.COOKIE, "")
                .body(allOf(containsString("Batch of 1 order started"), containsString("<li>WEB-2: "),
                        not(containsString("Select order WEB-1"))));
    }

    @Test
    void nothingSelected_showsAnError() {
        String flash = given().redirects()
                .follow(false)
                .contentType("application/x-www-form-urlencoded")
                .post("/dashboard/batches")
                .then()
                .statusCode(303)
                .extract()
                .cookie(Flash.COOKIE);

        given().cookie(Flash.COOKIE, flash).get("/").then().body(containsString("No orders selected."));
    }

    @Test
    void formFromAnotherSite_isRefused() {
        given().header("Sec-Fetch-Site", "cross-site")
                .formParam("count", 1)
                .post("/dashboard/demo-orders")
                .then()
                .statusCode(403);
        assertThat(page("/")).contains("No orders yet");
    }

    @Test
    void generateForm_placesDemoOrders() {
        given().redirects().follow(false).formParam("count", 5).post("/dashboard/demo-orders").then().statusCode(303);

        assertThat(all(page("/"), "<tr data-order-id=\"([^\"]+)\"")).hasSize(5);
    }

    private static String page(String path) {
        return given().urlEncodingEnabled(false)
                .get(URI.create("/").resolve(path.replace("&amp;", "&")).toString())
                .then()
                .statusCode(200)
                .extract()
                .asString();
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
