package io.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossSiteCheckTest {
    private final CrossSiteCheck check = new CrossSiteCheck(Set.of("shop.example"),
            new CorsOrigins(false, Optional.empty()));

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            "same-origin, https://shop.example:8443, 127.0.0.1:8080",
            "same-origin, null, 127.0.0.1:8080",
            "none, -, 127.0.0.1:8080",
            "-, -, 127.0.0.1:8080",
            "-, http://localhost:8080, localhost:8080",
            "-, http://LOCALHOST:8080, localhost:8080",
            "-, https://orders.example, orders.example",
            "-, https://orders.example, orders.example:443",
            "-, http://orders.example:80, orders.example",
            "-, http://[::1]:8080, [::1]:8080",
            "-, https://shop.example, 127.0.0.1:8080",
    })
    void ours(String site, String origin, String host) {
        assertThat(check.ours(site, origin, host)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            "cross-site, https://orders.example, orders.example",
            "cross-site, -, orders.example",
            "same-site, https://shop.example:8443, shop.example",
            "same-site, null, orders.example",
            "same-site, -, orders.example",
            "same-site, https://evil.orders.example, orders.example",
            "-, https://evil.example, orders.example",
            "-, null, orders.example",
            "-, '', orders.example",
            "-, nonsense %, orders.example",
            "-, http://orders.example, orders.example:443",
            "-, http://localhost:1, localhost:8080",
            "-, https://orders.example.evil.example, orders.example",
            "-, https://orders.example@evil.example, orders.example",
            "-, https://orders.example, -",
            "-, file://, orders.example",
    })
    void foreign(String site, String origin, String host) {
        assertThat(check.ours(site, origin, host)).isFalse();
    }
}
