package io.sluice.webhook;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.testing.SluiceServices;

/** The pages of webhooks, without a browser. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class WebhookPagesTest extends WebhookTestBase {

    @Test
    void endpoint_isShownWithoutItsPath_andItsMessages() {
        String id = create(Map.of("url", receiver.url() + "/s3cret", "channel", channel)).getString("id");
        assertThat(page(""))
                .contains("data-webhook=\"" + id + "\" data-enabled=\"true\"", "All events of channel " + channel,
                        "No message yet.", "127.0.0.1:" + receiver.port(), "aria-current=\"page\">Webhooks</a>")
                .doesNotContain("s3cret");

        assertThat(send(id + "/test")).contains("A test message is sent.", "webhook.test");
        awaitStatus(id, "DELIVERED");
        assertThat(page("/" + id)).contains("Delivered", "HTTP 20", "data-delivery=");
    }

    @Test
    void disabledEndpoint_canBeEnabled_andFailedMessagesSentAgain() throws Exception {
        String id = create().getString("id");
        send(id + "/test");
        awaitStatus(id, "DELIVERED");
        update("update webhook_delivery set state = 'FAILED', due_at = null where webhook_id = ?::uuid", id);
        assertThat(send(id + "/disable")).contains("The webhook is disabled.", "It was disabled on request.",
                "data-testid=\"enable\"", "1 failed message");
        assertThat(send(id + "/replay")).contains("The webhook is disabled. Enable it first.");

        assertThat(send(id + "/enable")).contains("The webhook is enabled.", "data-testid=\"replay\"");
        assertThat(send(id + "/replay")).contains("1 message is sent again.");
        awaitStatus(id, "DELIVERED");
        assertThat(page("/" + id)).doesNotContain("failed message");
    }

    @Test
    void messages_comeInPages() throws Exception {
        String id = create().getString("id");
        update("""
                insert into webhook_delivery (webhook_id, message_id, type, event_at, state, due_at)
                select ?::uuid, 'old-' || n, 'webhook.test', now(), 'DELIVERED', null from generate_series(1, 51) n
                """, id);
        String first = page("/" + id);
        assertThat(first.split("data-delivery=")).hasSize(51);
        String older = first.replaceAll("(?s).*href=\"webhooks/" + id + "(\\?cursor=\\d+)\".*", "$1");
        assertThat(page("/" + id + older).split("data-delivery=")).hasSize(2);
    }

    @Test
    void unknownEndpoint_isNotFound() {
        for (String id : List.of("x", UUID.randomUUID().toString())) {
            assertThat(given().get("/webhooks/" + id).then().statusCode(404).extract().asString())
                    .contains("Webhook not found");
        }
    }

    private static String page(String path) {
        return given().urlEncodingEnabled(false).get("/webhooks" + path).then().statusCode(200).extract().asString();
    }

    private static String send(String form) {
        Response sent = given().redirects()
                .follow(false)
                .contentType("application/x-www-form-urlencoded")
                .post("/dashboard/webhooks/" + form);
        assertThat(sent.statusCode()).isEqualTo(303);
        return given().cookies(sent.cookies()).get(sent.header("Location")).then().statusCode(200).extract().asString();
    }
}
