package io.sluice.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRuleTest {
    private final AddressRule publicOnly = new AddressRule(false);
    private final AddressRule all = new AddressRule(true);

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
            "126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0",
            "192.0.1.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255",
            "2606:4700:4700::1111", "2a00:1450:4001:800::200e", "2001:4860:4860::8888", "64:ff9b::808:808"})
    void publicAddress_isAllowed(String address) throws UnknownHostException {
        assertThat(publicOnly.permits(InetAddress.getByName(address))).isTrue();
        assertThat(all.permits(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.255.255.255", "10.0.0.0", "10.255.255.255", "100.64.0.0",
            "100.127.255.255", "169.254.0.0", "169.254.169.254", "172.16.0.0", "172.31.255.255", "192.0.0.1",
            "192.0.2.1", "192.88.99.1", "192.168.0.0", "192.168.255.255", "198.18.0.0", "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1", "240.0.0.0", "::1", "fe80::1", "fec0::1", "fc00::1", "fdff::1", "2001::1", "2001:db8::1",
            "2002:7f00:1::1", "3fff::1", "4000::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1", "100::1",
            // Other ways to write 127.0.0.1, as the JDK reads them
            "2130706433", "127.1"})
    void otherAddress_isAllowedOnlyIfSoConfigured(String address) throws UnknownHostException {
        assertThat(publicOnly.permits(InetAddress.getByName(address))).isFalse();
        assertThat(all.permits(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "0.1.2.3", "224.0.0.1", "239.255.255.255", "255.255.255.255", "::", "ff02::1",
            "64:ff9b::", "64:ff9b::e000:1"})
    void addressOfNoSingleMachine_isNeverAllowed(String address) throws UnknownHostException {
        assertThat(publicOnly.permits(InetAddress.getByName(address))).isFalse();
        assertThat(all.permits(InetAddress.getByName(address))).isFalse();
    }
}
