package dev.sluice.gate.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Unpacks what came in, and no more than so much of it. */
final class Body {
    private static final int MOST_BYTES = 16 << 20;

    private Body() {}

    /**
     * @param encoding of its header; null for none
     * @return null where there is too much
     * @throws IOException where it is not packed like that
     */
    static byte[] unpacked(byte[] body, String encoding) throws IOException {
        if (encoding == null || encoding.equalsIgnoreCase("identity")) {
            return body;
        }
        if (!encoding.equalsIgnoreCase("gzip")) {
            throw new IOException("content-encoding is gzip or none, not " + encoding);
        }
        try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            var unpacked = in.readNBytes(MOST_BYTES + 1);
            return unpacked.length > MOST_BYTES ? null : unpacked;
        }
    }
}
