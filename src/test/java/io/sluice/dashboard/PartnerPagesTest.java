package io.sluice.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;

import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.sluice.order.OrderStatus;
import io.sluice.testing.Partners;
import io.sluice.testing.SeveralPartners;
import io.sluice.testing.SluiceServices;

/** Tests the partner list, the partner banner and the choice of a printer without a browser. */
@QuarkusTest
@TestProfile(SeveralPartners.class)
@QuarkusTestResource(SluiceServices.class)
class PartnerPagesTest {

    @Inject
    TestOrders orders;

    @BeforeEach
    @AfterEach
    void empty() {
        orders.clear();
        Partners.wellBehaved();
    }

    @Test
    void everyPartner_isListed() {
        assertThat(page("/partners")).contains("data-partner=\"carrier\" data-state=\"UP\"",
                "data-partner=\"dhl\" data-state=\"UP\"", "data-partner=\"table-2\"", "data-partner=\"ebay\"",
                "action=\"dashboard/partners/dhl/pause\"", "aria-current=\"page\">Partners</a>");
        assertThat(page("/dashboard/partners")).startsWith("<section id=\"partner-list\">").contains("table-2");
    }

    @Test
    void pauseAndResume_showTheNewState() {
        assertThat(send("dhl", "pause", "Strike at the <depot>"))
                .contains("The carrier dhl is paused. Orders that need it are held until you resume it.",
                        "data-partner=\"dhl\" data-state=\"PAUSED\"", "Strike at the &lt;depot&gt;",
                        "action=\"dashboard/partners/dhl/resume\"");
        assertThat(page("/")).contains("data-partner=\"dhl\"", "<b>The carrier dhl is paused</b>",
                "<q>Strike at the &lt;depot&gt;</q>");

        assertThat(send("dhl", "resume", "")).contains("The carrier dhl is resumed. Its held orders continue.",
                "data-partner=\"dhl\" data-state=\"UP\"");
        assertThat(page("/")).doesNotContain("partner-banner");
    }

    @Test
    void reasonThatIsTooLong_pausesNothing() {
        assertThat(send("dhl", "pause", "x".repeat(201))).contains(
                "The partner was not paused because its reason is not valid. This is longer than 200 characters.",
                "data-partner=\"dhl\" data-state=\"UP\"");
    }

    @Test
    void partnerThatIsDown_cannotBeResumed() {
        orders.down("dhl");

        assertThat(send("dhl", "resume", ""))
                .contains("The carrier dhl is not paused. Sluice tests a partner that is down automatically.");
        assertThat(page("/")).contains("<b>The carrier dhl is down</b>");
    }

    @Test
    void unknownPartner_showsAnError() {
        assertThat(send("nobody", "pause", "")).contains("There is no partner named nobody.");
    }

    @Test
    void printer_canBeChosen() {
        assertThat(page("/")).contains("<select name=\"printer\"", "<option value=\"\">By order</option>",
                "<option value=\"table-2\">table-2</option>");

        orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.RECEIVED);
        String preview = given().redirects()
                .follow(false)
                .formParam("matching", "true")
                .formParam("printer", "table-2")
                .post("/dashboard/batches")
                .then()
                .statusCode(303)
                .header("Location", endsWith("&printer=table-2"))
                .extract()
                .header("Location");
        assertThat(given().get(preview).asString()).contains("<option value=\"table-2\" selected>");
    }

    @Test
    void chosenPrinter_isNamedInTheMessage() {
        UUID id = orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.RECEIVED);
        Response sent = given().redirects()
                .follow(false)
                .formParam("orderId", id)
                .formParam("printer", "table-2")
                .post("/dashboard/batches");

        assertThat(given().cookies(sent.cookies()).get("/").asString())
                .contains("Batch of 1 order started, top to bottom, on printer table-2.");
    }

    @Test
    void unknownPrinter_isRejected() {
        given().formParam("matching", "true")
                .formParam("printer", "dhl")
                .post("/dashboard/batches")
                .then()
                .statusCode(400);
    }

    private static String page(String path) {
        return given().get(path).then().statusCode(200).extract().asString();
    }

    /** Sends a form of a partner and returns the page that it redirects to. */
    private static String send(String partner, String action, String reason) {
        Response sent = given().redirects()
                .follow(false)
                .formParam("reason", reason)
                .post("/dashboard/partners/" + partner + "/" + action);
        sent.then().statusCode(303).header("Location", is("/partners"));
        return given().cookies(sent.cookies()).get("/partners").asString();
    }
}
