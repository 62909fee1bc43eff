package io.sluice.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookUrlTest {

    @ParameterizedTest
    @CsvSource({"https://shop.example, shop.example, 443, /", "http://shop.example/a?b=c, shop.example, 80, /a?b=c",
            "HTTPS://shop.example:8443/, shop.example, 8443, /", "http://192.0.2.1:81/x, 192.0.2.1, 81, /x",
            "https://[2001:db8::1]:444/x%20y, 2001:db8::1, 444, /x%20y",
            "http://shop.example?q, shop.example, 80, /?q"})
    void url_hasHostPortAndTarget(String text, String host, int port, String target) {
        WebhookUrl url = WebhookUrl.parse(text);
        assertThat(url.host()).isEqualTo(host);
        assertThat(url.port()).isEqualTo(port);
        assertThat(url.target()).isEqualTo(target);
        assertThat(url).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "shop.example", "/hook", "ftp://shop.example/", "file:///etc/passwd", "https://",
            "https:shop.example", "https://shop.example:0/", "https://shop.example:65536/",
            "https://me:pw@shop.example/",
            "https://me@shop.example/", "https://shop.example/#x", "https://shop.example/a b", "https://127.1/",
            "gopher://127.0.0.1/"})
    void anythingElse_isRefused(String text) {
        assertThatThrownBy(() -> WebhookUrl.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("This .*\\.");
    }

    @Test
    void hostNameThatIsNotAscii_isRefusedWithTheWayOut() {
        assertThatThrownBy(() -> WebhookUrl.parse("http://münchen.de")).hasMessageContaining("xn--");
        assertThat(WebhookUrl.parse("http://xn--mnchen-3ya.de").host()).isEqualTo("xn--mnchen-3ya.de");
    }

    @Test
    void site_hasNoPath_becauseThatMayHaveAToken() {
        assertThat(WebhookUrl.parse("https://shop.example:8443/hooks/s3cret?token=s3cret").site())
                .isEqualTo("https://shop.example:8443");
    }
}
