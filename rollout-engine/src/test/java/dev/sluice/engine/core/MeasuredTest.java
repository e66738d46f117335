package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.analysis;
import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.background;
import static dev.sluice.engine.core.Plans.pause;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.spec;
import static dev.sluice.engine.core.Plans.target;
import static dev.sluice.engine.core.Plans.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.OnInconclusive;
import dev.sluice.schemas.rollout.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MeasuredTest {
    private static Scenario analysing(Step analysis) {
        return new Scenario()
                .start(plan(weight(10), analysis, weight(100)))
                .applied()
                .applied();
    }

    private static Scenario judged(Scenario it, Outcome... outcomes) {
        var id = it.target("prod").judging().steps().getFirst().id();
        for (int i = 0; i < outcomes.length; i++) {
            it.verdict(id, i + 1, outcomes[i]);
        }
        return it;
    }

    @Test
    @DisplayName("B10: whoever resumes at the end of the steps has had the last word, and isn't asked again")
    void isAskedOnceAtTheEnd() {
        // given
        var watched = background(target("prod", List.of(), weight(100)), spec(0, 0, 9, OnInconclusive.PAUSE));
        var it = new Scenario().start(plan(watched)).applied().applied();
        it.verdict(it.target("prod").judging().background().id(), 1, Outcome.INCONCLUSIVE);
        assertThat(it.phase()).isEqualTo(Phase.PAUSED);

        // when
        it.say(CommandType.RESUME).applied();

        // then
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);
    }

    @Test
    @DisplayName("B10: silent runs within the limit are no pass")
    void silentRunsWithinTheLimitAreNoPass() {
        // when
        var it = judged(analysing(analysis(3, 0, 3)), Outcome.INCONCLUSIVE, Outcome.INCONCLUSIVE, Outcome.INCONCLUSIVE);

        // then
        assertThat(it.phase()).isEqualTo(Phase.PAUSED);
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.ANALYSIS_INCONCLUSIVE);
        assertThat(it.status().reason()).contains("none of 3 runs passed");
        assertThat(it.ordered()).isEqualTo(Weight.percent(10));
    }

    @Test
    @DisplayName("B10: neither are inconclusive and failed runs that all stay within their limits")
    void failuresWithinTheirLimitAreNoPassEither() {
        // when
        var it = judged(analysing(analysis(3, 1, 2)), Outcome.INCONCLUSIVE, Outcome.INCONCLUSIVE, Outcome.FAIL);

        // then
        assertThat(it.phase()).isEqualTo(Phase.PAUSED);
    }

    @Test
    @DisplayName("B10: one run that passed beside them is enough")
    void onePassIsEnough() {
        // when
        var it = judged(analysing(analysis(3, 1, 2)), Outcome.INCONCLUSIVE, Outcome.PASS, Outcome.FAIL);

        // then
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
    }

    @Test
    @DisplayName("B10: 'continue' goes on, and the audit says that nothing was measured")
    void saysThatNothingWasMeasured() {
        // when
        var it = judged(analysing(new Step.Analysis(spec(1, 0, 0, OnInconclusive.CONTINUE))), Outcome.INCONCLUSIVE);

        // then
        assertThat(it.decided(Decision.AnalysisClosed.class).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(it.decided(Decision.AnalysisClosed.class).why().words()).contains("nothing was measured");
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
    }

    @Test
    @DisplayName("B10: an analysis beside the steps that never passed is no success at their end")
    void aBackgroundAnalysisThatNeverPassedHoldsThePromotion() {
        // given
        var watched = background(target("prod", List.of(), weight(100)), spec(0, 0, 9, OnInconclusive.PAUSE));
        var it = new Scenario().start(plan(watched)).applied();
        it.verdict(it.target("prod").judging().background().id(), 1, Outcome.INCONCLUSIVE);

        // when
        it.applied();

        // then
        assertThat(it.phase()).isEqualTo(Phase.PAUSED);
        assertThat(it.status().reason()).contains("none of 1 runs passed");
    }

    @Test
    @DisplayName("B10: an analysis beside the steps without any verdict is awaited, and a pass promotes")
    void awaitsTheFirstVerdict() {
        // given
        var watched = background(target("prod", List.of(), weight(100)), spec(0, 0, 9, OnInconclusive.PAUSE));
        var it = new Scenario().start(plan(watched)).applied();

        // when
        it.applied();

        // then
        assertThat(it.phase()).isEqualTo(Phase.ANALYZING);
        assertThat(it.status().reason()).contains("first verdict");
        assertThat(it.status().waitingFor().name()).isEqualTo("background");

        // when
        it.verdict(it.target("prod").judging().background().id(), 1, Outcome.PASS);

        // then
        assertThat(it.hasDecided(Decision.StepsDone.class)).isTrue();
    }

    @Test
    @DisplayName("B10: where nobody judges at all, the steps' end is a question and no promotion")
    void aDeadGateIsNoSuccess() {
        // given
        var watched = background(target("prod", List.of(), weight(100)), spec(0, 0, 9, OnInconclusive.PAUSE));
        var it = new Scenario().start(plan(watched)).applied().applied();

        // when
        it.later(Duration.ofHours(1));

        // then
        assertThat(it.phase()).isEqualTo(Phase.PAUSED);
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.ANALYSIS_INCONCLUSIVE);
    }

    @Test
    @DisplayName("B10: a query that a verdict doesn't name was not judged")
    void anUnnamedQueryHasNotPassed() {
        // given
        var it = analysing(analysis(1, 0, 0));

        // when
        it.verdict(it.target("prod").judging().steps().getFirst().id(), 1, Outcome.PASS, "another");

        // then
        assertThat(it.phase()).isEqualTo(Phase.PAUSED);
    }

    @Test
    @DisplayName("Line 13: a verdict of a run that can't have ended is left alone, and takes no room")
    void aMadRunNumberTakesNoRoom() {
        // given
        var watched =
                background(target("prod", List.of(), weight(50), approval()), spec(0, 0, 9, OnInconclusive.PAUSE));
        var it = new Scenario().start(plan(watched)).applied().applied();
        var id = it.target("prod").judging().background().id();

        // when
        for (int run = 2_000_000; run < 2_005_000; run++) {
            it.verdict(id, run, Outcome.PASS);
        }

        // then
        assertThat(it.target("prod").judging().background().seen().count()).isZero();
    }

    @Test
    @DisplayName("Line 13: a silent stretch of any length is one decision and leaves a small state")
    void aSilentStretchIsOneDecision() {
        // given
        var watched = background(
                target("prod", List.of(), weight(10), pause(Duration.ofDays(365)), weight(100)),
                spec(0, 0, Integer.MAX_VALUE, OnInconclusive.CONTINUE));
        var it = new Scenario().start(plan(watched)).applied().applied();

        // when
        it.later(Duration.ofDays(300));

        // then
        assertThat(it.decided).hasSize(1);
        assertThat(it.decided(Decision.RunsMissed.class).why().words()).contains("runs 1 to 86399");
        assertThat(it.target("prod").judging().background().seen().beyond()).isEmpty();
        assertThat(it.target("prod").judging().background().inconclusives()).isEqualTo(300 * 24 * 120 - 2);
    }

    @Test
    @DisplayName("Line 13: a run that failed ahead of the silence is not counted again")
    void aRunJudgedAheadIsNotMissed() {
        // given
        var it = analysing(analysis(5, 1, 9));
        var id = it.target("prod").judging().steps().getFirst().id();
        it.verdict(id, 3, Outcome.FAIL);

        // when
        it.later(Duration.ofHours(1));

        // then
        assertThat(it.decided(Decision.AnalysisClosed.class).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(it.decided(Decision.RunsMissed.class).upTo()).isEqualTo(5);
    }
}
