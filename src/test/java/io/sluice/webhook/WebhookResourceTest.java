package io.sluice.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.sluice.http.ProblemException;

/** What is refused before anything is stored. */
class WebhookResourceTest {

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:9/", "http://localhost/", "https://[::1]/", "http://10.1.2.3/",
            "http://169.254.169.254/latest", "https://[::ffff:192.168.0.1]/", "https://[fd00::1]:8443/",
            "http://2130706433/"})
    void addressThatIsNotPublic_isRefusedAtOnce_andTheAnswerSaysHowToAllowIt(String url) {
        var resource = new WebhookResource(null, null, new Resolver(new AddressRule(false), InetAddress::getAllByName));
        ProblemException refused = catchThrowableOfType(ProblemException.class,
                () -> resource.create(("{\"url\":\"" + url + "\"}").getBytes(UTF_8), null)
                        .await()
                        .atMost(Duration.ofMinutes(1)));
        assertThat(refused.problem().status()).isEqualTo(422);
        assertThat(refused.problem().errors().get(0).pointer()).isEqualTo("/url");
        assertThat(refused.problem().detail()).contains("not public", "SLUICE_WEBHOOKS_ALLOW_PRIVATE_ADDRESSES");
    }
}
