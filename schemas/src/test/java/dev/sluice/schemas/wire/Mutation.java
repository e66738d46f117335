package dev.sluice.schemas.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Small damages to a valid document, of the kinds that transport, people and attackers do. */
public final class Mutation {
    private static final List<String> POISON = List.of(
            "null",
            "-1",
            "1e999",
            "NaN",
            "[]",
            "{}",
            "\"\"",
            "true",
            "1e-400",
            "99999999999999999999",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "{\"a\":{\"a\":{}}}",
            "[[[[[[]]]]]]",
            "\"2026-13-45T99:99:99Z\"",
            "0.1234567890123456789");

    private Mutation() {}

    public static byte[] of(byte[] document, Random random) {
        var mutant = document;
        for (int i = random.nextInt(3); i >= 0; i--) {
            mutant = once(mutant, random);
        }
        return mutant;
    }

    private static byte[] once(byte[] document, Random random) {
        if (document.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        int at = random.nextInt(document.length);
        return switch (random.nextInt(5)) {
            case 0 -> changed(document, at, (byte) random.nextInt());
            case 1 -> joined(document, at, at, new byte[] {(byte) random.nextInt()});
            case 2 -> joined(document, at, Math.min(document.length, at + 1 + random.nextInt(8)), new byte[0]);
            case 3 -> joined(document, at, document.length, new byte[0]);
            default -> withPoisonedValue(document, at, random);
        };
    }

    /** Puts something else where a value stands, so that the document stays JSON and gets to the schema. */
    private static byte[] withPoisonedValue(byte[] document, int from, Random random) {
        int colon = from;
        while (colon < document.length && document[colon] != ':') {
            colon++;
        }
        int end = colon + 1;
        while (end < document.length && document[end] != ',' && document[end] != '}') {
            end++;
        }
        if (end >= document.length) {
            return document;
        }
        var poison = POISON.get(random.nextInt(POISON.size())).getBytes(StandardCharsets.UTF_8);
        return joined(document, colon + 1, end, poison);
    }

    private static byte[] changed(byte[] document, int at, byte value) {
        var mutant = document.clone();
        mutant[at] = value;
        return mutant;
    }

    private static byte[] joined(byte[] document, int until, int from, byte[] between) {
        var mutant = new byte[until + between.length + document.length - from];
        System.arraycopy(document, 0, mutant, 0, until);
        System.arraycopy(between, 0, mutant, until, between.length);
        System.arraycopy(document, from, mutant, until + between.length, document.length - from);
        return mutant;
    }
}
