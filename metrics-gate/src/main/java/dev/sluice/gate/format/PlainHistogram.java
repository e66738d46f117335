package dev.sluice.gate.format;

import java.util.Arrays;

/** Reads a histogram from byte to byte: the field's two arrays and nothing else in it. Holds the one that it read last. */
final class PlainHistogram {
    private static final int MOST_BOUNDS = 256;
    private static final long BOUNDS = Bytes.word("bounds");
    private static final long COUNTS = Bytes.word("counts");
    private static final int NAME_CHARS = 6;

    private final PlainNumber number = new PlainNumber();
    private final double[] bounds = new double[MOST_BOUNDS];
    private final double[] counts = new double[MOST_BOUNDS + 1];
    private int boundCount;
    private int countCount;
    private int read;

    double[] bounds() {
        return Arrays.copyOf(bounds, boundCount);
    }

    double[] counts() {
        return Arrays.copyOf(counts, countCount);
    }

    /** Where it ends; -1 where it is not valid or not plain. */
    int read(byte[] json, int start, int limit) {
        if (json[start] != '{') {
            return -1;
        }
        boundCount = 0;
        countCount = 0;
        var at = Blank.skip(json, start + 1, limit);
        while (at < limit && json[at] == '"') {
            at = readArray(json, at, limit);
            at = at < 0 ? limit : Blank.skip(json, at, limit);
            if (at < limit && json[at] == '}') {
                return isValid() ? at + 1 : -1;
            }
            if (at >= limit || json[at] != ',') {
                return -1;
            }
            at = Blank.skip(json, at + 1, limit);
        }
        return -1;
    }

    private int readArray(byte[] json, int nameAt, int limit) {
        var nameEnd = Bytes.textEnd(json, nameAt + 1, limit);
        if (nameEnd != nameAt + 1 + NAME_CHARS) {
            return -1;
        }
        var name = Bytes.word(json, nameAt + 1, NAME_CHARS);
        var at = Blank.skip(json, nameEnd + 1, limit);
        if (at >= limit || json[at] != ':') {
            return -1;
        }
        at = Blank.skip(json, at + 1, limit);
        // a second array of the same name finds the first one's numbers
        if (name == BOUNDS && boundCount == 0) {
            at = readNumbers(json, at, limit, bounds);
            boundCount = read;
        } else if (name == COUNTS && countCount == 0) {
            at = readNumbers(json, at, limit, counts);
            countCount = read;
        } else {
            return -1;
        }
        return at;
    }

    /** None are none of a histogram. */
    private int readNumbers(byte[] json, int start, int limit, double[] into) {
        read = 0;
        if (start >= limit || json[start] != '[') {
            return -1;
        }
        var at = start;
        do {
            at = number.read(json, Blank.skip(json, at + 1, limit), limit);
            if (at < 0 || read == into.length) {
                return -1;
            }
            into[read++] = number.value();
            at = Blank.skip(json, at, limit);
        } while (at < limit && json[at] == ',');
        return at < limit && json[at] == ']' ? at + 1 : -1;
    }

    private boolean isValid() {
        if (boundCount == 0 || countCount != boundCount + 1) {
            return false;
        }
        for (int i = 1; i < boundCount; i++) {
            if (!(bounds[i] > bounds[i - 1])) {
                return false;
            }
        }
        for (int i = 0; i < countCount; i++) {
            if (counts[i] < 0) {
                return false;
            }
        }
        return true;
    }
}
