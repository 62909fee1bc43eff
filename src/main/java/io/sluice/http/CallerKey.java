package io.sluice.http;

import java.util.HexFormat;

import io.netty.util.NetUtil;
import io.sluice.access.Caller;
import io.vertx.ext.web.RoutingContext;

/** Tells callers apart for their limits: by who they are, or by where they come from if that is not known. */
final class CallerKey {
    private static final int NETWORK_BYTES = 8;

    private CallerKey() {}

    static String of(Caller caller, RoutingContext request) {
        return caller.identity().isEmpty()
                ? network(String.valueOf(request.request().remoteAddress().hostAddress()))
                : "caller " + caller.identity();
    }

    /** An address; of IPv6 its network, because one customer usually has a whole one (RFC 6177). */
    private static String network(String address) {
        boolean sixth = NetUtil.isValidIpV6Address(address) && !address.contains(".");
        return sixth
                ? HexFormat.of().formatHex(NetUtil.createByteArrayFromIpAddressString(address), 0, NETWORK_BYTES)
                : address;
    }
}
