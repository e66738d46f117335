package dev.sluice.engine.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Addresses that begin with the same bits, such as {@code 10.0.0.0/8}. */
final class Network {
    /** Written out, so that no name is looked up. */
    private static final Pattern FORM = Pattern.compile("([0-9a-fA-F:.]{2,45})/(\\d{1,3})");

    private final byte[] base;
    private final int bits;

    private Network(byte[] base, int bits) {
        this.base = base;
        this.bits = bits;
    }

    /** @throws IllegalArgumentException says what is wrong */
    static Network of(String text) {
        var found = FORM.matcher(text);
        if (!found.matches()) {
            throw new IllegalArgumentException(text + " is no network: write it like 10.0.0.0/8 or fd00::/8");
        }
        try {
            var base = InetAddress.getByName(found.group(1)).getAddress();
            var bits = Integer.parseInt(found.group(2));
            if (bits > base.length * Byte.SIZE) {
                throw new IllegalArgumentException(text + " has more bits than an address has");
            }
            return new Network(base, bits);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text + " does not begin with an address", e);
        }
    }

    boolean has(byte[] address) {
        if (address.length != base.length) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            int mask = 0x80 >> (i % Byte.SIZE);
            if (((address[i / Byte.SIZE] ^ base[i / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
