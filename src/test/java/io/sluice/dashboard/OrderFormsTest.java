package io.sluice.dashboard;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.order.OrderStatus;
import io.sluice.order.Outcome;
import io.sluice.order.Step;
import io.sluice.testing.Partners;
import io.sluice.testing.SluiceServices;

/** Tests the forms of one order without a browser. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class OrderFormsTest {
    private static final String RETRY = "/retry\"";
    private static final String CANCEL = "Cancel order";
    private static final String VOID = "Retry voiding the shipment";

    @Inject
    TestOrders orders;

    @BeforeEach
    void emptyTables() {
        orders.clear();
        Partners.wellBehaved();
    }

    @Test
    void buttons_dependOnTheStatus() {
        for (OrderStatus status : OrderStatus.values()) {
            String page = page(orders.add(TestOrders.draft(status.name(), 0), status));
            assertThat(page.contains(RETRY)).as(page).isEqualTo(status == OrderStatus.FAILED);
            assertThat(page.contains(CANCEL)).as(page).isEqualTo(!status.ended());
            assertThat(page).doesNotContain(VOID);
        }
    }

    @Test
    void failedVoiding_canBeRetried() {
        UUID id = orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.HANDLING);
        orders.become(id, OrderStatus.CANCELLED, Step.VOID_SHIPMENT);
        assertThat(page(id)).doesNotContain(VOID);

        orders.stop(id, OrderStatus.CANCELLED, Step.VOID_SHIPMENT, 1, Outcome.FAILED, "It is on the road.", 409);

        assertThat(page(id)).contains(VOID, "It is on the road. (HTTP 409)", "Void shipment");
        assertThat(send(id, "cancel")).contains("Order WEB-1 is cancelled; its shipment is being voided.");
    }

    @Test
    void retry_handlesTheOrder() {
        UUID id = orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.HANDLING);
        orders.stop(id, OrderStatus.FAILED, Step.MARK_SHIPPED, 1, Outcome.FAILED, "Not today.", 400);

        assertThat(send(id, "retry")).contains("Order WEB-1 will be retried from the step that failed.");

        await().until(() -> page(id).contains("data-status=\"HANDLED\""));
        assertThat(send(id, "retry")).contains("Order WEB-1 cannot be retried because its status is Handled.");
        assertThat(send(id, "cancel")).contains("Order WEB-1 cannot be cancelled because its status is Handled.");
    }

    @Test
    void cancel_isIdempotent() {
        UUID id = orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.RECEIVED);

        assertThat(send(id, "cancel")).contains("Order WEB-1 is cancelled.", "data-status=\"CANCELLED\"");
        assertThat(send(id, "cancel")).contains("Order WEB-1 is cancelled.");
    }

    @Test
    void message_isShownOnce() {
        UUID id = orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.RECEIVED);
        given().cookie(Flash.COOKIE, flash(id, "cancel")).get("/orders/" + id).then().cookie(Flash.COOKIE, "");
    }

    @Test
    void unknownOrder_showsAnErrorPage() {
        UUID id = UUID.randomUUID();
        for (String action : new String[]{"retry", "cancel"}) {
            assertThat(flash(id, action)).isNull();
        }
        when().get("/orders/" + id).then().statusCode(404).body(containsString("Order not found"));
    }

    private static String flash(UUID id, String action) {
        return given().redirects()
                .follow(false)
                .contentType("application/x-www-form-urlencoded")
                .post("/dashboard/orders/" + id + "/" + action)
                .then()
                .statusCode(303)
                .header("Location", is("/orders/" + id))
                .extract()
                .cookie(Flash.COOKIE);
    }

    /** Submits the form and follows the redirect. */
    private static String send(UUID id, String action) {
        return given().cookie(Flash.COOKIE, flash(id, action)).get("/orders/" + id).asString();
    }

    private static String page(UUID id) {
        return when().get("/orders/" + id).then().statusCode(200).extract().asString();
    }
}
