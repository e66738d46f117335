package dev.sluice.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.statistics.Novelty.Sighting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoveltyTest {
    private static final double ALPHA = 0.05;

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.1, 0.5, 0.9})
    void ofValuesThatBothSidesShowNoneIsFound(double share) {
        var found = LongStream.range(0, 1000)
                .filter(seed -> isEverFound(seed, share))
                .count();

        // 5 % of them, and three standard errors
        assertThat(found).isLessThanOrEqualTo(71);
    }

    /** Rare and frequent values, some of them met once only, looked at with every sighting. */
    private static boolean isEverFound(long seed, double share) {
        var chance = new SplittableRandom(seed);
        var seen = new LinkedHashMap<String, Sighting>();
        for (int i = 0; i < 300; i++) {
            var value = "error " + (int) Math.exp(chance.nextDouble() * 6);
            var isCanary = chance.nextDouble() < share;
            var before = seen.getOrDefault(value, new Sighting(value, 0, 0, false));
            seen.put(
                    value,
                    new Sighting(
                            value, before.canary() + (isCanary ? 1 : 0), before.stable() + (isCanary ? 0 : 1), false));
            if (Novelty.find(inOrder(seen), share * 1e6, (1 - share) * 1e6, 1, ALPHA)
                    .isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static List<Sighting> inOrder(Map<String, Sighting> seen) {
        return new ArrayList<>(seen.values());
    }

    @Test
    void whatOnlyTheCanaryShowsIsFoundAsSoonAsItIsSaid() {
        // given
        var needed = Novelty.sightingsNeeded(2, 0.1, 1, ALPHA);
        var known = new Sighting("timeout", 5, 40, true);
        var other = new Sighting("refused", 1, 8, false);

        // then
        assertThat(needed).isEqualTo(4);
        assertThat(Novelty.find(List.of(known, other, new Sighting("NPE", needed - 1, 0, false)), 100, 900, 1, ALPHA))
                .isEmpty();
        assertThat(Novelty.find(List.of(known, other, new Sighting("NPE", needed, 0, false)), 100, 900, 1, ALPHA))
                .hasValueSatisfying(found -> {
                    assertThat(found.value()).isEqualTo("NPE");
                    assertThat(found.logE()).isGreaterThanOrEqualTo(found.bar());
                });
    }

    @Test
    void whatTheStableSideShowsTooIsNotNew() {
        assertThat(Novelty.find(List.of(new Sighting("NPE", 100, 1, false)), 100, 900, 1, ALPHA))
                .isEmpty();
        assertThat(Novelty.find(List.of(new Sighting("NPE", 100, 0, true)), 100, 900, 1, ALPHA))
                .isEmpty();
    }

    @Test
    void moreOfItAndOtherValuesLaterNeverTakeItBack() {
        var chance = new SplittableRandom(2);
        for (int i = 0; i < 200; i++) {
            // given
            var share = chance.nextDouble(0.01, 0.6);
            var sightings = new ArrayList<Sighting>();
            sightings.add(new Sighting("NPE", chance.nextInt(2, 20), 0, false));
            if (Novelty.find(sightings, share, 1 - share, 1, ALPHA).isEmpty()) {
                continue;
            }

            // when
            sightings.set(0, new Sighting("NPE", sightings.get(0).canary() + chance.nextInt(5), 0, false));
            for (int j = 0; j < 50; j++) {
                sightings.add(new Sighting("e" + j, 1, chance.nextInt(3), false));
            }

            // then
            assertThat(Novelty.find(sightings, share, 1 - share, 1, ALPHA)).isPresent();
        }
    }

    @Test
    void whatIsNotKnownIsNotFound() {
        var sure = List.of(new Sighting("NPE", 1000, 0, false));
        assertThat(Novelty.find(sure, 100, 900, 1, ALPHA)).isPresent();
        assertThat(Novelty.find(sure, 0, 0, 1, ALPHA)).isEmpty();
        assertThat(Novelty.find(sure, Double.NaN, 900, 1, ALPHA)).isEmpty();
        assertThat(Novelty.find(sure, 100, 0, 1, ALPHA)).isEmpty();
        assertThat(Novelty.find(sure, 100, 900, Double.NaN, ALPHA)).isEmpty();
        assertThat(Novelty.find(List.of(new Sighting("NPE", Double.NaN, 0, false)), 100, 900, 1, ALPHA))
                .isEmpty();
    }
}
