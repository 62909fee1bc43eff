package io.sluice.kubernetes;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testing.SluiceServices;

/** What the manifests ask a pod for. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class ProbesTest {

    @Test
    void everyPath_isAnswered() {
        Set<String> paths = Stream.of("base/probes.yaml", "components/prometheus/pod-monitor.yaml")
                .flatMap(file -> Manifests.read(file).stream())
                .flatMap(resource -> resource.findValuesAsText("path").stream())
                .collect(Collectors.toSet());
        assertThat(paths).contains("/q/health/live", "/q/metrics");
        paths.forEach(path -> given().get(path).then().statusCode(200));
    }
}
