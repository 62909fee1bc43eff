package io.sluice.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.http.ApiDescription.Operation;
import io.sluice.testing.SluiceServices;

/** The description shows what it describes: every body has an example, and every name an explanation. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class ApiExamplesTest {
    private ApiDescription api;

    @BeforeEach
    void read() {
        api = new ApiDescription(given().queryParam("format", "json").get("/q/openapi").asString());
    }

    @Test
    void everyBody_hasExamples_thatAreValid() {
        SoftAssertions all = new SoftAssertions();
        for (Operation operation : api.operations()) {
            operation.json()
                    .at("/requestBody/content")
                    .fields()
                    .forEachRemaining(media -> check(all, operation + " body", media.getValue(),
                            operation.at() + "/requestBody/content/" + escaped(media.getKey())));
            operation.json().path("responses").fieldNames().forEachRemaining(status -> {
                ApiDescription.Located answer = api.located(operation.at() + "/responses/" + status);
                answer.json()
                        .path("content")
                        .fields()
                        .forEachRemaining(media -> check(all, operation + " " + status, media.getValue(),
                                answer.at() + "/content/" + escaped(media.getKey())));
            });
        }
        all.assertAll();
    }

    private void check(SoftAssertions all, String what, JsonNode media, String at) {
        List<JsonNode> examples = api.examples(media);
        all.assertThat(examples).as("examples of %s", what).isNotEmpty();
        examples.forEach(example -> all.assertThat(api.faults(at + "/schema", example.toString()))
                .as("%s: %s", what, example)
                .isEmpty());
    }

    private static String escaped(String mediaType) {
        return mediaType.replace("/", "~1");
    }

    @Test
    void everyExampleOfASchema_isValid() {
        SoftAssertions all = new SoftAssertions();
        api.located("/components/schemas").json().fields().forEachRemaining(schema -> {
            for (JsonNode example : schema.getValue().path("examples")) {
                all.assertThat(api.faults("/components/schemas/" + schema.getKey(), example.toString()))
                        .as("%s: %s", schema.getKey(), example)
                        .isEmpty();
            }
        });
        all.assertAll();
    }

    @Test
    void everyParameterHeaderAndAnswer_isExplained() {
        assertThat(api.operations()).allSatisfy(operation -> {
            assertThat(operation.parameters()).as("%s: parameters", operation)
                    .allSatisfy(parameter -> assertThat(parameter.path("description").asText())
                            .as(parameter.path("name").asText())
                            .isNotBlank());
            operation.json().path("responses").fieldNames().forEachRemaining(status -> {
                JsonNode answer = api.located(operation.at() + "/responses/" + status).json();
                assertThat(answer.path("description").asText()).as("%s %s", operation, status).isNotBlank();
            });
        });
        assertThat(api.located("/components/headers").json()).allSatisfy(
                header -> assertThat(header.path("description").asText()).as("%s", header).isNotBlank());
    }
}
