package io.sluice.description;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testing.Api;
import io.sluice.testing.BrokenStream;
import io.sluice.testing.ChildProcess;
import io.sluice.testing.NpmPackages;
import io.sluice.testing.Program;
import io.sluice.testing.SluiceServices;

/**
 * Clients of others read the event streams: {@code curl -N}, Java's HTTP client, Python's urllib, and the npm packages
 * eventsource and eventsource-parser. Those of browsers are in {@code EventSourceBrowserTest}.
 */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class SseClientsTest {
    private static final Pattern EVENT = Pattern.compile("[0-9]+-[0-9]+ \\{.*");

    @TestHTTPResource("/")
    URI base;

    @ParameterizedTest
    @EnumSource
    void example_resumesABrokenStream(Language language) {
        if (language == Language.JAVASCRIPT) {
            NpmPackages.install();
        }
        try (BrokenStream stream = new BrokenStream(base.getPort())) {
            Path folder = language.folder();
            resumes(stream, folder, language.command(folder, stream.port(), "follow", stream.channel));
        }
    }

    @Test
    void eventsourceParser_resumesABrokenStream() throws IOException {
        NpmPackages.install();
        try (BrokenStream stream = new BrokenStream(base.getPort())) {
            Path folder = Language.JAVASCRIPT.folder();
            Files.copy(Path.of("src/test/resources/sse/parser.mjs"), folder.resolve("parser.mjs"));
            resumes(stream, folder, List.of("node", "parser.mjs",
                    "http://127.0.0.1:" + stream.port() + "/api/events?channel=" + stream.channel));
        }
    }

    private static void resumes(BrokenStream stream, Path folder, List<String> command) {
        try (ChildProcess client = ChildProcess.start("sse", new ProcessBuilder(command).directory(folder.toFile()))) {
            stream.breaksAndIsResumed(
                    () -> client.output().stream().filter(line -> EVENT.matcher(line).matches()).toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "orders/{id}/events"})
    void head_isAnsweredAndEnds(String path) {
        Program.assumeInstalled("curl");
        String url = base.resolve("/api/" + path.replace("{id}", Api.post(Api.order().manual()))).toString();
        assertThat(Program.run(Path.of("target"), "", List.of("curl", "-sSI", "--max-time", "60", url)).expectSuccess())
                .containsIgnoringCase("HTTP/1.1 200 OK")
                .containsIgnoringCase("Content-Type: text/event-stream");
    }
}
