package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.pause;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Weight;
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
    void sendsAnUnansweredOrderAgainEveryTenSeconds() {
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
        assertThat(it.state.wakeUps()).singleElement().satisfies(wakeUp -> {
            assertThat(wakeUp.kind()).isEqualTo("pause-end");
            assertThat(wakeUp.at()).isEqualTo(Scenario.START.plus(Duration.ofMinutes(5)));
        });
    }
}
