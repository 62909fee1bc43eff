package io.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

class CorsOriginsTest {
    private final Optional<Set<String>> listed = Optional.of(Set.of("https://shop.example"));

    @Test
    void onlyListedSites_mayChangeSomething() {
        CorsOrigins on = new CorsOrigins(true, listed);
        assertThat(on.allow("https://shop.example")).isTrue();
        assertThat(on.allow("http://shop.example")).isFalse();
        assertThat(on.allow("https://shop.example.evil")).isFalse();
        assertThat(on.allow(null)).isFalse();
    }

    @Test
    void noneMay_whileItIsOff() {
        assertThat(new CorsOrigins(false, listed).allow("https://shop.example")).isFalse();
        assertThat(new CorsOrigins(true, Optional.empty()).allow("https://shop.example")).isFalse();
    }
}
