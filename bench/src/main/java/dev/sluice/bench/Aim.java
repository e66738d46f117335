package dev.sluice.bench;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** What a measured value should reach. */
public sealed interface Aim {
    /** In words, for tables and files. */
    String words();

    boolean isMet(double value, double reference);

    private static String plain(double number) {
        return new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number);
    }

    /** At most so many times the reference. */
    record AtMostTimes(double factor) implements Aim {
        @Override
        public String words() {
            return String.format(Locale.ROOT, "≤ %s × reference", plain(factor));
        }

        @Override
        public boolean isMet(double value, double reference) {
            return value <= factor * reference;
        }
    }

    /** At least so many times the reference, where more is better. */
    record AtLeastTimes(double factor) implements Aim {
        @Override
        public String words() {
            return String.format(Locale.ROOT, "≥ %s × reference", plain(factor));
        }

        @Override
        public boolean isMet(double value, double reference) {
            return value >= factor * reference;
        }
    }

    /** At most this, whatever the reference is. */
    record AtMost(double limit, String unit) implements Aim {
        @Override
        public String words() {
            return String.format(Locale.ROOT, "≤ %s %s", plain(limit), unit);
        }

        @Override
        public boolean isMet(double value, double reference) {
            return value <= limit;
        }
    }
}
