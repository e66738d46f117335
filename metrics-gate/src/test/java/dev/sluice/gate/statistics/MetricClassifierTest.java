package dev.sluice.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.statistics.Classified.Label;
import dev.sluice.gate.statistics.MetricRules.Direction;
import dev.sluice.gate.statistics.MetricRules.EffectSize;
import dev.sluice.gate.statistics.MetricRules.Measure;
import dev.sluice.gate.statistics.MetricRules.Nan;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MetricClassifierTest {
    private static final int PAIRS = 250;

    static Stream<MetricRules> rules() {
        var all = MetricRules.DEFAULT;
        return Stream.of(
                all,
                all.with(Direction.INCREASE),
                all.with(Direction.DECREASE),
                all.with(new EffectSize(Measure.MEAN_RATIO, 1.2, 0.8, 1.5, 0.5)),
                all.with(EffectSize.CLES),
                all.with(new EffectSize(Measure.CLES, 0.8, 0.3, 0.9, 0.1)),
                all.with(Nan.REPLACE),
                all.withOutlierFactor(3),
                all.withOutlierFactor(0.5).with(Nan.REPLACE),
                all.critical(),
                all.withDataRequired(),
                all.withDataRequired().critical());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void classifiesAsThePublishedRules(MetricRules rules) {
        var seen = EnumSet.noneOf(Label.class);
        int decided = 0;
        for (long seed = 0; seed < PAIRS; seed++) {
            // given
            var pair = Pairs.of(seed);
            var canary = seed % 3 == 0 ? Pairs.spoilt(pair.canary(), Double.NaN, seed) : pair.canary();
            var stable = seed % 5 == 0 ? Pairs.spoilt(pair.stable(), Double.NaN, seed + 1) : pair.stable();
            stable = seed % 7 == 0 ? Pairs.spoilt(stable, 1e5, seed + 2) : stable;
            canary = seed % 50 == 0 ? new double[0] : canary;
            stable = seed % 60 == 0 ? new double[] {Double.NaN, Double.NaN} : stable;
            if (isOneValueEach(canary, stable, rules)) {
                continue;
            }

            // when
            var classified = MetricClassifier.classify(canary, stable, rules);

            // then
            var expected = ByTheRules.labels(canary, stable, rules);
            assertThat(expected).as("seed %d: %s", seed, classified).contains(classified.label());
            decided += expected.size() == 1 ? 1 : 0;
            seen.add(classified.label());
        }
        assertThat(decided).isGreaterThanOrEqualTo(200);
        assertThat(seen).hasSizeGreaterThan(2);
    }

    /** Where noise is added, the rules have no interval of the data. */
    private static boolean isOneValueEach(double[] canary, double[] stable, MetricRules rules) {
        var x = ByTheRules.prepared(canary, rules).stream().distinct().count();
        var y = ByTheRules.prepared(stable, rules).stream().distinct().count();
        return x == 1 && y == 1;
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aChangeIsCriticalByLimitsOfItsOwn(MetricRules rules) {
        var sizes = rules.effectSize();
        int criticals = 0;
        for (long seed = 0; seed < PAIRS; seed++) {
            // given
            var pair = Pairs.of(seed);

            // when
            var classified = MetricClassifier.classify(pair.canary(), pair.stable(), rules.critical());

            // then
            var size = classified.effectSize();
            var isHigh = classified.label() == Label.HIGH && !(size < sizes.criticalIncrease());
            var isLow = classified.label() == Label.LOW && !(size > sizes.criticalDecrease());
            assertThat(classified.isCritical())
                    .as("seed %d: %s", seed, classified)
                    .isEqualTo(isHigh || isLow);
            criticals += classified.isCritical() ? 1 : 0;
        }
        assertThat(criticals).isBetween(1, PAIRS - 1);
    }

    @Test
    void theSameDataPassWhateverTheirOrder() {
        for (long seed = 0; seed < 200; seed++) {
            // given
            var values = Pairs.of(seed).canary();
            var backwards = new double[values.length];
            Arrays.setAll(backwards, i -> values[values.length - 1 - i]);

            // then
            var classified = MetricClassifier.classify(backwards, values, MetricRules.DEFAULT.critical());
            assertThat(classified.label()).isEqualTo(Label.PASS);
            assertThat(classified.shift()).isNull();
        }
    }

    @Test
    void twoConstantsAreToldApartAndAlwaysTheSameWay() {
        for (int length = 1; length <= 200; length++) {
            // given
            var fives = new double[length];
            Arrays.fill(fives, 5);
            var threes = new double[length];
            Arrays.fill(threes, 3);

            // when
            var higher = MetricClassifier.classify(fives, threes, MetricRules.DEFAULT);

            // then
            assertThat(higher.label()).as("%d values", length).isEqualTo(length == 1 ? Label.ERROR : Label.HIGH);
            assertThat(higher).isEqualTo(MetricClassifier.classify(fives, threes, MetricRules.DEFAULT));
            assertThat(MetricClassifier.classify(threes, fives, MetricRules.DEFAULT)
                            .label())
                    .isEqualTo(length == 1 ? Label.ERROR : Label.LOW);
            assertThat(MetricClassifier.classify(fives, fives.clone(), MetricRules.DEFAULT)
                            .label())
                    .isEqualTo(Label.PASS);
        }
    }

    @Test
    void aWorseCanaryStaysHigh() {
        int high = 0;
        for (long seed = 0; seed < 200; seed++) {
            // given
            var pair = Pairs.of(seed);
            var rules = MetricRules.DEFAULT.with(Direction.INCREASE);
            if (MetricClassifier.classify(pair.canary(), pair.stable(), rules).label() != Label.HIGH) {
                continue;
            }
            high++;

            // when
            var worse = Arrays.stream(pair.canary()).map(v -> v + 5000).toArray();

            // then
            assertThat(MetricClassifier.classify(worse, pair.stable(), rules).label())
                    .isEqualTo(Label.HIGH);
        }
        assertThat(high).isGreaterThan(20);
    }
}
