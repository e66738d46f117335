package dev.sluice.schemas.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What a schema registry's serializers put before a value: the byte 0 and the schema's id, of 4 bytes
 * (https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format). Skipped where JSON
 * follows; no JSON begins with 0.
 */
final class RegistryPrefix {
    private static final int BYTES = 5;
    private static final int BYTES_OF_LONG_IDS = 9;

    /** With what JSON of an object or of a text may begin. */
    private static final String STARTS = "{\" \t\r\n";

    private RegistryPrefix() {}

    static byte[] skipped(byte[] value) throws UnacceptableJson {
        if (value.length == 0 || value[0] != 0) {
            return value;
        }
        if (isJson(value, BYTES)) {
            return Arrays.copyOfRange(value, BYTES, value.length);
        }
        if (isJson(value, BYTES_OF_LONG_IDS)) {
            throw new UnacceptableJson(
                    "it begins as some schema registry's serializers write (0, then an id of 8 bytes);"
                            + " only ids of 4 bytes are skipped: set its producer to these, or to ids in headers");
        }
        throw new UnacceptableJson(
                ("it begins as a schema registry's serializers write (0, then the schema's id%s), and what follows"
                                + " is no JSON: set value.serializer of its producer, or value.converter of its connector, to one that"
                                + " writes JSON")
                        .formatted(
                                value.length < BYTES
                                        ? ""
                                        : " " + ByteBuffer.wrap(value).getInt(1)));
    }

    private static boolean isJson(byte[] value, int from) {
        return value.length > from && STARTS.indexOf(value[from]) >= 0;
    }
}
