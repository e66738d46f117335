package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.spec;
import static dev.sluice.engine.core.Plans.weight;
import static dev.sluice.schemas.message.Verdict.Outcome.FAIL;
import static dev.sluice.schemas.message.Verdict.Outcome.INCONCLUSIVE;
import static dev.sluice.schemas.message.Verdict.Outcome.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.AnalysisSpec;
import dev.sluice.schemas.rollout.OnInconclusive;
import dev.sluice.schemas.rollout.Step;
import org.junit.jupiter.api.Test;

/** Where a run is judged by a score, its outcome is the score's and not its worst query's. */
class ScoreTest {
    private static final String ID = "r/prod/step-2/1";

    private static Scenario analysing(AnalysisSpec spec) {
        return new Scenario()
                .start("r", plan(weight(10), new Step.Analysis(spec), weight(100)))
                .applied()
                .applied();
    }

    private static AnalysisSpec scored() {
        return Plans.scored(spec(1, 0, 0, OnInconclusive.PAUSE));
    }

    private static Scenario judged(Outcome outcome, Outcome query) {
        return analysing(scored()).scored(ID, 1, outcome, query);
    }

    @Test
    void aQueryThatFailsIsOutweighed() {
        assertThat(judged(PASS, FAIL).ordered()).isEqualTo(Weight.FULL);
    }

    @Test
    void aScoreThatIsTooLowFailsThoughNoQueryDoes() {
        // when
        var it = judged(FAIL, INCONCLUSIVE);

        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
        assertThat(it.status().reason()).isEqualTo("analysis failed: run 1 failed by its score (5xx 2 %)");
    }

    @Test
    void aMarginalScoreIsInconclusive() {
        // when
        var it = judged(INCONCLUSIVE, PASS);

        // then
        assertThat(it.phase()).isEqualTo(Phase.PAUSED);
        assertThat(it.status().reason())
                .isEqualTo("analysis inconclusive: run 1 was inconclusive by its score; 'resume' or 'abort'");
    }

    @Test
    void aScoreWithoutAllOfItsQueriesIsNoPass() {
        // when
        var it = analysing(scored()).verdict(ID, 1, PASS, "another");

        // then
        assertThat(it.phase()).isEqualTo(Phase.PAUSED);
    }

    @Test
    void aQueryWithLimitsOfItsOwnIsNotOutweighed() {
        // given
        var it = analysing(Plans.owning(scored(), OnInconclusive.PAUSE));

        // when
        it.scored(ID, 1, PASS, FAIL);

        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
    }
}
