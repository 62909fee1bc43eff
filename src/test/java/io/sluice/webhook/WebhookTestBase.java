package io.sluice.webhook;

import static io.restassured.RestAssured.given;
import static io.sluice.testing.Api.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.hamcrest.Matchers.notNullValue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.agroal.api.AgroalDataSource;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.sluice.testing.Api;
import io.sluice.testing.WebhookReceiver;

/** What tests of webhooks share: an endpoint, and a channel. */
abstract class WebhookTestBase {
    @Inject
    AgroalDataSource database;
    @Inject
    ObjectMapper json;

    final WebhookReceiver receiver = new WebhookReceiver();
    private final List<String> made = new ArrayList<>();
    /** Each test has a channel of its own, so that it gets no other test's events. */
    final String channel = UUID.randomUUID().toString();

    @AfterEach
    void removeWebhooks() {
        made.forEach(id -> given().delete("/api/webhooks/" + id));
        receiver.close();
    }

    JsonPath create(Map<String, ?> webhook) {
        JsonPath created = send("", webhook).then()
                .statusCode(201)
                .header("Location", notNullValue())
                .extract()
                .jsonPath();
        made.add(created.getString("id"));
        return created;
    }

    /** An endpoint at the receiver for the orders of this test. */
    JsonPath create(String... eventTypes) {
        return create(Map.of("url", receiver.url(), "channel", channel, "eventTypes", List.of(eventTypes)));
    }

    static Response send(String path, Object body) {
        return given().contentType("application/json").body(body).post("/api/webhooks" + path);
    }

    static Response change(String id, Object body) {
        return given().contentType("application/merge-patch+json").body(body).patch("/api/webhooks/" + id);
    }

    static JsonPath webhook(String id) {
        return given().get("/api/webhooks/" + id).then().statusCode(200).extract().jsonPath();
    }

    static JsonPath deliveries(String id) {
        return given().get("/api/webhooks/" + id + "/deliveries?limit=200").then().statusCode(200).extract().jsonPath();
    }

    String handledOrder() {
        return Api.send(Api.order().channel(channel).preferWait(30)).then().statusCode(200).extract().path("id");
    }

    String receivedOrder() {
        return Api.post(Api.order().channel(channel).manual());
    }

    void awaitMessages(int count) {
        until(() -> assertThat(receiver.messages()).hasSizeGreaterThanOrEqualTo(count));
    }

    void awaitStatus(String webhook, String... statuses) {
        until(() -> assertThat(deliveries(webhook).getList("items.status")).containsExactly((Object[]) statuses));
    }

    void update(String sql, Object... parameters) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            assertThat(statement.executeUpdate()).isPositive();
        }
    }

    static void verify(String secret, WebhookReceiver.Message message) {
        assertThatCode(() -> new com.standardwebhooks.Webhook(secret).verify(message.body(), message.headers()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())))))
                .doesNotThrowAnyException();
    }
}
