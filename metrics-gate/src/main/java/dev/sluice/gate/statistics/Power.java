package dev.sluice.gate.statistics;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The smallest error rate that would have been found by now with probability {@value #PROBABILITY} at least, errors coming one by one.
 * With n requests, k errors or more come with probability {@code P(Bin(n, p) >= k) = I_p(k, n - k + 1)} (Clopper and Pearson 1934),
 * which is solved for p. Where several conditions must hold, their probabilities of failing add up to at most the rest (Bonferroni).
 */
public final class Power {
    public static final double PROBABILITY = 0.8;

    private static final int HALVINGS = 60;
    /** Of more requests the tail is not computed exactly enough, and is of no interest: anything would have been found. */
    private static final double MOST = 1e7;

    private Power() {}

    /**
     * That something is found takes so many errors.
     *
     * @param requests that there are
     * @param errors of them, at least; more than there are requests: it is never found
     */
    record Condition(double requests, double errors) {
        double missed(double rate) {
            return errors <= 0 ? 0 : 1 - IncompleteBeta.of(rate, errors, requests - errors + 1);
        }
    }

    /** That as a share of the requests the errors are above a limit; empty where no rate is found surely enough. */
    public static OptionalDouble above(double limit, long requests) {
        if (!(limit < 1)) {
            return OptionalDouble.empty();
        }
        var errors = limit < 0 ? 0 : (long) Math.floor(limit * requests);
        while ((double) errors / requests <= limit) {
            errors++;
        }
        return errors > requests ? OptionalDouble.empty() : rate(List.of(new Condition(requests, errors)));
    }

    /** The largest share of good requests that would have been found to be below a limit. */
    public static OptionalDouble below(double limit, long requests) {
        if (!(limit > 0)) {
            return OptionalDouble.empty();
        }
        if (limit > 1) {
            return OptionalDouble.of(1);
        }
        var good = (long) Math.ceil(limit * requests);
        while ((double) good / requests >= limit) {
            good--;
        }
        if (good < 0) {
            return OptionalDouble.empty();
        }
        var bad = rate(List.of(new Condition(requests, (double) requests - good)));
        return bad.isPresent() ? OptionalDouble.of(1 - bad.getAsDouble()) : bad;
    }

    /** At which all conditions hold. */
    static OptionalDouble rate(List<Condition> conditions) {
        if (conditions.stream()
                .anyMatch(condition -> !(condition.errors() <= condition.requests()) || condition.requests() > MOST)) {
            return OptionalDouble.empty();
        }
        double low = 0;
        double high = 1;
        for (int i = 0; i < HALVINGS; i++) {
            var middle = (low + high) / 2;
            if (missed(conditions, middle) > 1 - PROBABILITY) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return OptionalDouble.of(high);
    }

    private static double missed(List<Condition> conditions, double rate) {
        return conditions.stream()
                .mapToDouble(condition -> condition.missed(rate))
                .sum();
    }
}
