package io.sluice.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * To which addresses messages may go. Public ones are those of IANA's registries of special-purpose addresses that are
 * globally reachable.
 *
 * @param allowPrivate whether loopback, link-local and private addresses are allowed, too
 */
record AddressRule(boolean allowPrivate) {
    private static final List<Block> NEVER = blocks("0.0.0.0/8", "224.0.0.0/4", "255.255.255.255/32", "::/128",
            "ff00::/8");
    private static final List<Block> NOT_PUBLIC = blocks("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8",
            "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // Teredo and other protocols, documentation, 6to4
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");
    /** All public addresses of IPv6 are in here. */
    private static final Block GLOBAL_UNICAST = Block.of("2000::/3");
    /** Leads to the IPv4 address in its last 32 bits (RFC 6052). */
    private static final Block NAT64 = Block.of("64:ff9b::/96");

    boolean permits(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (NAT64.has(bytes)) {
            return permits(Block.address(Arrays.copyOfRange(bytes, 12, 16)));
        }
        if (allowPrivate) {
            return NEVER.stream().noneMatch(block -> block.has(bytes));
        }
        return (bytes.length == 4 || GLOBAL_UNICAST.has(bytes))
                && NOT_PUBLIC.stream().noneMatch(block -> block.has(bytes));
    }

    private static List<Block> blocks(String... blocks) {
        return Stream.of(blocks).map(Block::of).toList();
    }

    /** The addresses that begin with the first {@code length} bits of {@code prefix}. */
    private record Block(byte[] prefix, int length) {

        static Block of(String text) {
            String[] parts = text.split("/");
            try {
                return new Block(InetAddress.getByName(parts[0]).getAddress(), Integer.parseInt(parts[1]));
            } catch (UnknownHostException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        static InetAddress address(byte[] bytes) {
            try {
                return InetAddress.getByAddress(bytes);
            } catch (UnknownHostException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        boolean has(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < length; bit++) {
                int mask = 0x80 >> bit % 8;
                if (((address[bit / 8] ^ prefix[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
