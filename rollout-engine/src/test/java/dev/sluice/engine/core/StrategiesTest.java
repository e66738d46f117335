package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.analysis;
import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.pause;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.core.state.Spent.Activity;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Mirror;
import dev.sluice.schemas.rollout.Step;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Steps beside weights and single waits: matches, mirrors, conditions side by side, and the watch at 100 %. */
class StrategiesTest {
    private static final Match BETA = new Match(
            List.of(new Match.Condition("x-beta", "1", null, null)), List.of(), List.of(), null, null, Map.of());
    private static final Mirror TENTH = new Mirror(BigDecimal.TEN);

    @Test
    void aMatchIsOrderedWholeAndStaysUntilItIsTakenBack() {
        // given
        var it = new Scenario()
                .start(plan(
                        new Step.SetMatch(BETA),
                        new Step.SetMirror(TENTH),
                        weight(10),
                        new Step.SetMatch(null),
                        weight(100)))
                .applied();

        // when, then
        assertThat(it.lastOrder().match()).isEqualTo(BETA);
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        assertThat(it.status().reason()).isEqualTo("requests that match ordered");
        it.applied();
        assertThat(it.lastOrder().match()).isEqualTo(BETA);
        assertThat(it.lastOrder().mirror()).isEqualTo(TENTH);
        it.applied();
        assertThat(it.ordered()).isEqualTo(Weight.percent(10));
        assertThat(it.lastOrder().match()).isEqualTo(BETA);
        assertThat(it.lastOrder().mirror()).isEqualTo(TENTH);
        it.applied();
        assertThat(it.ordered()).isEqualTo(Weight.percent(10));
        assertThat(it.lastOrder().match()).isNull();
        assertThat(it.lastOrder().mirror()).isNull();
    }

    @Test
    @DisplayName("B01: the way back takes match and mirror with it")
    void theWayBackTakesMatchAndMirrorWithIt() {
        // given
        var it = new Scenario()
                .start(plan(new Step.SetMatch(BETA), new Step.SetMirror(TENTH), approval(), weight(100)))
                .applied()
                .applied()
                .applied();

        // when
        it.say(CommandType.ABORT);

        // then
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        assertThat(it.lastOrder().match()).isNull();
        assertThat(it.lastOrder().mirror()).isNull();
        assertThat(it.applied().phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    @Test
    void matchesAndMirrorsEndAtTheEnd() {
        // given
        var it = new Scenario()
                .start(plan(new Step.SetMatch(BETA), new Step.SetMirror(TENTH), weight(100)))
                .applied()
                .applied()
                .applied();

        // when
        it.applied();

        // then
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
        assertThat(it.lastOrder().match()).isNull();
        assertThat(it.lastOrder().mirror()).isNull();
        assertThat(it.applied().phase()).isEqualTo(Phase.PROMOTED);
    }

    @Test
    void allConditionsOfAStepHaveToBeMet() {
        // given
        var gate = new Step.Together(
                List.of(new Step.TimedPause(Duration.ofMinutes(5)), (Step.Condition) approval("sre"), (Step.Condition)
                        analysis(1, 0, 0)));
        var it = new Scenario()
                .start("r", plan(weight(10), gate, weight(100)))
                .applied()
                .applied();

        // when, then: people come first, then measurements, then the clock
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);
        assertThat(it.status().waitingFor().roles()).containsExactly("sre");
        it.say(CommandType.APPROVE, "alice", List.of("sre"), null, null, false);
        assertThat(it.phase()).isEqualTo(Phase.ANALYZING);
        it.verdict("r/prod/step-2-3/1", 1, Verdict.Outcome.PASS);
        assertThat(it.phase()).isEqualTo(Phase.PAUSED);
        assertThat(it.later(Duration.ofMinutes(5)).phase()).isEqualTo(Phase.PROGRESSING);
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
    }

    @Test
    void aPauseThatIsOverWhileOthersAreWaitedForIsDueNoMore() {
        // given
        var gate = new Step.Together(
                List.of(new Step.TimedPause(Duration.ofMinutes(5)), (Step.Condition) approval("sre")));
        var it = new Scenario()
                .start("r", plan(weight(10), gate, weight(100)))
                .applied()
                .applied();

        // when
        it.later(Duration.ofMinutes(5));

        // then
        assertThat(it.hasDecided(Decision.ConditionMet.class)).isTrue();
        assertThat(it.status().nextAt()).isAfter(it.now);
        it.say(CommandType.APPROVE, "alice", List.of("sre"), null, null, false);
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
    }

    @Test
    void oneConditionThatFailsFailsTheStep() {
        // given
        var gate = new Step.Together(List.of((Step.Condition) approval("sre"), (Step.Condition) analysis(1, 0, 0)));
        var it = new Scenario()
                .start("r", plan(weight(10), gate, weight(100)))
                .applied()
                .applied();

        // when
        it.verdict("r/prod/step-2-2/1", 1, Verdict.Outcome.FAIL);

        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
        assertThat(it.target("prod").judging().open()).isEmpty();
    }

    @Test
    void aRolloutIsWatchedAtAHundredBeforeItEnds() {
        // given
        var it = new Scenario()
                .start(plan(weight(100), new Step.Bake(Duration.ofMinutes(15))))
                .applied();

        // when
        it.applied();

        // then
        assertThat(it.phase()).isEqualTo(Phase.PAUSED);
        assertThat(it.status().stepKind()).isEqualTo("bake");
        it.later(Duration.ofMinutes(15));
        assertThat(it.applied().phase()).isEqualTo(Phase.PROMOTED);
    }

    @Test
    void whatATargetsTimeWentIntoIsKept() {
        // given
        var it = new Scenario()
                .start("r", plan(weight(10), pause(Duration.ofMinutes(1)), approval(), analysis(1, 0, 0), weight(100)));

        // when
        it.now = it.now.plusSeconds(2);
        it.applied().applied().later(Duration.ofMinutes(1));
        it.now = it.now.plusSeconds(30);
        it.say(CommandType.APPROVE);
        it.now = it.now.plusSeconds(40);
        it.verdict("r/prod/step-4/1", 1, Verdict.Outcome.PASS).applied().applied();

        // then
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);
        var spent = it.target("prod").position().spent().on();
        assertThat(spent)
                .containsEntry(Activity.MOVING, Duration.ofSeconds(2))
                .containsEntry(Activity.PAUSING, Duration.ofMinutes(1))
                .containsEntry(Activity.PEOPLE, Duration.ofSeconds(30))
                .containsEntry(Activity.ANALYSING, Duration.ofSeconds(40));
    }
}
