package dev.sluice.engine.webhook;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Addresses that nobody outside may make the engine call, since what listens there trusts whoever can reach it. An IPv4 address
 * within one of IPv6 (NAT64, 6to4, Teredo, compatible) is as closed as it is alone.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA: special-purpose addresses</a>
 */
final class ClosedAddresses {
    private record Closed(Network network, String kind) {
        private static Closed of(String network, String kind) {
            return new Closed(Network.of(network), kind);
        }
    }

    private static final String METADATA = "a cloud's metadata address";
    private static final String LOOPBACK = "a loopback address";
    private static final String LINK_LOCAL = "a link-local address";
    private static final String MULTICAST = "a multicast address";
    private static final String UNSPECIFIED = "an unspecified address";

    /**
     * The first that has an address says why. Those of metadata are where AWS, Azure, Alibaba, Oracle and Google tell a machine
     * its credentials. Java reads an IPv4-mapped address as one of IPv4.
     */
    private static final List<Closed> CLOSED = List.of(
            Closed.of("169.254.169.254/32", METADATA),
            Closed.of("169.254.170.2/32", METADATA),
            Closed.of("168.63.129.16/32", METADATA),
            Closed.of("100.100.100.200/32", METADATA),
            Closed.of("192.0.0.192/32", METADATA),
            Closed.of("fd00:ec2::/32", METADATA),
            Closed.of("fd20:ce::254/128", METADATA),
            Closed.of("127.0.0.0/8", LOOPBACK),
            Closed.of("::1/128", LOOPBACK),
            Closed.of("169.254.0.0/16", LINK_LOCAL),
            Closed.of("fe80::/10", LINK_LOCAL),
            Closed.of("224.0.0.0/4", MULTICAST),
            Closed.of("ff00::/8", MULTICAST),
            Closed.of("255.255.255.255/32", "the broadcast address"),
            Closed.of("0.0.0.0/8", UNSPECIFIED),
            Closed.of("::/128", UNSPECIFIED));

    private static final List<Network> LAST_FOUR =
            List.of(Network.of("64:ff9b::/96"), Network.of("64:ff9b:1::/48"), Network.of("::/96"));
    private static final Network SIX_TO_FOUR = Network.of("2002::/16");
    private static final Network TEREDO = Network.of("2001::/32");
    private static final int IPV4_BYTES = 4;

    private ClosedAddresses() {}

    /** What kind of closed address it is; empty where it is open. */
    static Optional<String> kind(InetAddress address) {
        var bytes = address.getAddress();
        return kind(bytes).or(() -> within(bytes).flatMap(ClosedAddresses::kind));
    }

    private static Optional<String> kind(byte[] address) {
        return CLOSED.stream()
                .filter(closed -> closed.network().has(address))
                .map(Closed::kind)
                .findFirst();
    }

    private static Optional<byte[]> within(byte[] address) {
        if (SIX_TO_FOUR.has(address)) {
            return Optional.of(Arrays.copyOfRange(address, 2, 2 + IPV4_BYTES));
        }
        var last = Arrays.copyOfRange(address, address.length - IPV4_BYTES, address.length);
        if (TEREDO.has(address)) {
            for (int i = 0; i < last.length; i++) {
                last[i] ^= (byte) 0xff;
            }
            return Optional.of(last);
        }
        return LAST_FOUR.stream().anyMatch(network -> network.has(address)) ? Optional.of(last) : Optional.empty();
    }
}
