package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.analysis;
import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.background;
import static dev.sluice.engine.core.Plans.owning;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.settling;
import static dev.sluice.engine.core.Plans.spec;
import static dev.sluice.engine.core.Plans.target;
import static dev.sluice.engine.core.Plans.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.message.Verdict.QueryResult;
import dev.sluice.schemas.rollout.AnalysisSpec;
import dev.sluice.schemas.rollout.OnInconclusive;
import dev.sluice.schemas.rollout.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is measured just after a weight moved is not judged. */
class SettleTest {
    private static final Duration SETTLE = Duration.ofSeconds(20);

    private static AnalysisSet set(Scenario it) {
        return it.messages(Topic.ANALYSES, AnalysisSet.class).getLast();
    }

    private static Scenario watched(AnalysisSpec beside, Duration settle) {
        var watched = background(target("prod", List.of(), weight(10), weight(100)), beside);
        return new Scenario().start("r", plan(settling(watched, settle))).applied();
    }

    private static void pending(Scenario it, String analysis, int run) {
        var result = new QueryResult(
                "error-rate",
                Outcome.INCONCLUSIVE,
                null,
                null,
                null,
                null,
                null,
                null,
                "soon",
                null,
                null,
                false,
                true);
        it.tell(new Event.VerdictReceived(
                it.now,
                new Verdict(
                        analysis + "/" + run,
                        "r",
                        "shop/checkout",
                        "prod",
                        analysis,
                        run,
                        Outcome.INCONCLUSIVE,
                        null,
                        List.of(result),
                        it.now)));
    }

    @Test
    void aStepsAnalysisBeginsOnceItsWeightHasSettled() {
        // given
        var steps = target("prod", List.of(), weight(10), analysis(2, 0, 0), weight(100));
        var it = new Scenario().start("r", plan(settling(steps, SETTLE))).applied();
        var ordered = it.now;

        // when
        it.later(Duration.ofSeconds(3)).applied();

        // then
        var opened = set(it);
        assertThat(opened.moved()).containsExactly(ordered, it.now);
        assertThat(opened.analyses().getFirst().from()).isEqualTo(it.now.plus(SETTLE));
        assertThat(opened.analyses().getFirst().queries().getFirst().settle()).isEqualTo(SETTLE);
    }

    @Test
    void aQuerysOwnTimeToSettleIsTakenInPlaceOfTheTargets() {
        // given
        var step = (Step.Analysis) analysis(2, 0, 0);
        var own = step.spec().queries().getFirst().withSettle(Duration.ZERO);
        var both = new Step.Analysis(
                Plans.asking(step.spec(), List.of(own, step.spec().queries().getFirst())));
        var steps = target("prod", List.of(), weight(10), both, weight(100));

        // when
        var it = new Scenario()
                .start("r", plan(settling(steps, SETTLE)))
                .applied()
                .applied();

        // then
        var opened = set(it).analyses().getFirst();
        assertThat(opened.from()).isEqualTo(it.now);
        assertThat(opened.queries().stream().map(query -> query.settle())).containsExactly(Duration.ZERO, SETTLE);
    }

    @Test
    void whoWatchesBesideTheStepsIsToldOfEveryMove() {
        // given
        var it = watched(spec(0, 0, 0, OnInconclusive.PAUSE), SETTLE);
        var opened = set(it);
        var first = it.now;

        // when
        it.later(Duration.ofSeconds(3)).applied();

        // then
        var again = set(it);
        assertThat(opened.moved()).containsExactly(first);
        assertThat(again.moved()).containsExactly(first, it.now);
        assertThat(again.revision()).isGreaterThan(opened.revision());
        assertThat(again.analyses()).isEqualTo(opened.analyses());
    }

    @Test
    void nobodyIsToldWhereNothingSettles() {
        // given
        var it = watched(spec(0, 0, 0, OnInconclusive.PAUSE), null);

        // when
        it.later(Duration.ofSeconds(3)).applied();

        // then
        assertThat(it.messages(Topic.ANALYSES, AnalysisSet.class)).isEmpty();
        assertThat(it.target("prod").judging().moved()).isEmpty();
    }

    @Test
    void anotherTimeToSettleIsToldOfWhatIsOpen() {
        // given
        var beside = spec(0, 0, 0, OnInconclusive.PAUSE);
        var steps = background(target("prod", List.of(), weight(10), approval(), weight(100)), beside);
        var it = new Scenario().start("r", plan(steps)).applied();
        it.later(Duration.ofSeconds(3)).applied();
        var inForce = it.now;

        // when
        it.later(Duration.ofSeconds(5)).update(plan(settling(steps, SETTLE)));

        // then
        var now = set(it);
        assertThat(now.analyses()).singleElement().satisfies(open -> {
            assertThat(open.analysis()).isEqualTo("r/prod/background/1");
            assertThat(open.queries().getFirst().settle()).isEqualTo(SETTLE);
        });
        assertThat(now.moved()).containsExactly(inForce);
        it.update(plan(steps));
        assertThat(set(it).revision()).isGreaterThan(now.revision());
        assertThat(set(it).analyses().getFirst().queries().getFirst().settle()).isNull();
    }

    @Test
    @DisplayName("B10: a run that ends before its queries look is neither a pass nor inconclusive")
    void aRunThatNobodyLooksAtCountsForNothing() {
        // given
        var it = watched(spec(0, 0, 0, OnInconclusive.PAUSE), SETTLE).applied();
        var beside = it.target("prod").judging().background().id();

        // when
        pending(it, beside, 1);
        it.applied();

        // then
        assertThat(it.phase()).isEqualTo(Phase.ANALYZING);
        assertThat(it.ordered()).isEqualTo(Weight.FULL);

        // when
        it.verdict(beside, 2, Outcome.PASS).applied();

        // then
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);
    }

    @Test
    @DisplayName("B10: a query with a limit of its own that never looked hasn't passed")
    void aQueryThatNeverLookedHasNotPassed() {
        // given
        var own = owning(spec(1, 0, 0, OnInconclusive.PAUSE), OnInconclusive.ROLLBACK);
        var it = new Scenario()
                .start("r", plan(weight(10), new Step.Analysis(own), weight(100)))
                .applied()
                .applied();

        // when
        pending(it, "r/prod/step-2/1", 1);

        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
        assertThat(it.status().reason()).contains("error-rate passed in none of 1 runs");
    }

    @Test
    void aRunIsAwaitedAsLongAsAQueryOfItMayWait() {
        // given
        var step = (Step.Analysis) analysis(1, 0, 0);
        var waiting = Plans.asking(
                step.spec(), List.of(Plans.waiting(step.spec().queries().getFirst(), Duration.ofMinutes(10))));
        var it = new Scenario()
                .start("r", plan(weight(10), new Step.Analysis(waiting), weight(100)))
                .applied()
                .applied();

        // when, then
        it.later(Duration.ofMinutes(10));
        assertThat(it.phase()).isEqualTo(Phase.ANALYZING);
        it.later(Duration.ofMinutes(2));
        assertThat(it.phase()).isEqualTo(Phase.PAUSED);
    }
}
