package dev.sluice.applier.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.message.WeightReport.Observed;
import dev.sluice.schemas.message.WeightReport.Outcome;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is told of a route that another tool decides about. */
class WatchingTest {
    private static final Instant NOW = TestOrder.NOW;
    private static final Traits TRAITS = new Traits(true, "checkout");

    private Watching watching = Watching.of(TestOrder.of(0).observing().build());

    private static RoutingObject object(int version, int active, int canary) {
        var weights = Map.of("checkout", BigDecimal.valueOf(active), "checkout-canary", BigDecimal.valueOf(canary));
        return new RoutingObject(
                "uid-1",
                String.valueOf(version),
                Routed.by(weights, null),
                Map.of(),
                null,
                false,
                false,
                List.of(new RoutingObject.Editor("flagger", false)),
                null);
    }

    private Optional<WeightReport> see(Sight sight) {
        var report = watching.report(sight, TRAITS, NOW);
        watching = watching.seeing(sight);
        report.ifPresent(told -> watching = watching.telling(told));
        return report;
    }

    @Test
    @DisplayName("observing: what the canary has is told in percent, with who set it, once until it changes")
    void tellsWhatTheCanaryHas() {
        // when
        var first = see(new Sight.Present(object(1, 900, 100)));
        var same = see(new Sight.Present(object(2, 9, 1)));
        var more = see(new Sight.Present(object(3, 3, 1)));

        // then
        assertThat(first.orElseThrow()).satisfies(report -> {
            assertThat(report.outcome()).isEqualTo(Outcome.CHECKED);
            assertThat(report.observed()).isEqualTo(new Observed(Weight.percent(10)));
            assertThat(report.found()).isEqualTo(Map.of("checkout", 900.0, "checkout-canary", 100.0));
            assertThat(report.actor()).isEqualTo("flagger");
        });
        assertThat(same).isEmpty();
        assertThat(more.orElseThrow().observed()).isEqualTo(new Observed(Weight.percent(25)));
    }

    @Test
    @DisplayName("observing: news that come late say nothing")
    void takesNoLateNews() {
        // given
        see(new Sight.Present(object(5, 50, 50)));

        // then
        assertThat(see(new Sight.Present(object(4, 90, 10)))).isEmpty();
        assertThat(see(new Sight.Present(object(6, 90, 10)))).isPresent();
    }

    @Test
    @DisplayName(
            "observing: an object that isn't there gives the canary nothing, and one that can't be seen says nothing"
                    + " of it")
    void tellsAbsentFromUnseen() {
        // when
        var absent = see(Sight.ABSENT).orElseThrow();
        var unseen = watching.unseen("the API server says 403", NOW).orElseThrow();

        // then
        assertThat(absent.absent()).isTrue();
        assertThat(absent.observed()).isEqualTo(new Observed(Weight.ZERO));
        assertThat(unseen.observed()).isEqualTo(new Observed(null));
        assertThat(unseen.reason()).isEqualTo("the API server says 403");
        assertThat(watching.telling(unseen).unseen("the API server says 403", NOW))
                .isEmpty();
        assertThat(see(Sight.UNKNOWN)).isEmpty();
    }

    private static RoutingObject unfit(Map<String, BigDecimal> weights) {
        return new RoutingObject(
                "uid-1",
                "7",
                Routed.by(weights, "no rule lists checkout and checkout-canary"),
                Map.of(),
                null,
                false,
                false,
                List.of(),
                null);
    }

    @Test
    @DisplayName("observing: an object that lists others alone gives the canary nothing, and is told with what is wrong"
            + " with it")
    void tellsWhatDoesNotFit() {
        // when
        var report =
                see(new Sight.Present(unfit(Map.of("other", BigDecimal.ONE)))).orElseThrow();

        // then
        assertThat(report.observed()).isEqualTo(new Observed(Weight.ZERO));
        assertThat(report.reason()).isEqualTo("no rule lists checkout and checkout-canary");
    }

    @Test
    @DisplayName("observing: of an object that lists nobody nothing is known")
    void tellsWhatCannotBeRead() {
        // when
        var report = see(new Sight.Present(unfit(Map.of()))).orElseThrow();

        // then
        assertThat(report.observed()).isEqualTo(new Observed(null));
        assertThat(report.reason()).isEqualTo("no rule lists checkout and checkout-canary");
    }

    @Test
    @DisplayName("observing: whoever asks again hears it again")
    void answersAgain() {
        // given
        see(new Sight.Present(object(1, 90, 10)));

        // when
        watching = watching.again();

        // then
        assertThat(see(new Sight.Present(object(1, 90, 10)))).isPresent();
    }

    @Test
    @DisplayName("observing: what is so still is told again after some minutes, for what was told may be lost")
    void tellsNowAndThen() {
        // given
        var sight = new Sight.Present(object(1, 90, 10));
        see(sight);

        // then
        assertThat(watching.report(sight, TRAITS, NOW.plusSeconds(299))).isEmpty();
        assertThat(watching.report(sight, TRAITS, NOW.plusSeconds(300))).isPresent();
    }
}
