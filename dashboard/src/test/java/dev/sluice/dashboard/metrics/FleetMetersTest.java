package dev.sluice.dashboard.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.dashboard.Shop;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetMetersTest {
    private static final int SERIES_OF_A_TARGET = 9;

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private Instant now = Shop.NOON;
    private final InstantSource time = () -> now;
    private final FleetMeters meters = new FleetMeters(registry, time.withZone(ZoneOffset.UTC));
    private final int fixedSeries = registry.getMeters().size();

    private Status status(Phase phase, int step, String kind) {
        return Shop.status(
                "shop/checkout",
                "prod",
                now.toEpochMilli(),
                status -> status.put("phase", phase.word())
                        .put("step", step)
                        .put("stepKind", kind)
                        .put("since", now.toString())
                        .put("updatedAt", now.toString()));
    }

    private void take(Phase phase, int step, String kind) {
        meters.take(status(phase, step, kind));
    }

    private double gauge(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }

    private double total(String step, String time) {
        return registry.get("sluice.step.duration")
                .tags("step", step, "time", time)
                .timer()
                .totalTime(TimeUnit.SECONDS);
    }

    private long count(String step) {
        return registry.find("sluice.step.duration").tags("step", step, "time", "active").timers().stream()
                .mapToLong(timer -> timer.count())
                .sum();
    }

    @Test
    void tellsTheWeightsOfTargetsAndHowManyAreInEachPhase() {
        // when
        meters.take(Shop.weighing("shop/checkout", "prod", 25, Phase.ANALYZING, now));
        meters.take(Shop.weighing("shop/basket", "prod", 50, Phase.PAUSED, now));
        meters.take(Shop.weighing("shop/checkout", "prod", 40, Phase.PAUSED, now.plusSeconds(1)));

        // then
        assertThat(gauge("sluice.weight", "application", "shop/checkout", "kind", "desired"))
                .isEqualTo(40);
        assertThat(gauge("sluice.weight", "application", "shop/basket", "kind", "applied"))
                .isEqualTo(50);
        assertThat(gauge("sluice.rollouts", "phase", "Paused")).isEqualTo(2);
        assertThat(gauge("sluice.rollouts", "phase", "Analyzing")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"25, 25, 10, 10", "0, 0, 10, 10", "25, 25, 25, 25"})
    void ofSeveralRoutesTheOneCountsThatIsFurthestFromWhatWasOrdered(
            int desired, int first, int second, double applied) {
        // when
        meters.take(Shop.status("shop/checkout", "prod", 1, status -> {
            ((ObjectNode) status.get("weight")).put("desired", desired).put("applied", Math.max(first, second));
            var routes = status.putArray("routes");
            routes.addObject()
                    .put("route", "prod/shop/a/b")
                    .put("desired", desired)
                    .put("applied", first);
            routes.addObject()
                    .put("route", "prod/shop/a/c")
                    .put("desired", desired)
                    .put("applied", second);
        }));

        // then
        assertThat(gauge("sluice.weight", "application", "shop/checkout", "kind", "applied"))
                .isEqualTo(applied);
    }

    @Test
    void aTargetCostsAFixedNumberOfSeriesWhicheverPhasesItGoesThrough() {
        // when
        take(Phase.PROGRESSING, 1, "setWeight");
        take(Phase.ANALYZING, 2, "analysis");
        take(Phase.AWAITING_APPROVAL, 3, "pause");
        take(Phase.ROLLING_BACK, 3, "pause");

        // then
        assertThat(registry.getMeters().stream()
                        .filter(meter -> "shop/checkout".equals(meter.getId().getTag("application"))))
                .hasSize(SERIES_OF_A_TARGET);
        assertThat(registry.find("sluice.rollout.phase").gauges())
                .singleElement()
                .satisfies(gauge -> assertThat(gauge.getId().getTag("phase")).isEqualTo("RollingBack"));
    }

    @Test
    void seriesOfARolloutThatEndedVanishOnceItsEndHasBeenScraped() {
        // given
        take(Phase.PROGRESSING, 1, "setWeight");
        take(Phase.PROMOTED, 1, null);
        assertThat(registry.find("sluice.weight").gauges()).hasSize(3);

        // when
        now = now.plus(FleetMeters.TOLD_AFTER_THE_END);
        meters.forgetEnded();

        // then
        assertThat(registry.getMeters().stream().filter(meter -> meter.getId().getTag("application") != null))
                .isEmpty();
        assertThat(gauge("sluice.rollouts", "phase", "Promoted")).isEqualTo(1);
    }

    @Test
    void whatEndedLongAgoCostsNothingWhenTheLogIsReadBack() {
        // given
        var running = status(Phase.PROGRESSING, 1, "setWeight");
        var ended = status(Phase.PROMOTED, 1, null);
        now = now.plus(Duration.ofDays(1));

        // when
        meters.take(running);
        meters.take(ended);

        // then
        assertThat(registry.getMeters()).hasSize(fixedSeries);
    }

    @Test
    void theNextRolloutOfATargetIsToldEvenIfTheLastOneHasJustEnded() {
        // given
        take(Phase.PROGRESSING, 1, "setWeight");
        take(Phase.PROMOTED, 1, null);
        take(Phase.PROGRESSING, 1, "setWeight");

        // when
        now = now.plus(FleetMeters.TOLD_AFTER_THE_END);
        meters.forgetEnded();

        // then
        assertThat(registry.find("sluice.weight").gauges()).hasSize(3);
    }

    @Test
    void whatRestsFromBeforeAndWhatIsTakenBackCostsNothing() {
        // when
        take(Phase.PROMOTED, 3, null);
        meters.take(Shop.weighing("shop/basket", "prod", 50, Phase.PAUSED, now));
        meters.forget("shop/basket/prod");
        meters.forget("shop/checkout/prod");
        meters.forget("shop/never/heard-of");

        // then
        assertThat(registry.getMeters()).hasSize(fixedSeries);
        assertThat(gauge("sluice.rollouts", "phase", "Promoted")).isZero();
        assertThat(gauge("sluice.rollouts", "phase", "Paused")).isZero();
    }

    @Test
    void aStepsTimeIsSplitIntoWhatWasActiveAndWhatWasWaitedFor() {
        // given
        take(Phase.PROGRESSING, 1, "setWeight");
        now = now.plusSeconds(4);
        take(Phase.PROGRESSING, 2, "pause");
        now = now.plusSeconds(1);
        take(Phase.AWAITING_APPROVAL, 2, "pause");

        // when
        now = now.plusSeconds(600);

        // then
        assertThat(gauge("sluice.step", "time", "active")).isEqualTo(1);
        assertThat(gauge("sluice.step", "time", "waiting")).isEqualTo(600);

        // when
        take(Phase.PROGRESSING, 3, "setWeight");

        // then
        assertThat(total("pause", "active")).isEqualTo(1);
        assertThat(total("pause", "waiting")).isEqualTo(600);
    }

    @Test
    void aStepIsMeasuredOnlyByWhoSawItBeginAndEnd() {
        // given
        take(Phase.PROGRESSING, 1, "setWeight");

        // when
        now = now.plusSeconds(4);
        take(Phase.PROGRESSING, 2, "analysis");

        // then
        assertThat(count("setWeight")).isZero();

        // when
        var old = now.minus(Duration.ofHours(1));
        meters.take(Shop.status(
                "shop/checkout",
                "prod",
                3,
                status -> status.put("phase", "Progressing")
                        .put("step", 3)
                        .put("stepKind", "setWeight")
                        .put("updatedAt", old.toString())));

        // then
        assertThat(count("analysis")).isZero();
    }

    @Test
    void theTimeBetweenTwoRolloutsIsNobodysStep() {
        // given
        take(Phase.PROGRESSING, 1, "setWeight");
        take(Phase.FINALIZING, 1, null);
        now = now.plusSeconds(2);
        take(Phase.PROMOTED, 1, null);

        // when
        now = now.plusSeconds(60);
        take(Phase.PROGRESSING, 1, "setWeight");

        // then
        assertThat(total("ending", "active")).isEqualTo(2);
        assertThat(count("ending")).isEqualTo(1);
    }
}
