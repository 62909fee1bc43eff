package io.sluice.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import com.standardwebhooks.exceptions.WebhookVerificationException;

/** Signatures, as the library for receivers in Java checks them. */
class SigningSecretTest {
    private static final String BODY = "{\"type\":\"order.handled\",\"data\":{\"note\":\"Größe\"}}";
    private static final Instant NOW = Instant.now();

    private final SigningSecret secret = SigningSecret.random();
    private final SigningSecret previous = SigningSecret.random();

    private static Webhook webhook(SigningSecret secret, SigningSecret previous, Instant until) {
        return new Webhook(UUID.randomUUID(), WebhookUrl.parse("https://shop.example/"), Set.of(), null, secret,
                previous,
                until, null, null, null, null, NOW);
    }

    private static void verify(SigningSecret secret, String signatures, String body)
            throws WebhookVerificationException {
        new com.standardwebhooks.Webhook(secret.reveal()).verify(body, Map.of("webhook-id", List.of("749-31"),
                "webhook-timestamp", List.of(Long.toString(NOW.getEpochSecond())),
                "webhook-signature", List.of(signatures)));
    }

    /** The example of the specification's own libraries. */
    @Test
    void signature_isThatOfTheSpecification() {
        var known = new SigningSecret(Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        assertThat(known.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void receiver_acceptsIt() {
        String signatures = webhook(secret, null, null).signatures("749-31", NOW, BODY);
        assertThat(signatures).doesNotContain(" ");
        assertThatCode(() -> verify(secret, signatures, BODY)).doesNotThrowAnyException();
        assertThatThrownBy(() -> verify(secret, signatures, BODY + " "))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> verify(previous, signatures, BODY)).isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void whileTheSecretIsBeingChanged_bothAreGood() {
        String signatures = webhook(secret, previous, NOW.plusSeconds(1)).signatures("749-31", NOW, BODY);
        assertThat(signatures.split(" ")).hasSize(2);
        assertThatCode(() -> verify(secret, signatures, BODY)).doesNotThrowAnyException();
        assertThatCode(() -> verify(previous, signatures, BODY)).doesNotThrowAnyException();
    }

    @Test
    void afterThat_onlyTheNewOneIs() {
        String signatures = webhook(secret, previous, NOW).signatures("749-31", NOW, BODY);
        assertThatCode(() -> verify(secret, signatures, BODY)).doesNotThrowAnyException();
        assertThatThrownBy(() -> verify(previous, signatures, BODY)).isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void text_doesNotShowTheSecret() {
        assertThat(webhook(secret, previous, NOW)).asString()
                .doesNotContain(secret.reveal().substring(6), previous.reveal().substring(6));
        assertThat(secret.reveal()).startsWith("whsec_");
        assertThat(SigningSecret.random().reveal()).isNotEqualTo(secret.reveal());
    }
}
