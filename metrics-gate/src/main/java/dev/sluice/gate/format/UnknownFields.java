package dev.sluice.gate.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Steps over what nobody here knows, from byte to byte: values of the shapes that {@link UnknownValue} takes, as far as they are
 * plain, and no name twice in one object.
 */
final class UnknownFields {
    private static final int DEEPEST = 4;
    private static final int MOST_NAMES = 16;
    private static final int LONGEST_NAME = 256;
    /** An event in an envelope has its fields elsewhere; alerts are rare enough for the other reader. */
    private static final List<byte[]> ELSEWHERE = Stream.of("specversion", "alert", "state")
            .map(name -> name.getBytes(StandardCharsets.US_ASCII))
            .toList();

    private final PlainNumber number = new PlainNumber();
    private final int[][] starts = new int[DEEPEST + 1][MOST_NAMES];
    private final int[][] lengths = new int[DEEPEST + 1][MOST_NAMES];
    private final int[] names = new int[DEEPEST + 1];
    private byte[] json;
    private int limit;

    void begin(byte[] value, int end) {
        json = value;
        limit = end;
        names[0] = 0;
    }

    /** Where the value of the event's own unknown field ends; -1 where it isn't plain or the name was there before. */
    int skip(int nameStart, int nameLength, int at) {
        return !isElsewhere(nameStart, nameLength) && isNew(0, nameStart, nameLength) ? skipValue(at, 0) : -1;
    }

    private boolean isElsewhere(int start, int length) {
        for (var name : ELSEWHERE) {
            if (name.length == length && Arrays.equals(json, start, start + length, name, 0, length)) {
                return true;
            }
        }
        return false;
    }

    private boolean isNew(int depth, int start, int length) {
        var count = names[depth];
        if (count == MOST_NAMES || length > LONGEST_NAME) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (lengths[depth][i] == length && isSame(starts[depth][i], start, length)) {
                return false;
            }
        }
        starts[depth][count] = start;
        lengths[depth][count] = length;
        names[depth]++;
        return true;
    }

    private boolean isSame(int one, int other, int length) {
        for (int i = 0; i < length; i++) {
            if (json[one + i] != json[other + i]) {
                return false;
            }
        }
        return true;
    }

    private int skipValue(int at, int depth) {
        if (at >= limit) {
            return -1;
        }
        return switch (json[at]) {
            case '"' -> skipText(at);
            case '{' -> depth == DEEPEST ? -1 : skipObject(at, depth + 1);
            case '[' -> depth == DEEPEST ? -1 : skipArray(at, depth + 1);
            case 't' -> Blank.after("true", json, at, limit);
            case 'f' -> Blank.after("false", json, at, limit);
            case 'n' -> Blank.after("null", json, at, limit);
            default -> number.read(json, at, limit);
        };
    }

    private int skipText(int at) {
        var end = Bytes.textEnd(json, at + 1, limit);
        return end < 0 ? -1 : end + 1;
    }

    private int skipObject(int start, int depth) {
        names[depth] = 0;
        var at = Blank.skip(json, start + 1, limit);
        if (at < limit && json[at] == '}') {
            return at + 1;
        }
        while (at < limit && json[at] == '"') {
            var end = Bytes.textEnd(json, at + 1, limit);
            if (end < 0 || !isNew(depth, at + 1, end - at - 1)) {
                return -1;
            }
            at = Blank.skip(json, end + 1, limit);
            if (at >= limit || json[at] != ':') {
                return -1;
            }
            at = skipValue(Blank.skip(json, at + 1, limit), depth);
            at = at < 0 ? limit : Blank.skip(json, at, limit);
            if (at < limit && json[at] == '}') {
                return at + 1;
            }
            if (at >= limit || json[at] != ',') {
                return -1;
            }
            at = Blank.skip(json, at + 1, limit);
        }
        return -1;
    }

    private int skipArray(int start, int depth) {
        var at = Blank.skip(json, start + 1, limit);
        if (at < limit && json[at] == ']') {
            return at + 1;
        }
        while (at < limit) {
            at = skipValue(at, depth);
            at = at < 0 ? limit : Blank.skip(json, at, limit);
            if (at < limit && json[at] == ']') {
                return at + 1;
            }
            if (at >= limit || json[at] != ',') {
                return -1;
            }
            at = Blank.skip(json, at + 1, limit);
        }
        return -1;
    }
}
