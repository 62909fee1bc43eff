package io.sluice.description;

import static io.restassured.RestAssured.given;
import static io.sluice.testing.Api.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.sluice.testing.Program;
import io.sluice.testing.SluiceServices;
import javax.tools.ToolProvider;

/** A client that openapi-generator makes from the description compiles, and works. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class GeneratedClientTest {
    private static final Path GENERATOR = Path.of("target", "openapi-generator-cli.jar").toAbsolutePath();
    private static final Path OPTIONS = Path.of("docs", "examples", "generated-client.yaml").toAbsolutePath();
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TestHTTPResource("/")
    URI base;
    @TempDir
    Path folder;

    @Test
    void generatedClient_submitsReadsListsAndCancels() throws IOException {
        Assumptions.assumeTrue(Files.exists(GENERATOR),
                "openapi-generator is not there: ./mvnw -Pgenerated-client process-test-resources fetches it");
        generate();
        compile();
        // The latest events may not be readable yet.
        until(() -> {
            String channel = UUID.randomUUID().toString();
            List<String> said = run(channel).lines().toList();
            JsonPath orders = given().get("/api/orders?channel=" + channel).jsonPath();
            assertThat(orders.getList("items.status")).containsExactly("CANCELLED");
            String id = orders.getString("items[0].id");
            assertThat(said).containsExactly("submitted " + id, "read RECEIVED, total 25.00", "listed [" + id + "]",
                    "refused 409 urn:sluice:problem:conflict", "cancelled CANCELLED", "event RECEIVED",
                    "event CANCELLED");
        });
    }

    private void generate() throws IOException {
        Files.writeString(folder.resolve("openapi.yaml"), given().get("/q/openapi").asString());
        Program.run(folder, "", List.of(JAVA, "-XX:TieredStopAtLevel=1", "-jar", GENERATOR.toString(), "generate",
                "-i", "openapi.yaml", "-c", OPTIONS.toString(), "-o", "client")).expectSuccess();
    }

    private void compile() throws IOException {
        Path program = Language.EXAMPLES.resolve("GeneratedClient.java");
        Files.writeString(folder.resolve("GeneratedClient.java"),
                Files.readString(program).replace("127.0.0.1:8080", "127.0.0.1:" + base.getPort()));
        List<String> arguments = new ArrayList<>(
                List.of("-nowarn", "-proc:none", "-d", folder.resolve("classes").toString(), "-cp",
                        System.getProperty("java.class.path"), folder.resolve("GeneratedClient.java").toString()));
        try (Stream<Path> sources = Files.walk(folder.resolve("client/src/main/java"))) {
            sources.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .as("The generated client does not compile; see above")
                .isZero();
    }

    private String run(String channel) {
        return Program.run(folder, "", List.of(JAVA, "-XX:TieredStopAtLevel=1", "-cp",
                folder.resolve("classes") + File.pathSeparator + System.getProperty("java.class.path"),
                "GeneratedClient", channel)).expectSuccess();
    }
}
