package dev.sluice.gate.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Looks at eight bytes of a text at a time. */
final class Bytes {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long SPACES = ONES * ' ';

    private Bytes() {}

    /** The first eight bytes of an ASCII text, or all of a shorter one, as {@link #word} finds them. */
    static long word(String text) {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        return word(bytes, 0, Math.min(bytes.length, Long.BYTES));
    }

    /** @param length at most 8; what is beyond counts as 0 */
    static long word(byte[] bytes, int start, int length) {
        if (start + Long.BYTES <= bytes.length) {
            var word = (long) WORDS.get(bytes, start);
            return length == Long.BYTES ? word : word & ((1L << (Byte.SIZE * length)) - 1);
        }
        long word = 0;
        for (int i = length - 1; i >= 0; i--) {
            word = (word << Byte.SIZE) | (bytes[start + i] & 0xFF);
        }
        return word;
    }

    /** Where a text ends that needs no decoding: at its quotation mark; -1 where it has escapes, controls or more than ASCII. */
    static int textEnd(byte[] bytes, int start, int limit) {
        var at = start;
        while (at + Long.BYTES <= limit) {
            var special = special((long) WORDS.get(bytes, at));
            if (special != 0) {
                at += Long.numberOfTrailingZeros(special) / Byte.SIZE;
                return bytes[at] == '"' ? at : -1;
            }
            at += Long.BYTES;
        }
        for (; at < limit; at++) {
            var one = bytes[at];
            if (one == '"') {
                return at;
            }
            if (one < ' ' || one == '\\') {
                return -1;
            }
        }
        return -1;
    }

    /** The lowest bit that is set stands in the first byte that is a quotation mark, a backslash, a control or no ASCII. */
    private static long special(long word) {
        return (zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES) | ((word - SPACES) & ~word) | word) & HIGHS;
    }

    private static long zeros(long word) {
        return (word - ONES) & ~word;
    }

    /** How many of a word's bytes stand before its first quotation mark; 8 where it has none. */
    static int beforeQuote(long word) {
        return Long.numberOfTrailingZeros(zeros(word ^ QUOTES) & HIGHS) / Byte.SIZE;
    }

    /** Texts are short: calling for help would cost more than comparing. */
    static boolean isSame(byte[] one, int oneStart, byte[] other, int otherStart, int length) {
        var at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            if ((long) WORDS.get(one, oneStart + at) != (long) WORDS.get(other, otherStart + at)) {
                return false;
            }
        }
        return at == length || word(one, oneStart + at, length - at) == word(other, otherStart + at, length - at);
    }

    /** Another hash of this text after what was hashed before. */
    static long hash(long before, byte[] bytes, int start, int length) {
        var hash = mixed(before ^ length);
        var at = start;
        for (var end = start + length - Long.BYTES; at <= end; at += Long.BYTES) {
            hash = mixed(hash ^ (long) WORDS.get(bytes, at));
        }
        var rest = start + length - at;
        return rest == 0 ? hash : mixed(hash ^ word(bytes, at, rest));
    }

    private static long mixed(long hash) {
        var product = hash * 0x9E3779B97F4A7C15L;
        return product ^ (product >>> 32);
    }
}
