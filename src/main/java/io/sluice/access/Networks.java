package io.sluice.access;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.vertx.core.net.SocketAddress;

/** Networks of the internet protocol, version 4 and 6. */
public final class Networks {
    private final List<IpSubnetFilterRule> networks;

    private Networks(List<IpSubnetFilterRule> networks) {
        this.networks = networks;
    }

    /**
     * @param list addresses and networks (RFC 4632, RFC 4291), separated by commas
     * @throws IllegalArgumentException if one of them is neither
     */
    public static Networks of(String list) {
        return new Networks(Stream.of(list.split(",", -1)).map(String::strip).map(Networks::network).toList());
    }

    private static IpSubnetFilterRule network(String text) {
        String[] parts = text.split("/", 2);
        int all = NetUtil.isValidIpV4Address(parts[0]) ? 32 : NetUtil.isValidIpV6Address(parts[0]) ? 128 : -1;
        int bits = parts.length == 1 ? all : parts[1].matches("\\d{1,3}") ? Integer.parseInt(parts[1]) : -1;
        if (all < 0 || bits < 0 || bits > all) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no address and no network such as 10.0.0.0/8");
        }
        return new IpSubnetFilterRule(parts[0], bits, IpFilterRuleType.ACCEPT);
    }

    /** Whether the address belongs to one of these networks; one of another kind (a Unix socket) does not. */
    public boolean contain(SocketAddress address) {
        if (address == null || address.hostAddress() == null || !NetUtil.isValidIpV4Address(address.hostAddress())
                && !NetUtil.isValidIpV6Address(address.hostAddress())) {
            return false;
        }
        InetSocketAddress socket = new InetSocketAddress(address.hostAddress(), address.port());
        return networks.stream().anyMatch(network -> network.matches(socket));
    }
}
