package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.pause;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.core.state.WakeUps;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Phase;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TimeTest {
    @Test
    @DisplayName("B07: a pause ends neither early nor twice, however late the engine is told")
    void endsAPauseOnce() {
        // given
        var it = new Scenario().start(plan(weight(10), pause(Duration.ofMinutes(5)), weight(50), weight(100)));
        it.applied().applied();

        // when
        it.later(Duration.ofMinutes(5).minusMillis(1));
        assertThat(it.ordered()).isEqualTo(Weight.percent(10));
        it.later(Duration.ofDays(1));
        it.later(Duration.ZERO);

        // then
        assertThat(it.ordered()).isEqualTo(Weight.percent(50));
        assertThat(it.decided).isEmpty();
    }

    @Test
    @DisplayName(
            "B27: an engine whose clock is behind goes on in the same order, and its generations are still the highest")
    void goesOnUnderAClockThatIsBehind() {
        // given
        var it = new Scenario().start(plan(weight(10), weight(50), weight(100)));
        it.applied().applied();
        var before = it.lastOrder();

        // when
        it.now = it.now.minus(Duration.ofHours(1));
        it.applied();

        // then
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
        assertThat(before.fence()).isLessThan(it.lastOrder().fence());

        // when
        it.applied().applied();
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);
        var last = it.lastOrder();
        it.start("the-next", plan(weight(10)));

        // then
        assertThat(it.lastOrder().generation()).isGreaterThan(last.generation());
    }

    @Test
    @DisplayName("B27: under a clock that is behind a pause only ends later")
    void pausesLongerUnderAClockThatIsBehind() {
        // given
        var it = new Scenario().start(plan(weight(10), pause(Duration.ofMinutes(5)), weight(50), weight(100)));
        it.applied().applied();

        // when
        it.now = it.now.minus(Duration.ofHours(1));
        it.later(Duration.ofMinutes(64));
        assertThat(it.ordered()).isEqualTo(Weight.percent(10));
        it.later(Duration.ofMinutes(1));

        // then
        assertThat(it.ordered()).isEqualTo(Weight.percent(50));
    }

    @Test
    void sendsAnUnansweredOrderAgainAfterTenSeconds() {
        // given
        var it = new Scenario().start(plan(weight(10)));
        var first = it.lastOrder();

        // when
        it.later(Duration.ofSeconds(9));
        assertThat(it.orders).hasSize(1);
        it.later(Duration.ofSeconds(1));

        // then
        assertThat(it.orders).hasSize(2);
        assertThat(it.lastOrder()).isEqualTo(first);
    }

    @Test
    void alwaysHasAWakeUpForWhatHappensByItself() {
        // given
        var it = new Scenario().start(plan(weight(10), pause(Duration.ofMinutes(5)), weight(100)));

        // when
        it.applied().applied();

        // then
        assertThat(WakeUps.of(it.state)).singleElement().satisfies(wakeUp -> {
            assertThat(wakeUp.kind()).isEqualTo("stage-due");
            assertThat(wakeUp.at()).isEqualTo(Scenario.START.plus(Duration.ofMinutes(5)));
        });
    }
}
