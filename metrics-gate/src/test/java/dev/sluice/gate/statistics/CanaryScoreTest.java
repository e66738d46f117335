package dev.sluice.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.statistics.CanaryScore.Grade;
import dev.sluice.gate.statistics.CanaryScore.Metric;
import dev.sluice.gate.statistics.CanaryScore.Reason;
import dev.sluice.gate.statistics.Classified.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CanaryScoreTest {
    @Test
    void groupsCountByTheirWeights() {
        // given
        var metrics = List.of(
                metric(Label.PASS, "latency"),
                metric(Label.HIGH, "latency"),
                metric(Label.PASS, "errors"),
                metric(Label.LOW, "errors"),
                metric(Label.HIGH, "errors"));

        // when
        var score = CanaryScore.of(metrics, Map.of("latency", 70.0, "errors", 30.0), 75, 40);

        // then
        assertThat(score).isEqualTo(new CanaryScore(45, Grade.MARGINAL, Reason.NONE));
    }

    @Test
    void groupsWithoutAWeightShareTheRest() {
        // given
        var metrics =
                List.of(metric(Label.PASS, "latency"), metric(Label.HIGH, "errors"), metric(Label.PASS, "saturation"));

        // then
        assertThat(CanaryScore.of(metrics, Map.of("latency", 50.0), 75, 50).value())
                .isEqualTo(75);
        assertThat(CanaryScore.of(metrics, Map.of(), 75, 50).value()).isEqualTo(66.67);
    }

    @Test
    void aGroupWithoutDataCountsInFull() {
        // given
        var metrics =
                List.of(metric(Label.NODATA, "latency"), metric(Label.PASS, "errors"), metric(Label.HIGH, "errors"));

        // then
        assertThat(CanaryScore.of(metrics, Map.of("latency", 50.0, "errors", 50.0), 75, 50))
                .isEqualTo(new CanaryScore(75, Grade.PASS, Reason.NONE));
    }

    @Test
    void halfWithoutDataIsTooMany() {
        // given
        var metrics = List.of(metric(Label.NODATA, "latency"), metric(Label.PASS, "errors"));

        // then
        assertThat(CanaryScore.of(metrics, Map.of(), 75, 50))
                .isEqualTo(new CanaryScore(0, Grade.FAIL, Reason.TOO_LITTLE_DATA));
    }

    @Test
    void dataThatMustBeThereCountAsAFailure() {
        // given
        var metrics = List.of(metric(Label.NODATA_FAIL_METRIC, "errors"), metric(Label.PASS, "errors"));

        // then
        assertThat(CanaryScore.of(metrics, Map.of(), 75, 50))
                .isEqualTo(new CanaryScore(50, Grade.MARGINAL, Reason.NONE));
    }

    @Test
    void anythingCriticalThatDoesNotPassIsZero() {
        var chance = new SplittableRandom(1);
        for (int i = 0; i < 200; i++) {
            // given
            var metrics = new ArrayList<Metric>();
            for (int j = 0; j < 8; j++) {
                metrics.add(metric(Label.PASS, "g" + chance.nextInt(3)));
            }
            var label = List.of(Label.HIGH, Label.LOW, Label.NODATA).get(i % 3);
            metrics.add(new Metric(Classified.without(label, true), List.of("g0")));

            // then
            assertThat(CanaryScore.of(metrics, Map.of(), 75, 50))
                    .isEqualTo(new CanaryScore(0, Grade.FAIL, Reason.CRITICAL));
        }
    }

    @Test
    void aFailureMoreNeverRaisesTheScore() {
        var chance = new SplittableRandom(2);
        for (int i = 0; i < 200; i++) {
            // given
            var metrics = new ArrayList<Metric>();
            for (int j = 0; j < 6; j++) {
                metrics.add(metric(chance.nextBoolean() ? Label.PASS : Label.HIGH, "g" + j % 2));
            }
            var before = CanaryScore.of(metrics, Map.of("g0", 60.0, "g1", 40.0), 75, 50)
                    .value();

            // when
            var changed = chance.nextInt(6);
            metrics.set(changed, metric(Label.HIGH, "g" + changed % 2));
            var after = CanaryScore.of(metrics, Map.of("g0", 60.0, "g1", 40.0), 75, 50)
                    .value();

            // then
            assertThat(after).isLessThanOrEqualTo(before);
        }
    }

    private static Metric metric(Label label, String group) {
        return new Metric(Classified.without(label, false), List.of(group));
    }
}
