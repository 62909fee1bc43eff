package io.sluice.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.testing.Api;
import io.sluice.testing.SluiceServices;

/** Tests the page of personal data without a browser. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class PersonPageTest {
    private final String email = "page-" + UUID.randomUUID() + "@example.org";

    private static Response send(String form, String address) {
        return given().redirects().follow(false).formParam("email", address).post("/dashboard/personal-data" + form);
    }

    private String order() {
        return Api.post(Api.order().manual().with("customer", Map.of("name", "Zoe", "email", email)));
    }

    @Test
    void whatIsStored_isCounted_exportedAndErased() {
        String ended = order();
        Api.act(ended, "cancel").then().statusCode(200);
        order();
        given().get("/personal-data").then().statusCode(200).body(containsString("Look up"));
        assertThat(send("", " " + email).then().statusCode(200).extract().asString())
                .contains("<b>1 order</b> handled or cancelled", "<b>1 order</b> not ended");
        send("/export", email).then()
                .statusCode(200)
                .header("Content-Disposition", containsString("personal-data.json"))
                .body("orders.size()", is(2));
        Response erased = send("/erase", email);
        assertThat(erased.statusCode()).isEqualTo(303);
        assertThat(erased.header("Location")).endsWith("/personal-data");
        assertThat(given().cookies(erased.cookies()).get("/personal-data").asString())
                .contains("The person was erased from 1 order. 1 order that")
                .doesNotContain(email);
        Api.get(ended).body("customer.name", is("(erased)"));
        Api.history(ended).body("actions.actor", is(List.of("api", "dashboard")));
        assertThat(send("", email).asString()).doesNotContain("data-testid=\"erase\"");
    }

    @Test
    void addressThatIsNone_isRefused() {
        assertThat(send("", "<b>").asString()).contains("This is not an e-mail address.", "&lt;b&gt;");
        assertThat(send("/erase", "x").statusCode()).isEqualTo(303);
        assertThat(send("/export", "x").statusCode()).isEqualTo(400);
    }
}
