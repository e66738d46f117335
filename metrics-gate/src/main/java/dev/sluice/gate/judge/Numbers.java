package dev.sluice.gate.judge;

import java.math.BigDecimal;
import java.math.MathContext;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;

/** Numbers in words, the same in every locale: {@code 1,240}, {@code 0.0213}. */
final class Numbers {
    private static final MathContext THREE_DIGITS = new MathContext(3);

    private static final double LONG_TO_WRITE = 1e15;
    /** Looked up once: finding them costs more than writing a number, and each verdict has several. */
    private static final DecimalFormatSymbols SYMBOLS = DecimalFormatSymbols.getInstance(Locale.ROOT);

    private Numbers() {}

    /** With three significant digits; all of those before the point. */
    static String rounded(double value) {
        var exact = BigDecimal.valueOf(value);
        var whole = exact.precision() - exact.scale();
        return grouped(exact.round(whole > 3 ? new MathContext(whole) : THREE_DIGITS));
    }

    static String counted(long number) {
        return grouped(BigDecimal.valueOf(number));
    }

    /** As a person would write it in the file. */
    static String plain(double value) {
        var exact = BigDecimal.valueOf(value).stripTrailingZeros();
        return Math.abs(value) < LONG_TO_WRITE ? exact.toPlainString() : exact.toString();
    }

    /** {@code 1h30m}. */
    static String length(Duration length) {
        return length.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    /** 0.999 as {@code 99.9}. */
    static String percentile(double q) {
        return BigDecimal.valueOf(q).movePointRight(2).stripTrailingZeros().toPlainString();
    }

    private static String grouped(BigDecimal number) {
        var format = new DecimalFormat("#,##0", SYMBOLS);
        format.setMaximumFractionDigits(20);
        return format.format(number);
    }
}
