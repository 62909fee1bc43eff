package io.sluice.queue;

import java.util.List;
import java.util.stream.Stream;

import io.netty.util.NetUtil;
import io.vertx.core.net.HostAndPort;

/** Reads where the broker is, as the configuration says it. */
public final class BrokerHosts {
    static final int DEFAULT_PORT = 5672;
    private static final int MAX_PORT = 65_535;

    private BrokerHosts() {}

    /**
     * Reads {@code name} or {@code name:port}, separated by commas. An IPv6 address with a port is in brackets.
     *
     * @throws IllegalArgumentException if an entry is neither
     */
    public static List<HostAndPort> list(String text) {
        return list(text, DEFAULT_PORT);
    }

    static List<HostAndPort> list(String text, int defaultPort) {
        return Stream.of(text.split(",", -1)).map(String::strip).map(entry -> host(entry, defaultPort)).toList();
    }

    private static HostAndPort host(String entry, int defaultPort) {
        boolean bareIpv6 = NetUtil.isValidIpV6Address(entry) && !entry.startsWith("[");
        HostAndPort host = HostAndPort.parseAuthority(bareIpv6 ? "[" + entry + "]" : entry, defaultPort);
        if (host == null || host.host().isEmpty() || !isPort(host.port())) {
            throw new IllegalArgumentException(
                    "\"%s\" is not a host such as broker or broker:5672, with a port from 1 to %d"
                            .formatted(entry, MAX_PORT));
        }
        return HostAndPort.create(host.host().replaceAll("[\\[\\]]", ""), host.port());
    }

    /**
     * Reads the port of the hosts that have none.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static int port(String text) {
        int port = Integer.parseInt(text);
        if (!isPort(port)) {
            throw new IllegalArgumentException("it must be between 1 and " + MAX_PORT);
        }
        return port;
    }

    private static boolean isPort(int port) {
        return port > 0 && port <= MAX_PORT;
    }
}
