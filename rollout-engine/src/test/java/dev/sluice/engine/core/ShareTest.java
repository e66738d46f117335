package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.analysis;
import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.background;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.sliding;
import static dev.sluice.engine.core.Plans.spec;
import static dev.sluice.engine.core.Plans.target;
import static dev.sluice.engine.core.Plans.weight;
import static dev.sluice.engine.core.Plans.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.message.Verdict.Share;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Mirror;
import dev.sluice.schemas.rollout.OnInconclusive;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Route;
import dev.sluice.schemas.rollout.SessionAffinity;
import dev.sluice.schemas.rollout.Step;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ShareTest {
    private static final Step MATCH = new Step.SetMatch(
            new Match(List.of(new Match.Condition("beta", "yes", null, null)), null, null, null, null, null));
    private static final Step MIRROR = new Step.SetMirror(new Mirror(BigDecimal.TEN));
    private static final Share HALF = new Share(12.1, 11.2, 13.1);
    private static final Share RIGHT = new Share(24.6, 23.1, 26.2);
    private static final String STEP = "r/prod/step-2/1";
    private static final String ASKING = "r/prod/share/1";

    /** The first weight is in force and its analysis of three runs of 30 s has just begun. */
    private static Scenario analysing() {
        return new Scenario()
                .start("r", plan(weight(25), analysis(3, 0, 0), weight(50), weight(100)))
                .applied()
                .applied();
    }

    private static Scenario judged(Scenario it, String analysis, int first, Share... shares) {
        for (int i = 0; i < shares.length; i++) {
            it.later(Duration.ofSeconds(30)).share(analysis, first + i, shares[i]);
        }
        return it;
    }

    private static Scenario held() {
        var it = judged(analysing(), STEP, 1, HALF, HALF, HALF);
        assertThat(it.phase()).isEqualTo(Phase.WAITING);
        return it;
    }

    @Test
    @DisplayName("B36: the next raise waits where the canary's share disagrees with its weight for long, and says why")
    void holdsTheNextRaise() {
        // when
        var it = judged(analysing(), STEP, 1, HALF, HALF, HALF);

        // then
        assertThat(it.ordered()).isEqualTo(Weight.percent(25));
        assertThat(it.phase()).isEqualTo(Phase.WAITING);
        assertThat(it.status().weight().observed()).isEqualTo(12.1);
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.SHARE_DISAGREES);
        assertThat(it.status().reason())
                .isEqualTo(
                        "the canary gets 12.1 % of the requests (11.2 to 13.1 %), its weight is 25 %: callers outside"
                                + " the mesh, overlapping selectors or clients that stay? The raise waits until they agree;"
                                + " 'resume' goes on all the same");
        assertThat(it.status().waitingFor().name()).isEqualTo("resume");
        assertThat(it.messages(Topic.AUDIT, Audit.class))
                .anySatisfy(entry -> assertThat(entry.decision()).isEqualTo("RaiseHeld"));
    }

    @Test
    @DisplayName("B36: where they agree nothing waits, and status shows the share while its weight is in force")
    void goesOnWhereTheyAgree() {
        // given
        var it = judged(analysing(), STEP, 1, RIGHT, RIGHT);
        assertThat(it.status().weight().observed()).isEqualTo(24.6);

        // when
        judged(it, STEP, 3, RIGHT);

        // then
        assertThat(it.ordered()).isEqualTo(Weight.percent(50));
        assertThat(it.status().weight().observed()).isNull();
    }

    @Test
    @DisplayName("B36: one run that is off, or several within less than a minute, hold nothing")
    void oneRunIsNoDisagreement() {
        // then
        assertThat(judged(analysing(), STEP, 1, RIGHT, RIGHT, HALF).ordered()).isEqualTo(Weight.percent(50));
        assertThat(judged(analysing(), STEP, 1, HALF, HALF, RIGHT).ordered()).isEqualTo(Weight.percent(50));
    }

    @Test
    @DisplayName("B36: what is off by little, or measured on few requests, is no disagreement")
    void smallDifferencesAndSmallCountsSayNothing() {
        // given
        var near = new Share(21.0, 20.5, 21.5);
        var few = new Share(10.0, 1.0, 40.0);

        // then
        assertThat(judged(analysing(), STEP, 1, near, near, near).ordered()).isEqualTo(Weight.percent(50));
        assertThat(judged(analysing(), STEP, 1, few, few, few).ordered()).isEqualTo(Weight.percent(50));
    }

    @Test
    @DisplayName("B36: no share is no disagreement, for that nothing was measured the analysis says itself")
    void noShareHoldsNothing() {
        // then
        assertThat(judged(analysing(), STEP, 1, null, null, null).ordered()).isEqualTo(Weight.percent(50));
    }

    @Test
    @DisplayName("B36: a run that began before the weight was in force says nothing of it")
    void whatIsMeasuredOverTwoWeightsDoesNotCount() {
        // given
        var growing = background(
                target("prod", List.of(), weight(25), approval(), weight(100)), spec(0, 0, 9, OnInconclusive.PAUSE));
        var it = new Scenario().start("r", plan(growing)).applied();
        it.later(Duration.ofSeconds(1)).applied();

        // when
        judged(it, "r/prod/background/1", 1, HALF, HALF, HALF, HALF);
        it.say(CommandType.APPROVE);

        // then
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
        assertThat(it.status().weight().observed()).isNull();
    }

    @Test
    @DisplayName("B36: nor does one in which a hand edit was put back")
    void whatIsMeasuredOverAHandEditDoesNotCount() {
        // given
        var it = judged(analysing(), STEP, 1, HALF, HALF);

        // when
        it.report(WeightReport.Outcome.DRIFT_REPAIRED, null);
        judged(it, STEP, 3, RIGHT);

        // then
        assertThat(it.status().weight().observed()).as("not of this run").isNull();
    }

    @Test
    @DisplayName("B36: short analyses at one weight after the other find together what lasts")
    void addsUpOverWeights() {
        // given
        var it = new Scenario()
                .start("r", plan(weight(10), analysis(1, 0, 0), weight(25), analysis(1, 0, 0), weight(50), weight(100)))
                .applied()
                .applied();

        // when
        judged(it, STEP, 1, new Share(4.0, 3.5, 4.5));
        assertThat(it.ordered()).isEqualTo(Weight.percent(25));
        it.applied();
        judged(it, "r/prod/step-4/1", 1, HALF);

        // then
        assertThat(it.phase()).isEqualTo(Phase.WAITING);
        assertThat(it.ordered()).isEqualTo(Weight.percent(25));
    }

    @Test
    @DisplayName("B36, B48: it goes on asking while it waits, deciding nothing by what it hears beside the share")
    void goesOnAsking() {
        // given
        var it = judged(analysing(), STEP, 1, HALF, HALF, HALF);

        // when
        var open = it.messages(Topic.ANALYSES, AnalysisSet.class).getLast().analyses();

        // then
        assertThat(open).singleElement().satisfies(asking -> {
            assertThat(asking.analysis()).isEqualTo(ASKING);
            assertThat(asking.runs()).isZero();
            assertThat(asking.interval()).as("as much as it took to find out").isEqualTo(Duration.ofSeconds(90));
            assertThat(asking.queries()).isNotEmpty().allMatch(Query::dryRun);
        });
        it.later(Duration.ofHours(1));
        assertThat(it.phase()).as("a gate that says nothing changes nothing").isEqualTo(Phase.WAITING);
    }

    @Test
    @DisplayName(
            "B36, B48: it asks by the analysis that measured the share, for the last one may not count requests (seed 496)")
    void asksByTheAnalysisThatMeasures() {
        // given
        var it = new Scenario()
                .start("r", plan(weight(25), analysis(3, 0, 0), analysis(1, 0, 0), weight(50), weight(100)))
                .applied()
                .applied();
        judged(it, STEP, 1, HALF, HALF, HALF);

        // when
        judged(it, "r/prod/step-3/1", 1, (Share) null);

        // then
        assertThat(it.phase()).isEqualTo(Phase.WAITING);
        assertThat(it.target("prod").judging().measuring().spec().interval()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    @DisplayName("B36, B48: a sliding analysis beside the steps that measures no share is no reason not to ask")
    void asksBesideAnAnalysisThatDoesNotMeasure() {
        // given
        var watched = background(
                target("prod", List.of(), weight(25), analysis(3, 0, 0), weight(50), weight(100)),
                sliding(spec(0, 0, 9, OnInconclusive.PAUSE)));
        var it = new Scenario().start("r", plan(watched)).applied().applied();

        // when
        judged(it, STEP, 1, HALF, HALF, HALF);

        // then
        assertThat(it.phase()).isEqualTo(Phase.WAITING);
        assertThat(it.target("prod").judging().measuring()).isNotNull();
    }

    @Test
    @DisplayName("B36, B48: it goes on by itself once they agree again")
    void goesOnByItself() {
        // given
        var it = judged(held(), ASKING, 1, HALF);
        assertThat(it.phase()).isEqualTo(Phase.WAITING);

        // when
        it.later(Duration.ofSeconds(90)).share(ASKING, 2, RIGHT);

        // then
        assertThat(it.ordered()).isEqualTo(Weight.percent(50));
        assertThat(it.decided(Decision.RaiseFreed.class).why().words()).contains("24.6 %", "they agree");
        assertThat(it.messages(Topic.ANALYSES, AnalysisSet.class).getLast().analyses())
                .isEmpty();
    }

    @Test
    @DisplayName("B36: too few requests to tell are no agreement either")
    void fewRequestsAreNoAgreement() {
        // when
        var it = held().share(ASKING, 1, new Share(25.0, 4.6, 69.9));

        // then
        assertThat(it.phase()).isEqualTo(Phase.WAITING);
    }

    @Test
    @DisplayName("B36: late, repeated and foreign verdicts change nothing")
    void lateVerdictsChangeNothing() {
        // given
        var it = held();
        var before = it.state;

        // when
        it.share(STEP, 3, RIGHT).share(STEP, 2, RIGHT).share("r0/prod/share/1", 1, RIGHT);

        // then
        assertThat(it.state).isEqualTo(before);
    }

    @Test
    @DisplayName("B36: somebody who was told goes on with 'resume', and isn't asked again in this rollout")
    void resumeGoesOn() {
        // given
        var it = new Scenario()
                .start("r", plan(weight(25), analysis(3, 0, 0), weight(50), analysis(3, 0, 0), weight(75), weight(100)))
                .applied()
                .applied();
        judged(it, STEP, 1, HALF, HALF, HALF);

        // when
        it.say(CommandType.RESUME);

        // then
        assertThat(it.ordered()).isEqualTo(Weight.percent(50));
        assertThat(it.decided(Decision.Resumed.class).actor()).isEqualTo("alice");
        it.applied();
        judged(it, "r/prod/step-4/1", 1, HALF, HALF, HALF);
        assertThat(it.ordered()).isEqualTo(Weight.percent(75));
    }

    @Test
    @DisplayName("B36: an operator's pause is lifted for itself")
    void resumeLiftsAPauseFirst() {
        // given
        var it = held();
        it.say(CommandType.PAUSE);

        // when
        it.say(CommandType.RESUME);

        // then
        assertThat(it.phase()).isEqualTo(Phase.WAITING);
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.SHARE_DISAGREES);
        it.say(CommandType.RESUME);
        assertThat(it.ordered()).isEqualTo(Weight.percent(50));
    }

    @Test
    @DisplayName("B36: an operator's pause holds also what agrees again meanwhile")
    void aPauseHoldsWhatAgreesAgain() {
        // given
        var it = held();
        it.say(CommandType.PAUSE).share(ASKING, 1, RIGHT);
        assertThat(it.ordered()).isEqualTo(Weight.percent(25));

        // when
        it.say(CommandType.RESUME);

        // then
        assertThat(it.ordered()).isEqualTo(Weight.percent(50));
    }

    @Test
    @DisplayName("B01, B36: no way down waits for it")
    void neverHoldsTheWayBack() {
        // given
        var it = held();

        // when
        it.say(CommandType.ABORT);

        // then
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        assertThat(it.target("prod").judging().open()).isEmpty();
        it.applied();
        assertThat(it.phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    @Test
    @DisplayName("B36: a step that lowers the weight doesn't wait")
    void neverHoldsALowerWeight() {
        // given
        var it = new Scenario()
                .start("r", plan(weight(25), analysis(3, 0, 0), weight(10), weight(100)))
                .applied()
                .applied();

        // when
        judged(it, STEP, 1, HALF, HALF, HALF);

        // then
        assertThat(it.ordered()).isEqualTo(Weight.percent(10));
        it.applied();
        assertThat(it.phase()).as("the raise after it does").isEqualTo(Phase.WAITING);
    }

    @Test
    @DisplayName("B36: an analysis beside the steps that looks back over its own intervals goes on asking by itself")
    void theAnalysisBesideGoesOnAsking() {
        // given
        var watched = background(
                target("prod", List.of(), weight(25), approval(), weight(100)),
                sliding(spec(0, 0, 9, OnInconclusive.PAUSE)));
        var it = new Scenario().start("r", plan(watched)).applied().applied();
        judged(it, "r/prod/background/1", 1, HALF, HALF, HALF);

        // when
        it.say(CommandType.APPROVE);

        // then
        assertThat(it.phase()).isEqualTo(Phase.WAITING);
        assertThat(it.target("prod").judging().open()).hasSize(1);
        judged(it, "r/prod/background/1", 4, RIGHT);
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
    }

    @Test
    @DisplayName("B36: clients that are kept on purpose may make the share larger than the weight, and not smaller")
    void keptClientsMakeItLarger() {
        // given
        var keeping = with(
                target("prod", List.of(), weight(25), analysis(3, 0, 0), weight(50), weight(100)), ShareTest::keeping);
        var more = new Share(60.0, 59.0, 61.0);

        // then
        var it = new Scenario().start("r", plan(keeping)).applied().applied();
        assertThat(judged(it, STEP, 1, more, more, more).ordered()).isEqualTo(Weight.percent(50));
        it = new Scenario().start("r", plan(keeping)).applied().applied();
        assertThat(judged(it, STEP, 1, HALF, HALF, HALF).ordered()).isEqualTo(Weight.percent(25));
    }

    @Test
    @DisplayName("B36: requests that match and copies may make the share larger than the weight, and not smaller")
    void whatIsSentBesideMakesItLarger() {
        // given
        var more = new Share(32.0, 31.0, 33.0);

        // then
        assertThat(judged(besides(MATCH), "r/prod/step-3/1", 1, more, more, more)
                        .ordered())
                .isEqualTo(Weight.percent(50));
        assertThat(judged(besides(MIRROR), "r/prod/step-3/1", 1, more, more, more)
                        .ordered())
                .isEqualTo(Weight.percent(50));
        assertThat(judged(besides(MATCH), "r/prod/step-3/1", 1, HALF, HALF, HALF)
                        .ordered())
                .isEqualTo(Weight.percent(25));
    }

    private static Scenario besides(Step sent) {
        return new Scenario()
                .start("r", plan(sent, weight(25), analysis(3, 0, 0), weight(50), weight(100)))
                .applied()
                .applied()
                .applied();
    }

    private static Route keeping(Route route) {
        return new Route(
                route.identity(),
                route.mesh(),
                route.active(),
                route.canary(),
                route.onPromoted(),
                route.ownership(),
                new SessionAffinity("shop", SessionAffinity.A_DAY),
                route.entry());
    }

    @Test
    @DisplayName("B36: it goes by what is found in the object: of eight pods none is a tenth")
    void goesByWhatIsFound() {
        // given
        var it = new Scenario().start("r", plan(weight(10), analysis(3, 0, 0), weight(50), weight(100)));
        it.applied();
        it.tell(Scenario.answer(
                it.lastOrder(),
                WeightReport.Outcome.APPLIED,
                null,
                null,
                null,
                Map.of("checkout", 7.0, "checkout-canary", 1.0)));
        var eighth = new Share(12.5, 12.1, 12.9);

        // when
        judged(it, STEP, 1, eighth, eighth, eighth);

        // then
        assertThat(it.ordered()).isEqualTo(Weight.percent(50));
    }

    @Test
    @DisplayName("B36: a canary that fails while the raise waits beside an analysis of its own goes back")
    void failuresGoBackAllTheSame() {
        // given
        var watched = background(
                target("prod", List.of(), weight(25), approval(), weight(100)),
                sliding(spec(0, 0, 9, OnInconclusive.PAUSE)));
        var it = new Scenario().start("r", plan(watched)).applied().applied();
        judged(it, "r/prod/background/1", 1, HALF, HALF, HALF);
        it.say(CommandType.APPROVE);

        // when
        it.verdict("r/prod/background/1", 4, Outcome.FAIL);

        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
    }
}
