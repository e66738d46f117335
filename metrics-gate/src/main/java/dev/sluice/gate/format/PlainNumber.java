package dev.sluice.gate.format;

/** Reads numbers of up to 15 digits, which a division by a power of ten gives exactly as any other way to read them. */
final class PlainNumber {
    private static final int MOST_DIGITS = 15;
    private static final double[] POWERS = new double[MOST_DIGITS + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = 10 * POWERS[i - 1];
        }
    }

    private double value;

    double value() {
        return value;
    }

    /** Where the number ends; -1 for none, or one that is written in another way. */
    int read(byte[] json, int start, int limit) {
        var negative = start < limit && json[start] == '-';
        var first = negative ? start + 1 : start;
        long digits = 0;
        var at = first;
        while (at < limit && isDigit(json[at])) {
            digits = 10 * digits + json[at++] - '0';
        }
        var whole = at - first;
        if (whole == 0 || (whole > 1 && json[first] == '0')) {
            return -1;
        }
        var fraction = 0;
        if (at < limit && json[at] == '.') {
            at++;
            while (at < limit && isDigit(json[at])) {
                digits = 10 * digits + json[at++] - '0';
                fraction++;
            }
            if (fraction == 0) {
                return -1;
            }
        }
        var isOther = at < limit && (json[at] == 'e' || json[at] == 'E');
        if (isOther || whole + fraction > MOST_DIGITS || (negative && digits == 0)) {
            return -1;
        }
        value = fraction == 0 ? digits : digits / POWERS[fraction];
        value = negative ? -value : value;
        return at;
    }

    private static boolean isDigit(byte one) {
        return one >= '0' && one <= '9';
    }
}
