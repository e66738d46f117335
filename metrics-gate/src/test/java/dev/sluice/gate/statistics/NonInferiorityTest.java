package dev.sluice.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.gate.statistics.NonInferiority.Moments;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NonInferiorityTest {
    private static final double ALPHA = 0.05;

    @Test
    void findsTheBoundThatTryingAllDifferencesFinds() {
        var chance = new SplittableRandom(1);
        for (int i = 0; i < 200; i++) {
            // given
            var canary = counts(chance);
            var stable = counts(chance);

            // when
            var difference = NonInferiority.ofShares(canary, stable, ALPHA);

            // then
            assertThat(difference.upper())
                    .as("%s against %s", canary, stable)
                    .isCloseTo(byTrying(canary, stable), within(2e-4));
        }
    }

    private static Counts counts(SplittableRandom chance) {
        double requests = chance.nextInt(20, 2000);
        return new Counts(requests, chance.nextInt(3) == 0 ? 0 : Math.rint(chance.nextDouble(0.3) * requests));
    }

    /** The largest difference whose score is not yet too low, with the likeliest share found by searching. */
    private static double byTrying(Counts canary, Counts stable) {
        var estimate = canary.errors() / canary.requests() - stable.errors() / stable.requests();
        var last = estimate;
        for (double difference = estimate + 1e-9; difference < 1; difference += 1e-4) {
            var p2 = likeliest(canary, stable, difference);
            var p1 = p2 + difference;
            var n = canary.requests() + stable.requests();
            var variance = (p1 * (1 - p1) / canary.requests() + p2 * (1 - p2) / stable.requests()) * n / (n - 1);
            if ((estimate - difference) / Math.sqrt(variance) < -1.6448536269514722) {
                return last;
            }
            last = difference;
        }
        return 1;
    }

    private static double likeliest(Counts canary, Counts stable, double difference) {
        var low = Math.max(0, -difference);
        var high = Math.min(1, 1 - difference);
        for (int i = 0; i < 100; i++) {
            var left = low + (high - low) / 3;
            var right = high - (high - low) / 3;
            if (likelihood(canary, stable, left, difference) < likelihood(canary, stable, right, difference)) {
                low = left;
            } else {
                high = right;
            }
        }
        return (low + high) / 2;
    }

    private static double likelihood(Counts canary, Counts stable, double p2, double difference) {
        return log(canary.errors(), p2 + difference)
                + log(canary.requests() - canary.errors(), 1 - p2 - difference)
                + log(stable.errors(), p2)
                + log(stable.requests() - stable.errors(), 1 - p2);
    }

    private static double log(double count, double p) {
        return count == 0 ? 0 : count * Math.log(p);
    }

    @ParameterizedTest
    @CsvSource({"2000, 18000, 0.003", "500, 500, 0.05", "5000, 45000, 0.001"})
    void anInferiorCanarySeldomPasses(int canaryRequests, int stableRequests, double errorRate) {
        var chance = new SplittableRandom(3);
        int passed = 0;
        int goodPassed = 0;
        for (int i = 0; i < 500; i++) {
            // given
            var margin = 2 * errorRate;
            var inferior = new Counts(canaryRequests, binomial(chance, canaryRequests, errorRate + margin));
            var good = new Counts(canaryRequests, binomial(chance, canaryRequests, errorRate));
            var stable = new Counts(stableRequests, binomial(chance, stableRequests, errorRate));

            // when
            passed += NonInferiority.ofShares(inferior, stable, ALPHA).isBelow(margin) ? 1 : 0;
            goodPassed += NonInferiority.ofShares(good, stable, ALPHA).isBelow(margin) ? 1 : 0;
        }

        // then
        assertThat(passed).isLessThanOrEqualTo(40);
        assertThat(goodPassed).isGreaterThan(300);
    }

    private static double binomial(SplittableRandom chance, int n, double p) {
        return chance.doubles(n).filter(u -> u < p).count();
    }

    @Test
    void anErrorMoreNeverMakesItPass() {
        var chance = new SplittableRandom(4);
        for (int i = 0; i < 300; i++) {
            // given
            var canary = counts(chance);
            var stable = counts(chance);
            var worse = new Counts(canary.requests(), canary.errors() + 1);

            // then
            assertThat(NonInferiority.ofShares(worse, stable, ALPHA).upper())
                    .isGreaterThanOrEqualTo(
                            NonInferiority.ofShares(canary, stable, ALPHA).upper() - 1e-9);
        }
    }

    @Test
    void ofMeansItIsStudentsBound() {
        // given
        var canary = new Moments(20, 200, 2000 + 19 * 4);
        var stable = new Moments(20, 180, 1620 + 19 * 4);

        // when
        var difference = NonInferiority.ofMeans(canary, stable, ALPHA);

        // then: t(0.95, 38) = 1.6859545
        assertThat(difference.estimate()).isCloseTo(1, within(1e-12));
        assertThat(difference.upper()).isCloseTo(1 + 1.6859545 * Math.sqrt(0.4), within(1e-5));
        assertThat(difference.isBelow(2.1)).isTrue();
        assertThat(difference.isBelow(2)).isFalse();
    }

    @Test
    void ofMeansItHoldsForRatiosToo() {
        var chance = new SplittableRandom(5);
        int passed = 0;
        for (int i = 0; i < 500; i++) {
            passed += NonInferiority.ofMeansTimes(moments(chance, 40, 12), moments(chance, 200, 10), 1.2, ALPHA)
                            .isBelow(0)
                    ? 1
                    : 0;
        }
        // 5 % of them, and three standard errors
        assertThat(passed).isBetween(5, 40);
    }

    private static Moments moments(SplittableRandom chance, int count, double mean) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            var value = mean + 3 * Normal.quantile(chance.nextDouble(1e-12, 1));
            sum += value;
            squares += value * value;
        }
        return new Moments(count, sum, squares);
    }

    @Test
    void whatIsNotKnownIsBelowNoMargin() {
        var good = new Counts(1000, 1);
        for (var unknown :
                new Counts[] {Counts.NONE, new Counts(Double.NaN, 0), new Counts(10, 11), new Counts(5, -1)}) {
            assertThat(NonInferiority.ofShares(unknown, good, ALPHA).isBelow(1)).isFalse();
            assertThat(NonInferiority.ofShares(good, unknown, ALPHA).isBelow(1)).isFalse();
        }
        var few = new Moments(2, 2, 3);
        var nan = new Moments(100, Double.NaN, 1);
        var many = new Moments(100, 100, 150);
        assertThat(NonInferiority.ofMeans(few, few, ALPHA).isBelow(1e9)).isFalse();
        assertThat(NonInferiority.ofMeans(nan, many, ALPHA).isBelow(1e9)).isFalse();
        assertThat(NonInferiority.ofMeans(many, nan, ALPHA).isBelow(1e9)).isFalse();
    }
}
