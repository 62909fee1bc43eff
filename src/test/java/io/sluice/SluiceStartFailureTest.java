package io.sluice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Whatever keeps the process from starting, it says so in one line, and its exit code is not 0. */
class SluiceStartFailureTest {

    @TempDir
    Path folder;

    @Test
    void unknownRole() throws Exception {
        assertThat(startFailure(Map.of("SLUICE_ROLE", "boss"))).isEqualTo(
                "Sluice cannot start: SLUICE_ROLE: \"boss\" is not valid (it must be one of all, api, worker, simulator, migrate)");
    }

    @Test
    void valueThatCannotBeRead_namesTheKeyAsItWasWritten() throws Exception {
        assertThat(startFailure(Map.of("SLUICE_SIMULATOR_LATENCY", "soon"))).contains("SLUICE_SIMULATOR_LATENCY",
                "soon");
    }

    @Test
    void valueOutOfRange_saysTheRange() throws Exception {
        assertThat(startFailure(Map.of("SLUICE_SIMULATOR_FAILURE_RATE", "2"))).isEqualTo("Sluice cannot start: "
                + "SLUICE_SIMULATOR_FAILURE_RATE: \"2\" is not valid (it must be between 0 and 1)");
        assertThat(startFailure(Map.of("QUARKUS_HTTP_PORT", "70000"))).isEqualTo("Sluice cannot start: "
                + "QUARKUS_HTTP_PORT: \"70000\" is not valid (it must be between 0 and 65535)");
        assertThat(startFailure(Map.of("SLUICE_TRACING_ENDPOINT", "collector:4318"))).isEqualTo("Sluice cannot start: "
                + "SLUICE_TRACING_ENDPOINT: \"collector:4318\" is not valid (it must be a URL such as"
                + " http://collector:4318)");
        for (String name : List.of("https://orders.example", "orders.example:443", "*.example")) {
            assertThat(startFailure(Map.of("SLUICE_HTTP_ALLOWED_HOSTS", "shop.example," + name)))
                    .contains("SLUICE_HTTP_ALLOWED_HOSTS", "\"" + name + "\" is no name such as orders.example");
        }
    }

    @Test
    void brokerThatCannotBe() throws Exception {
        for (String host : List.of("localhost:99999", "amqp://localhost:5672", "a,,b")) {
            assertThat(startFailure(Map.of("AMQP_HOST", host)))
                    .startsWith("Sluice cannot start: AMQP_HOST: \"" + host + "\" is not valid (")
                    .endsWith("is not a host such as broker or broker:5672, with a port from 1 to 65535)");
        }
        assertThat(startFailure(Map.of("AMQP_PORT", "0"))).isEqualTo(
                "Sluice cannot start: AMQP_PORT: \"0\" is not valid (it must be between 1 and 65535)");
    }

    @Test
    void filesForConnections_mustBeThere() throws Exception {
        Path file = folder.resolve("file");
        for (String key : List.of("AMQP_CA_FILE", "AMQP_PASSWORD_FILE", "SLUICE_DATABASE_CA_FILE",
                "SLUICE_DATABASE_PASSWORD_FILE")) {
            assertThat(startFailure(Map.of(key, file.toString()))).isEqualTo(
                    "Sluice cannot start: %s: \"%s\" is not valid (there is no such file)".formatted(key, file));
        }
        assertThat(startFailure(Map.of("AMQP_PASSWORD_FILE", folder.toString()))).contains("AMQP_PASSWORD_FILE",
                folder.toString(), "it cannot be read");
        Files.writeString(file, "not PEM");
        assertThat(startFailure(Map.of("AMQP_CA_FILE", file.toString()))).isEqualTo("Sluice cannot start: "
                + "AMQP_CA_FILE: \"%s\" is not valid (it has no certificate in PEM format)".formatted(file));
        Files.writeString(file, "-----BEGIN CERTIFICATE-----\nTm90IG9uZQ==\n-----END CERTIFICATE-----\n");
        assertThat(startFailure(Map.of("SLUICE_DATABASE_CA_FILE", file.toString()))).contains(
                "SLUICE_DATABASE_CA_FILE", file.toString(), "it has a certificate that cannot be read");
    }

    @Test
    void blankValue_countsAsAbsent() throws Exception {
        assertThat(startFailure(Map.of("SLUICE_ROLE", " ", "SLUICE_SIMULATOR_LATENCY", "", "SLUICE_SIMULATOR_PORT", " ",
                "SLUICE_SIMULATOR_SEED", "",
                "SLUICE_EMBEDDED", "false"))).contains("no database is configured");
    }

