package io.sluice.description;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testing.NpmPackages;
import io.sluice.testing.Program;
import io.sluice.testing.SluiceServices;

/** The descriptions, as the service gives them, pass Spectral's rules without a warning. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class SpectralTest {
    @BeforeAll
    static void install() {
        NpmPackages.install();
    }

    @ParameterizedTest
    @CsvSource({"oas, /q/openapi", "asyncapi, /q/asyncapi"})
    void description_hasNoFaults(String rules, String path) throws IOException {
        Program.Result result = lint(rules, given().get(path).then().statusCode(200).extract().asString());
        assertThat(result.exit()).as(result.output()).isZero();
    }

    /** Else the rules may not have been applied at all. */
    @Test
    void faults_areFound() throws IOException {
        String withoutTags = given().get("/q/openapi").asString().replaceAll("(?m)^ {6}tags:\\R( {6}- .*\\R)+", "");
        assertThat(lint("oas", withoutTags).output()).contains("operation-tags");
        String withoutPayload = given().get("/q/asyncapi").asString().replace("payload:", "load:");
        assertThat(lint("asyncapi", withoutPayload).exit()).isNotZero();
    }

    private static Program.Result lint(String rules, String document) throws IOException {
        Path folder = Files.createTempDirectory(NpmPackages.FOLDER, rules);
        Files.writeString(folder.resolve("rules.yaml"), "extends: [\"spectral:" + rules + "\"]");
        Files.writeString(folder.resolve("document.yaml"), document);
        return Program.run(folder, "",
                List.of(NpmPackages.FOLDER.resolve("node_modules/.bin/spectral").toString(), "lint",
                        "--fail-severity", "warn", "--ruleset", "rules.yaml", "document.yaml"));
    }
}
