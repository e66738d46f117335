package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.analysis;
import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.background;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.spec;
import static dev.sluice.engine.core.Plans.target;
import static dev.sluice.engine.core.Plans.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.OnInconclusive;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** B31: what runs behind the backends changes while a rollout is under way. */
class WorkloadsTest {
    private static Scenario judging() {
        var prod = background(
                target("prod", List.of(), weight(10), analysis(3, 0, 0), weight(100)),
                spec(0, 0, 0, OnInconclusive.PAUSE));
        var it = new Scenario().start("r", plan(prod)).applied();
        return it.running(Outcome.APPLIED, "1.4.1", "1.4.2");
    }

    @Test
    @DisplayName("B31: another canary goes back, with that reason")
    void rollsBackWhenTheCanaryChanges() {
        // when
        var it = judging().running(Outcome.APPLIED, "1.4.1", "1.5.0");

        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.WORKLOAD_CHANGED);
        assertThat(it.status().reason()).contains("1.5.0").contains("1.4.2");
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
    }

    @Test
    @DisplayName("B31: also while the next weight waits for it")
    void rollsBackWhileARaiseWaits() {
        // given
        var it = new Scenario()
                .start("r", plan(weight(10), approval(), weight(100)))
                .applied();
        it.running(Outcome.APPLIED, "1.4.1", "1.4.2").say(dev.sluice.schemas.message.CommandType.APPROVE);

        // when
        it.running(Outcome.WAITING, "1.4.1", "1.5.0");

        // then
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.WORKLOAD_CHANGED);
    }

    @Test
    @DisplayName("B30, B31: before its first weight it is only waited for")
    void waitsBeforeTheFirstWeight() {
        // given
        var it = new Scenario()
                .start("r", plan(weight(10), approval(), weight(100)))
                .applied();

        // when
        it.running(Outcome.WAITING, "1.4.1", "1.4.0").running(Outcome.APPLIED, "1.4.1", "1.4.2");

        // then
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);
    }

    @Test
    @DisplayName("B31: what is not seen has not changed")
    void goesOnWhereNothingIsSeen() {
        // when
        var it = judging().running(Outcome.APPLIED, null, null).applied();

        // then
        assertThat(it.phase()).isEqualTo(Phase.ANALYZING);
        assertThat(it.running(Outcome.APPLIED, "1.4.1", "1.5.0").phase()).isEqualTo(Phase.ROLLING_BACK);
    }

    @Test
    @DisplayName("B31: another active backend is another baseline: what was judged against the old one begins anew")
    void judgesAnewWhenTheActiveOneChanges() {
        // given
        var it = judging();
        it.verdict("r/prod/step-2/1", 1, Verdict.Outcome.PASS);

        // when
        it.running(Outcome.APPLIED, "1.4.1-hotfix", "1.4.2");

        // then
        assertThat(it.phase()).isEqualTo(Phase.ANALYZING);
        assertThat(it.messages(Topic.ANALYSES, AnalysisSet.class).getLast().analyses())
                .extracting(AnalysisSet.Analysis::analysis)
                .containsExactly("r/prod/step-2/2", "r/prod/background/2");
        it.verdict("r/prod/step-2/1", 2, Verdict.Outcome.FAIL);
        assertThat(it.phase()).isEqualTo(Phase.ANALYZING);
        it.verdict("r/prod/background/2", 1, Verdict.Outcome.PASS);
        for (int run = 1; run <= 3; run++) {
            it.verdict("r/prod/step-2/2", run, Verdict.Outcome.PASS);
        }
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
    }
}