    @Test
    void busyHttpPort() throws Exception {
        try (ServerSocket taken = takenPort()) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(startFailure(Map.of("QUARKUS_HTTP_PORT", port))).contains("QUARKUS_HTTP_PORT", port);
        }
    }

    @Test
    void managementPort_isFreeAndAnotherOne() throws Exception {
        try (ServerSocket taken = takenPort()) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(startFailure(Map.of("SLUICE_MANAGEMENT_PORT", port))).contains("SLUICE_MANAGEMENT_PORT", port);
            assertThat(startFailure(Map.of("SLUICE_MANAGEMENT_PORT", port, "QUARKUS_HTTP_PORT", port))).isEqualTo(
                    "Sluice cannot start: SLUICE_MANAGEMENT_PORT: must be another port than QUARKUS_HTTP_PORT");
        }
    }

    @Test
    void complaint_isJsonWhereTheLogIs() throws Exception {
        String json = startFailure(Map.of("SLUICE_LOG_FORMAT", "json", "SLUICE_SIMULATOR_LATENCY", "soon"));
        JsonNode entry = new ObjectMapper().readTree(json);
        assertThat(entry.get("level").asText()).isEqualTo("ERROR");
        assertThat(entry.get("message").asText()).startsWith("Sluice cannot start: SLUICE_SIMULATOR_LATENCY");
        assertThat(startFailure(Map.of("SLUICE_LOG_FORMAT", "xml"))).isEqualTo(
                "Sluice cannot start: SLUICE_LOG_FORMAT: \"xml\" is not valid (it must be text or json)");
    }

    @Test
    void busySimulatorPort() throws Exception {
        try (ServerSocket taken = takenPort()) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(startFailure(Map.of("SLUICE_SIMULATOR_PORT", port, "SLUICE_SIMULATOR_ENABLED", "true",
                    "QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://127.0.0.1:1/none")))
                    .contains("SLUICE_SIMULATOR_PORT", port);
        }
    }

    @Test
    void addressThatOthersReach_mustBeAllowed() throws Exception {
        assertThat(startFailure(Map.of("QUARKUS_HTTP_HOST", "0.0.0.0"))).isEqualTo(
                "Sluice cannot start: QUARKUS_HTTP_HOST: at \"0.0.0.0\" other machines can reach Sluice. Set"
                        + " SLUICE_AUTH=oidc or SLUICE_AUTH=proxy to have people log in, or SLUICE_AUTH=none to let"
                        + " everybody in.");
        assertThat(startFailure(Map.of("SLUICE_AUTH", "ldap"))).isEqualTo("Sluice cannot start: SLUICE_AUTH:"
                + " \"ldap\" is not valid (it must be none, oidc or proxy)");
        assertThat(startFailure(Map.of("SLUICE_AUTH", "proxy", "SLUICE_AUTH_PROXY_ADDRESSES", "10.0.0.0/8,proxy")))
                .isEqualTo("Sluice cannot start: SLUICE_AUTH_PROXY_ADDRESSES: \"10.0.0.0/8,proxy\" is not valid"
                        + " (\"proxy\" is no address and no network such as 10.0.0.0/8)");
        assertThat(startFailure(Map.of("QUARKUS_HTTP_HOST", "0.0.0.0", "SLUICE_AUTH", "none", "SLUICE_EMBEDDED",
                "false"))).contains("no database is configured");
    }

    @Test
    void login_needsAProvider() throws Exception {
        assertThat(startFailure(Map.of("SLUICE_AUTH", "oidc", "QUARKUS_OIDC_CLIENT_ID", "sluice"))).isEqualTo(
                "Sluice cannot start: SLUICE_AUTH=oidc needs QUARKUS_OIDC_AUTH_SERVER_URL,"
                        + " QUARKUS_OIDC_CREDENTIALS_SECRET, too.");
        Map<String, String> provider = Map.of("SLUICE_AUTH", "oidc", "QUARKUS_OIDC_CLIENT_ID", "sluice",
                "QUARKUS_OIDC_AUTH_SERVER_URL", "https://id.example", "QUARKUS_OIDC_CREDENTIALS_SECRET", "short");
        assertThat(startFailure(provider)).isEqualTo("Sluice cannot start: QUARKUS_OIDC_CREDENTIALS_SECRET: must have"
                + " at least 32 characters, because sessions are encrypted with it");
        Map<String, String> prefixed = new HashMap<>(provider);
        prefixed.put("QUARKUS_OIDC_CREDENTIALS_SECRET", "s".repeat(32));
        prefixed.put("SLUICE_HTTP_PREFIX", "/sluice");
        prefixed.put("SLUICE_HTTP_PUBLIC_URL", "https://orders.example");
        assertThat(startFailure(prefixed)).contains("SLUICE_HTTP_PUBLIC_URL: must be a URL that ends with");
    }

    @Test
    void ownDatabase_needsPartnersOfItsOwn() throws Exception {
        String database = "postgresql://127.0.0.1:1/none";
        assertThat(startFailure(Map.of("QUARKUS_DATASOURCE_REACTIVE_URL", database,
                "SLUICE_PARTNERS_CARRIER_URL", "http://carrier.example"))).isEqualTo(
                        "Sluice cannot start: no partners are configured. Set SLUICE_PARTNERS_PRINTER_URL,"
                                + " SLUICE_PARTNERS_MARKETPLACE_URL, or SLUICE_SIMULATOR_ENABLED=true to handle orders"
                                + " with simulated partners.");
    }

    @Test
    void dataFolderThatIsAFile() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(startFailure(Map.of("SLUICE_DATA_DIR", file.toString()))).contains("SLUICE_DATA_DIR",
                file.toString());
    }

    @Test
    void noDatabase() throws Exception {
        assertThat(startFailure(Map.of("SLUICE_EMBEDDED", "false"))).contains("QUARKUS_DATASOURCE_REACTIVE_URL");
    }

    @Test
    void migration_needsADatabase() throws Exception {
        assertThat(startFailure(Map.of("SLUICE_ROLE", "migrate")))
                .isEqualTo("Sluice cannot start: no database is configured. Set QUARKUS_DATASOURCE_REACTIVE_URL.");
        assertThat(startFailure(Map.of("SLUICE_ROLE", "migrate", "QUARKUS_DATASOURCE_REACTIVE_URL",
                "postgresql://127.0.0.1:1/none"))).contains("QUARKUS_DATASOURCE_REACTIVE_URL", "127.0.0.1:1");
        assertThat(startFailure(Map.of("SLUICE_DATABASE_MIGRATE", "no"))).isEqualTo("Sluice cannot start:"
                + " SLUICE_DATABASE_MIGRATE: \"no\" is not valid (it must be true or false)");
    }

    /** Written by the shell, because the locale of this test decides what Java can write. */
    private static final String UMLAUT = "$(printf '\\303\\244')";
    private static final String BAD_LOCALE = "has characters that the locale of this process does not know";

    @Test
    void variable_isReadAsUtf8InEveryLocale() throws Exception {
        // The terminal of this locale has one question mark for the one character that was read.
        assertThat(startFailureInC("export SLUICE_ROLE=K" + UMLAUT + "serei", "")).contains("SLUICE_ROLE: \"K?serei\"");
    }

    @Test
    void pathThatTheLocaleDoesNotKnow() throws Exception {
        assertThat(startFailureInC("export SLUICE_DATA_DIR=Best" + UMLAUT + "nde", "")).contains("SLUICE_DATA_DIR",
                BAD_LOCALE);
        assertThat(startFailureInC("mkdir Best" + UMLAUT + "nde; cd Best" + UMLAUT + "nde", ""))
                .contains("the working directory", BAD_LOCALE);
    }

    @Test
    void systemPropertyThatTheLocaleDoesNotKnow() throws Exception {
        assertThat(startFailureInC("", "-Dsluice.sender.name=K" + UMLAUT + "serei")).contains("-Dsluice.sender.name",
                BAD_LOCALE);
    }

    private static ServerSocket takenPort() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    }

    /** Starts the program in a process of its own and returns its one line of complaint. */
    private String startFailure(Map<String, String> environment) throws IOException, InterruptedException {
        return startFailure(environment, "", "");
    }

    private String startFailureInC(String before, String option) throws IOException, InterruptedException {
        // Without services, so that it ends in any case.
        return startFailure(Map.of("LC_ALL", "C", "SLUICE_EMBEDDED", "false"), before, option);
    }

    /**
     * @param before commands of the shell that starts the program
     * @param option of the JVM
     */
    private String startFailure(Map<String, String> environment, String before, String option)
            throws IOException, InterruptedException {
        Path errors = folder.resolve("stderr");
        ProcessBuilder sluice = new ProcessBuilder("sh", "-c", before + "\nexec \"$0\" " + option + " \"$@\"",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp", System.getProperty("java.class.path"), Sluice.class.getName())
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors.toFile());
        sluice.environment().put("QUARKUS_HTTP_PORT", "0");
        sluice.environment().putAll(environment);
        assertThat(sluice.start().waitFor()).isEqualTo(1);
        assertThat(Files.readAllLines(errors, UTF_8)).hasSize(1);
        return Files.readString(errors).strip();
    }
}
