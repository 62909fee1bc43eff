package io.sluice.kubernetes;

import static io.sluice.kubernetes.Manifests.elements;
import static io.sluice.kubernetes.Manifests.keys;
import static io.sluice.kubernetes.Manifests.match;
import static io.sluice.kubernetes.Manifests.name;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sluice.testing.NpmPackages;
import io.sluice.testing.Program;

/** The manifests fit the schemas of Kubernetes, KEDA, the Prometheus operator and Traefik, each other, and Sluice. */
class ManifestsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The fields in which pods are selected. */
    private static final Set<String> SELECTORS = Set.of("selector", "podSelector", "labelSelector");

    private Manifests manifests;

    @BeforeEach
    void render() {
        manifests = Manifests.render("example");
    }

    @Test
    void theyFitTheSchemas() throws IOException {
        assertThat(problems(manifests.all())).isEmpty();
        assertThat(problems(Manifests.render("base").all())).isEmpty();
    }

    @Test
    void misspelledFieldsAndWrongTypes_doNotFitTheSchemas() throws IOException {
        ObjectNode api = manifests.get("Deployment", "sluice-api").deepCopy();
        ((ObjectNode) api.at("/spec/template/spec/containers/0")).putObject("readynessProbe");
        ((ObjectNode) api.at("/spec/template/spec/containers/0/ports/0")).put("containerPort", "8080");
        ObjectNode scaled = manifests.get("ScaledObject", "sluice-worker").deepCopy();
        ((ObjectNode) scaled.get("spec")).put("maxReplicas", 8).remove("triggers");
        ObjectNode monitor = manifests.get("PodMonitor", "sluice").deepCopy();
        ((ObjectNode) monitor.at("/spec/podMetricsEndpoints/0")).put("interval", "often");
        assertThat(problems(List.of(api, scaled, monitor))).satisfiesExactlyInAnyOrder(
                problem -> assertThat(problem).contains("readynessProbe: no such field"),
                problem -> assertThat(problem).contains("containerPort must be integer"),
                problem -> assertThat(problem).contains("maxReplicas: no such field"),
                problem -> assertThat(problem).contains("must have required property triggers"),
                problem -> assertThat(problem).contains("interval must match pattern"));
    }

    private static List<String> problems(List<JsonNode> resources) throws IOException {
        NpmPackages.install();
        String script = new String(ManifestsTest.class.getResourceAsStream("validate.mjs").readAllBytes(), UTF_8);
        String output = Program.run(NpmPackages.FOLDER, JSON.writeValueAsString(resources),
                List.of("node", "--input-type=module", "-e", script)).expectSuccess();
        return List.of(JSON.readValue(output, String[].class));
    }

    @Test
    void everySelector_findsPods() {
        List<JsonNode> labels = manifests.podTemplates()
                .stream()
                .map(template -> template.at("/metadata/labels"))
                .toList();
        for (JsonNode resource : manifests.all()) {
            for (String field : SELECTORS) {
                for (JsonNode selector : resource.findValues(field)) {
                    JsonNode wanted = selector.has("matchLabels") ? selector.get("matchLabels") : selector;
                    // Some are of the pods of others: Prometheus.
                    if (wanted.path("app.kubernetes.io/name").asText().equals("sluice")) {
                        assertThat(labels).as(name(resource) + " " + selector).anyMatch(pod -> match(wanted, pod));
                    }
                }
            }
        }
        manifests.ofKind("Deployment")
                .forEach(deployment -> assertThat(match(deployment.at("/spec/selector/matchLabels"),
                        deployment.at("/spec/template/metadata/labels"))).isTrue());
    }

    @Test
    void whatIsNamed_isThere() {
        for (JsonNode template : manifests.podTemplates()) {
            JsonNode pod = template.get("spec");
            manifests.get("ServiceAccount", pod.get("serviceAccountName").asText());
            JsonNode container = pod.at("/containers/0");
            container.findValues("configMapRef").forEach(ref -> manifests.get("ConfigMap", ref.get("name").asText()));
            container.findValues("secretRef").forEach(ref -> manifests.get("Secret", ref.get("name").asText()));
            container.findValues("secretKeyRef").forEach(this::assertThatSecretHasKey);
            assertThat(elements(container.get("volumeMounts")).map(mount -> mount.get("name")))
                    .isSubsetOf(elements(pod.get("volumes")).map(volume -> volume.get("name")).toList());
        }
        for (String scaler : List.of("HorizontalPodAutoscaler", "ScaledObject")) {
            JsonNode target = manifests.ofKind(scaler).findFirst().orElseThrow().at("/spec/scaleTargetRef/name");
            // Or every apply would set the number of pods back.
            assertThat(manifests.get("Deployment", target.asText()).at("/spec/replicas").isMissingNode()).isTrue();
        }
        JsonNode trigger = manifests.get("ScaledObject", "sluice-worker").at("/spec/triggers/0");
        JsonNode login = manifests.get("TriggerAuthentication", trigger.at("/authenticationRef/name").asText());
        elements(login.at("/spec/secretTargetRef")).forEach(this::assertThatSecretHasKey);
        JsonNode ingress = manifests.get("Ingress", "sluice");
        JsonNode backend = ingress.at("/spec/rules/0/http/paths/0/backend/service");
        assertThat(manifests.get("Service", backend.get("name").asText()).at("/spec/ports/0/name"))
                .isEqualTo(backend.at("/port/name"));
        JsonNode middleware = manifests.get("Middleware", "login");
        manifests.get("Secret", middleware.at("/spec/basicAuth/secret").asText());
        assertThat(ingress.at("/metadata/annotations").elements().next().asText())
                .isEqualTo(middleware.at("/metadata/namespace").asText() + "-login@kubernetescrd");
    }

    private void assertThatSecretHasKey(JsonNode reference) {
        assertThat(keys(manifests.get("Secret", reference.get("name").asText()).get("data")))
                .contains(reference.get("key").asText());
    }

    @Test
    void everyPort_isWhereSluiceListens() throws IOException {
        JsonNode ports = manifests.get("Deployment", "sluice-api").at("/spec/template/spec/containers/0/ports");
        assertThat(ports).hasSize(2);
        String http = ports.at("/0/name").asText();
        assertThat(Files.readString(Path.of("docs/configuration.md")))
                .contains("| `QUARKUS_HTTP_PORT` | port | " + ports.at("/0/containerPort").asText() + ";");
        assertThat(manifests.get("Service", "sluice-api").at("/spec/ports/0/targetPort").asText()).isEqualTo(http);
        assertThat(portsOf(manifests.get("NetworkPolicy", "sluice-api"))).containsOnly(http);
    }

    @Test
    void probesAndPrometheus_useThePortOfTheManagement() throws IOException {
        JsonNode port = manifests.get("Deployment", "sluice-worker").at("/spec/template/spec/containers/0/ports/1");
        String management = port.at("/name").asText();
        assertThat(setting("sluice-worker", "SLUICE_MANAGEMENT_PORT")).isEqualTo(port.get("containerPort").asText());
        // Or nothing but the pod itself could reach it.
        assertThat(Files.readString(Path.of("src/main/docker/Dockerfile.jvm")))
                .contains("SLUICE_MANAGEMENT_HOST=0.0.0.0");
        assertThat(manifests.all().stream().flatMap(resource -> resource.findValues("httpGet").stream()))
                .isNotEmpty()
                .allMatch(probe -> probe.get("port").asText().equals(management));
        assertThat(manifests.get("PodMonitor", "sluice").at("/spec/podMetricsEndpoints/0/port").asText())
                .isEqualTo(management);
        assertThat(portsOf(manifests.get("NetworkPolicy", "sluice-metrics"))).containsOnly(management);
    }

    private static Stream<String> portsOf(JsonNode policy) {
        return elements(policy.at("/spec/ingress"))
                .flatMap(rule -> elements(rule.get("ports")))
                .map(port -> port.get("port").asText());
    }

    @Test
    void everySetting_isDocumented() throws IOException {
        Set<String> settings = new TreeSet<>();
        manifests.podTemplates().stream().map(template -> template.at("/spec/containers/0")).forEach(container -> {
            elements(container.path("env")).forEach(variable -> settings.add(variable.get("name").asText()));
            container.findValues("configMapRef")
                    .forEach(ref -> settings.addAll(keys(manifests.get("ConfigMap", ref.get("name").asText())
                            .get("data"))));
            container.findValues("secretRef")
                    .forEach(ref -> settings.addAll(keys(manifests.get("Secret", ref.get("name").asText())
                            .get("data"))));
        });
        String documented = Files.readString(Path.of("docs/configuration.md"))
                + Files.readString(Path.of("docs/containers.md"));
        assertThat(settings).contains("SLUICE_ROLE", "AMQP_HOST", "AMQP_PASSWORD");
        assertThat(settings.stream().filter(setting -> !documented.contains("`" + setting + "`"))).isEmpty();
    }

    @Test
    void podsHaveTheTimeToStop() {
        Duration grace = duration(setting("sluice-api", "SLUICE_SHUTDOWN_GRACE"));
        Duration delay = duration(setting("sluice-api", "SLUICE_SHUTDOWN_DELAY"));
        JsonNode api = manifests.get("Deployment", "sluice-api").at("/spec/template/spec");
        JsonNode readiness = api.at("/containers/0/readinessProbe");
        assertThat(delay).isGreaterThan(Duration.ofSeconds(
                readiness.get("periodSeconds").asLong() * readiness.get("failureThreshold").asLong()));
        Duration rest = Duration.ofSeconds(10);
        assertThat(seconds(api)).isGreaterThanOrEqualTo(delay.plus(grace).plus(rest));
        assertThat(seconds(manifests.get("Deployment", "sluice-worker").at("/spec/template/spec")))
                .isGreaterThanOrEqualTo(grace.plus(rest));
    }

    private static Duration seconds(JsonNode pod) {
        return Duration.ofSeconds(pod.get("terminationGracePeriodSeconds").asLong());
    }

    private static Duration duration(String setting) {
        return Duration.parse("PT" + setting);
    }

    /** The value of an environment variable of a Deployment's pods. */
    private String setting(String deployment, String key) {
        JsonNode container = manifests.get("Deployment", deployment).at("/spec/template/spec/containers/0");
        JsonNode shared = manifests.get("ConfigMap", container.at("/envFrom/0/configMapRef/name").asText());
        return Stream.concat(elements(container.get("env"))
                .filter(variable -> variable.get("name").asText().equals(key))
                .map(variable -> variable.get("value").asText()),
                Stream.of(shared.at("/data/" + key).asText())).findFirst().orElseThrow();
    }

    @Test
    void connectionsOfAllPods_areAsDocumented() throws IOException {
        int pods = manifests.get("HorizontalPodAutoscaler", "sluice-api").at("/spec/maxReplicas").asInt()
                + manifests.get("ScaledObject", "sluice-worker").at("/spec/maxReplicaCount").asInt();
        int replaced = (int) manifests.ofKind("Deployment").count();
        int connections = (pods + replaced)
                * Integer.parseInt(setting("sluice-worker", "QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE"));
        assertThat(Files.readString(Path.of("docs/kubernetes.md"))).contains(connections + " connections");
    }

    @Test
    void noPod_mayDoMoreThanItNeeds() {
        assertThat(manifests.podTemplates()).isNotEmpty().allSatisfy(template -> {
            JsonNode pod = template.get("spec");
            assertThat(pod.get("automountServiceAccountToken").asBoolean()).isFalse();
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(pod.get("containers")).allSatisfy(container -> {
                JsonNode security = container.get("securityContext");
                assertThat(security.get("allowPrivilegeEscalation").asBoolean()).isFalse();
                assertThat(security.get("readOnlyRootFilesystem").asBoolean()).isTrue();
                assertThat(security.at("/capabilities/drop")).isEqualTo(JSON.createArrayNode().add("ALL"));
            });
        });
    }
}
