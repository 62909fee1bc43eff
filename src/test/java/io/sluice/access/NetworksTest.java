package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.vertx.core.net.SocketAddress;

class NetworksTest {
    private static final String LIST = "127.0.0.1, 10.0.0.0/8,2001:db8::/32,::1";

    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", "127.0.0.2, false", "10.255.255.255, true", "11.0.0.0, false", "2001:db8:1::1, true",
            "2001:db9::1, false", "::1, true", "::2, false"})
    void contain(String address, boolean contained) {
        assertThat(Networks.of(LIST).contain(SocketAddress.inetSocketAddress(1234, address))).isEqualTo(contained);
    }

    @Test
    void otherAddresses_belongToNone() {
        assertThat(Networks.of("0.0.0.0/0,::/0").contain(SocketAddress.domainSocketAddress("/tmp/x"))).isFalse();
        assertThat(Networks.of("0.0.0.0/0").contain(null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "localhost", "10.0.0/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "::1/129",
            "*"})
    void whatIsNoNetwork_isRefused(String list) {
        assertThatThrownBy(() -> Networks.of(list)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no address");
    }
}
