package io.sluice.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.sluice.testing.Api;
import io.sluice.testing.Partners;
import io.sluice.testing.SeveralPartners;
import io.sluice.testing.SluiceServices;
import io.vertx.mutiny.sqlclient.Pool;

/** Tests the page of imports without a browser. */
@QuarkusTest
@TestProfile(SeveralPartners.class)
@QuarkusTestResource(SluiceServices.class)
class ImportPagesTest {
    @Inject
    Pool pool;

    @AfterEach
    void settled() {
        pool.query("delete from import_problem").executeAndAwait();
        given().post("/api/partners/ebay/resume").then().statusCode(200);
        // Nothing is left for the next test to find.
        given().header("Prefer", "wait=30").post("/api/imports/ebay").then().statusCode(200);
    }

    @Test
    void importNow_showsItsResult_andBadOrders() {
        String number = "M-" + UUID.randomUUID();
        Partners.place("ebay", Api.order()
                .externalId(number)
                .channel(SeveralPartners.CHANNEL)
                .handling("manual")
                .currency("POUND")
                .json());

        assertThat(send("ebay")).contains("aria-current=\"page\">Imports</a>", "data-import=\"ebay\"",
                "Channel ebay-uk; orders wait in the table until you press Handle.", "1 with a problem",
                "data-problem=\"" + number + "\"", "<b>currency:</b> This must be an ISO 4217 currency code",
                "data-testid=\"fetch-again\"", "data-import=\"marketplace\"");

        Partners.place("ebay", Api.order()
                .externalId(number)
                .channel(SeveralPartners.CHANNEL)
                .handling("manual")
                .json());
        assertThat(send("ebay/problems/" + problem() + "/retry"))
                .contains("Order " + number + " will be fetched again in a moment.");
        await().atMost(Duration.ofMinutes(2)).until(() -> !page().contains(number));
    }

    @Test
    void badOrder_canBeDismissed() {
        pool.query("insert into import_problem (marketplace, key, errors) values ('ebay', '?',"
                + " '[{\"pointer\": \"/externalId\", \"detail\": \"This is missing <here>.\"}]')").executeAndAwait();
        assertThat(page()).contains("data-problem=\"No number\"", "This is missing &lt;here&gt;.")
                .doesNotContain("fetch-again");

        assertThat(send("ebay/problems/" + problem() + "/dismiss")).contains("The order is dismissed.")
                .doesNotContain("data-problem");
        assertThat(send("ebay/problems/1/dismiss")).contains("There is no order 1 with a problem.");
    }

    @Test
    void pausedMarketplace_saysSo() {
        given().post("/api/partners/ebay/pause").then().statusCode(200);

        assertThat(page()).contains("data-import=\"ebay\" data-state=\"PAUSED\"",
                "The marketplace is paused. The import goes on when you resume it.");
    }

    @Test
    void unknownMarketplace_showsAnError() {
        assertThat(send("nowhere")).contains("No orders are imported from a marketplace named nowhere.");
    }

    private static long problem() {
        return given().get("/api/imports/ebay/problems").then().extract().<Integer>path("items[0].id");
    }

    private static String page() {
        return given().get("/imports").then().statusCode(200).extract().asString();
    }

    private static String send(String form) {
        Response sent = given().redirects()
                .follow(false)
                .contentType("application/x-www-form-urlencoded")
                .post("/dashboard/imports/" + form);
        assertThat(sent.statusCode()).isEqualTo(303);
        return given().cookies(sent.cookies()).get("/imports").then().statusCode(200).extract().asString();
    }
}
