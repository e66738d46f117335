package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.analysis;
import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.background;
import static dev.sluice.engine.core.Plans.modes;
import static dev.sluice.engine.core.Plans.pause;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.spec;
import static dev.sluice.engine.core.Plans.target;
import static dev.sluice.engine.core.Plans.together;
import static dev.sluice.engine.core.Plans.twoRoutes;
import static dev.sluice.engine.core.Plans.weight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.sluice.engine.core.state.AnalysisRun;
import dev.sluice.engine.core.told.Publication;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Observation.Disagreement;
import dev.sluice.schemas.message.Observation.End;
import dev.sluice.schemas.message.Observation.Move;
import dev.sluice.schemas.message.Observation.Opinion;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.rollout.OnInconclusive;
import dev.sluice.schemas.rollout.RollMode;
import dev.sluice.schemas.rollout.RolloutPlan;
import dev.sluice.schemas.rollout.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Another tool decides, and moves the traffic: what Sluice makes of it. */
class ObserveTest {
    private static final String STEP = "r/prod/step-2/1";
    private static final String BESIDE = "r/prod/background/1";

    private static Scenario observing(RolloutPlan plan) {
        return new Scenario().start("r", plan.observing());
    }

    /** Its steps are those of the other tool, with an analysis at 10 and at 50 %. */
    private static Scenario observing() {
        return observing(plan(weight(10), analysis(1, 0, 0), weight(50), analysis(1, 0, 0), weight(100)));
    }

    private static Scenario beside() {
        return observing(plan(
                background(target("prod", List.of(), weight(10), weight(50)), spec(0, 0, 0, OnInconclusive.PAUSE))));
    }

    @Test
    @DisplayName("observing: nothing is ever ordered, whatever is seen, said and judged")
    void ordersNothing() {
        // when
        var it = observing()
                .seen(10)
                .verdict(STEP, 1, Outcome.FAIL)
                .seen(50)
                .seen(100)
                .seen(0);
        it.told(CommandType.ABORT);

        // then
        assertThat(it.orders).isEmpty();
        assertThat(it.checks).isEmpty();
        assertThat(it.observations).singleElement().satisfies(order -> {
            assertThat(order.observe()).isTrue();
            assertThat(order.check()).isTrue();
            assertThat(order.weight()).isNull();
        });
        assertThat(it.target("prod").traffic().order()).isNull();
    }

    @Test
    @DisplayName("observing: a step's analysis begins once the other tool has given the canary as much")
    void judgesWhatIsSeen() {
        // given
        var it = observing();
        assertThat(it.phase()).isEqualTo(Phase.PROGRESSING);
        assertThat(it.seen(5).target("prod").judging().open()).isEmpty();

        // when
        it.seen(10);

        // then
        assertThat(it.target("prod").judging().steps())
                .extracting(AnalysisRun::id)
                .containsExactly(STEP);
        assertThat(it.phase()).isEqualTo(Phase.ANALYZING);
        assertThat(it.status().weight().applied()).isEqualTo(Weight.percent(10));
        assertThat(it.status().weight().desired()).isEqualTo(Weight.percent(10));
    }

    @Test
    @DisplayName("observing: the analysis beside the steps runs from the first traffic to the last")
    void judgesBesideTheSteps() {
        // given
        var it = beside();
        assertThat(it.target("prod").judging().background()).isNull();

        // when
        it.seen(1);

        // then
        assertThat(it.target("prod").judging().background().id()).isEqualTo(BESIDE);
        assertThat(it.seen(0).target("prod").judging().open()).isEmpty();
    }

    @Test
    @DisplayName("observing: pauses, approvals and webhooks are the other tool's own, and hold nothing up")
    void waitsForNobody() {
        // given
        var it = observing(
                plan(weight(10), pause(Duration.ofHours(1)), approval("sre"), analysis(1, 0, 0), weight(100)));

        // when
        it.seen(10);

        // then
        assertThat(it.target("prod").judging().steps())
                .extracting(AnalysisRun::name)
                .containsExactly("step-4");
    }

    @Test
    @DisplayName(
            "observing: what Sluice would have gone back from and the other tool raises is a disagreement, told once")
    void disagreesWithARaise() {
        // given
        var it = observing().seen(10).verdict(STEP, 1, Outcome.FAIL);
        assertThat(it.status().observation().opinion()).isEqualTo(Opinion.ROLL_BACK);
        assertThat(it.status().reason()).isEqualTo("Sluice would roll back at 10 %: analysis failed: 5xx 2 %");
        assertThat(it.status().observation().agrees()).isNull();
        it.now = it.now.plusSeconds(60);

        // when
        it.seen(50);

        // then
        var disagreement = new Disagreement(it.now, Opinion.ROLL_BACK, Move.RAISED, "analysis failed: 5xx 2 %");
        assertThat(it.status().observation().disagreements()).containsExactly(disagreement);
        assertThat(it.status().observation().agrees()).isFalse();
        assertThat(it.hasDecided(Decision.Disagreed.class)).isTrue();
        assertThat(it.target("prod").judging().open()).isEmpty();
        assertThat(it.seen(100).status().observation().disagreements()).containsExactly(disagreement);
    }

    @Test
    @DisplayName("observing: both go back: Sluice agrees, and says since when it would have")
    void agreesWithAWayBack() {
        // given
        var it = observing().seen(10).verdict(STEP, 1, Outcome.FAIL);
        var foundAt = it.now;

        // when
        it.later(Duration.ofMinutes(2)).seen(0).told(CommandType.ABORT);

        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(it.status().observation().agrees()).isTrue();
        assertThat(it.status().observation().since()).isEqualTo(foundAt);
        assertThat(it.status().reason())
                .isEqualTo("taken back by the tool that decides, as told by alice; Sluice agrees");
    }

    @Test
    @DisplayName("observing: the other tool took back what Sluice had found nothing against")
    void disagreesWithAWayBack() {
        // given
        var it = observing().seen(10).verdict(STEP, 1, Outcome.PASS).seen(0);

        // when
        it.told(CommandType.ABORT);

        // then
        assertThat(it.status().observation().disagreements())
                .containsExactly(
                        new Disagreement(it.now, Opinion.GO_ON, Move.TOOK_BACK, "nothing was found against it"));
        assertThat(it.phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    @Test
    @DisplayName("observing: both go on to the end, as the word 'promote' tells")
    void agreesWithAPromotion() {
        // given
        var it = observing()
                .seen(10)
                .verdict(STEP, 1, Outcome.PASS)
                .seen(50)
                .verdict("r/prod/step-4/1", 1, Outcome.PASS);

        // when
        it.seen(0).told(CommandType.PROMOTE);

        // then
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);
        assertThat(it.status().observation().ended()).isEqualTo(End.PROMOTED);
        assertThat(it.status().observation().agrees()).isTrue();
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.PROMOTED);
    }

    @Test
    @DisplayName("observing: promoted in spite of what Sluice found")
    void disagreesWithAPromotion() {
        // when
        var it = observing().seen(10).verdict(STEP, 1, Outcome.FAIL).told(CommandType.PROMOTE);

        // then
        assertThat(it.status().observation().disagreements())
                .extracting(Disagreement::sluice, Disagreement::other)
                .containsExactly(tuple(Opinion.ROLL_BACK, Move.PROMOTED));
    }

    @Test
    @DisplayName(
            "observing: a canary that goes back to 0 before its last step was taken back, once nobody says otherwise")
    void seesAWayBack() {
        // given
        var it = observing().seen(10).seen(0);
        assertThat(it.phase()).isEqualTo(Phase.PROGRESSING);
        assertThat(it.status().reason()).contains("waits until 2026-11-20T12:10:00Z for a word");

        // when
        it.later(Duration.ofMinutes(10));

        // then
        assertThat(it.status().observation().ended()).isEqualTo(End.TOOK_BACK);
        assertThat(it.phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(it.status().reason()).contains("from at most 10 %, before its last step's 50 %");
    }

    @Test
    @DisplayName("observing: after its last step 0 may mean either, and nobody guesses")
    void doesNotGuessWhichWay() {
        // when
        var it = observing()
                .seen(10)
                .verdict(STEP, 1, Outcome.PASS)
                .seen(50)
                .seen(0)
                .later(Duration.ofMinutes(10));

        // then
        assertThat(it.phase()).isEqualTo(Phase.CANCELLED);
        assertThat(it.status().observation().ended()).isEqualTo(End.UNKNOWN);
        assertThat(it.status().observation().agrees()).isNull();
        assertThat(it.status().reason()).contains("which way it ended isn't known");
    }

    @Test
    @DisplayName("observing: traffic that comes back goes on being judged")
    void goesOnAfterAMomentWithoutTraffic() {
        // given
        var it = observing().seen(10).seen(0).later(Duration.ofMinutes(9));

        // when
        it.seen(10).later(Duration.ofMinutes(1));

        // then
        assertThat(it.status().observation().ended()).isNull();
        assertThat(it.target("prod").judging().steps())
                .extracting(AnalysisRun::id)
                .containsExactly("r/prod/step-2/2");
    }

    @Test
    @DisplayName(
            "observing: where nothing could be measured Sluice would pause, and says so where the other tool goes on")
    void disagreesWhereNothingWasMeasured() {
        // given
        var it = observing().seen(10).verdict(STEP, 1, Outcome.INCONCLUSIVE);
        assertThat(it.status().observation().opinion()).isEqualTo(Opinion.PAUSE);

        // when
        it.seen(50);

        // then
        assertThat(it.status().observation().disagreements())
                .extracting(Disagreement::sluice, Disagreement::other)
                .containsExactly(tuple(Opinion.PAUSE, Move.RAISED));
        assertThat(it.status().observation().opinion()).isEqualTo(Opinion.GO_ON);
        assertThat(it.target("prod").judging().steps())
                .extracting(AnalysisRun::name)
                .containsExactly("step-4");
    }

    @Test
    @DisplayName("observing: a verdict that the file leaves to a person is a pause")
    void leavesToAPersonWhatTheFileLeaves() {
        // given
        var manual = new Step.Analysis(modes(spec(1, 0, 0, OnInconclusive.PAUSE), RollMode.MANUAL, RollMode.MANUAL));

        // when
        var it = observing(plan(weight(10), manual, weight(100))).seen(10).verdict(STEP, 1, Outcome.FAIL);

        // then
        assertThat(it.status().observation().opinion()).isEqualTo(Opinion.PAUSE);
    }

    @Test
    @DisplayName("observing: without any measurement there is nothing to agree with")
    void hasNoOpinionWithoutAMeasurement() {
        // when
        var promoted = observing(plan(weight(10))).seen(10).told(CommandType.PROMOTE);
        var abandoned = observing().say(CommandType.ABANDON);

        // then
        assertThat(promoted.status().observation().agrees()).isNull();
        assertThat(promoted.status().reason()).endsWith("; nothing was judged");
        assertThat(abandoned.phase()).isEqualTo(Phase.CANCELLED);
    }

    @Test
    @DisplayName("observing: what ran beside the steps and passed is an agreement, what measured nothing is a pause")
    void weighsWhatRanBesideAtTheEnd() {
        // given
        var passing = beside().seen(10).verdict(BESIDE, 1, Outcome.PASS);
        var silent = beside().seen(10).later(Duration.ofMinutes(2));

        // when
        passing.seen(0).told(CommandType.PROMOTE);
        silent.seen(0).told(CommandType.PROMOTE);

        // then
        assertThat(passing.status().observation().agrees()).isTrue();
        assertThat(silent.status().observation().disagreements())
                .extracting(Disagreement::sluice, Disagreement::other)
                .containsExactly(tuple(Opinion.PAUSE, Move.PROMOTED));
    }

    @Test
    @DisplayName("observing: the next start takes its place at once, whatever its file says of rollouts in progress")
    void givesWay() {
        // given
        var it = observing().seen(10);
        it.now = it.now.plusSeconds(1);

        // when
        it.start("next", plan(weight(20)).observing());

        // then
        assertThat(it.state.rollout().id()).isEqualTo("next");
        assertThat(it.hasDecided(Decision.ObservationEnded.class)).isTrue();
        assertThat(it.observations).hasSize(2);
    }

    @Test
    @DisplayName("observing: a rollout that Sluice decides about begins after it like any other")
    void cutsOver() {
        // given
        var it = observing().seen(10).seen(0).told(CommandType.PROMOTE);
        it.now = it.now.plusSeconds(1);

        // when
        it.start("real", plan(weight(10), weight(100)));

        // then
        assertThat(it.lastOrder().begin()).isTrue();
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        assertThat(it.lastOrder().sequence()).isEqualTo(1);
        assertThat(it.lastOrder().generation())
                .isGreaterThan(it.observations.getFirst().generation());
    }

    @Test
    @DisplayName("observing: no other rollout of its routes has its generation, not even one of the same moment")
    void hasAGenerationOfItsOwn() {
        // given
        var it = observing().say(CommandType.ABANDON);

        // when
        it.start("real", plan(weight(10), weight(100)));

        // then
        assertThat(it.lastOrder().generation())
                .isGreaterThan(it.observations.getFirst().generation());
    }

    @Test
    @DisplayName("observing: neither begins beside a rollout that Sluice decides about, nor on a route that it still"
            + " repairs")
    void refusesWhatSluiceHolds() {
        // given
        var running = new Scenario().start("r", plan(weight(10), weight(100))).applied();
        var resting =
                new Scenario().start("r", plan(weight(100))).applied().applied().applied();
        assertThat(resting.phase()).isEqualTo(Phase.PROMOTED);

        // then
        assertThat(running.start("o", plan(weight(10)).observing()).refusal()).contains("Sluice decides about it");
        assertThat(resting.start("o", plan(weight(10)).observing()).refusal())
                .contains("what Sluice holds it repairs")
                .contains("'delete'");
    }

    @Test
    @DisplayName("observing: nobody steers what another tool decides about, and nobody is kept from it")
    void isNotSteered() {
        // given
        var it = observing().seen(10);

        // then
        for (var type : List.of(
                CommandType.PAUSE,
                CommandType.RESUME,
                CommandType.APPROVE,
                CommandType.REJECT,
                CommandType.SKIP,
                CommandType.FINALIZE)) {
            assertThat(it.say(type).refusal()).contains("is only observed").contains("'abandon'");
        }
        assertThat(it.state.routes().values()).allMatch(row -> row.application() == null);
        it.say(CommandType.ABANDON);
        assertThat(it.say(CommandType.RETRY).refusal()).contains("only observed");
        assertThat(it.say(CommandType.UNDO).refusal()).contains("only observed");
    }

    @Test
    @DisplayName("observing: a route that isn't there, or can't be seen, is waited for, and ends nothing by itself")
    void waitsForItsRoute() {
        // given
        var it = observing();
        var order = it.observations.getLast();
        var absent = WeightReport.observed(order, Weight.ZERO, Map.of(), true, null, null, it.now);

        // when
        it.tell(absent).later(Duration.ofDays(1));
        assertThat(it.status().reason()).contains("isn't there");
        it.seen(10);
        it.tell(WeightReport.observed(order, null, Map.of(), false, "the API server says 403", null, it.now));

        // then
        assertThat(it.status().reason()).contains("can't be seen: the API server says 403");
        assertThat(it.target("prod").judging().steps()).isNotEmpty();
        assertThat(it.status().weight().applied()).isEqualTo(Weight.percent(10));
    }

    @Test
    @DisplayName("observing: the same seen again is nothing new, and a report of another generation nothing at all")
    void countsWhatIsSeenOnce() {
        // given
        var it = observing().seen(10);

        // when
        it.seen(10);

        // then
        assertThat(it.decided).noneMatch(Decision::stored);
    }

    @Test
    @DisplayName("observing: a rollout that Sluice decides about stays one: 'update' changes nobody's mode")
    void staysWhatItBeganAs() {
        // given
        var plan = plan(weight(50), pause(Duration.ofHours(1)), weight(100));
        var it = new Scenario().start("r", plan).applied().applied();

        // when
        it.update(plan.observing());

        // then
        assertThat(it.refusal()).contains("`mode` is another now");
        it.say(CommandType.ABORT).applied();
        assertThat(it.phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    @Test
    @DisplayName("observing: a word of the other tool that comes late says nothing of the next release")
    void takesNoLateWordForTheNextRelease() {
        // given
        var it = observing();
        it.now = it.now.plusSeconds(1);
        it.start("next", plan(weight(10), weight(100)).observing());

        // then
        for (var word : List.of(CommandType.PROMOTE, CommandType.ABORT)) {
            assertThat(it.say(word).refusal()).contains("`expect: {rollout: next}`");
            assertThat(it.told(word, "r").refusal()).contains("expected rollout r");
        }
        assertThat(it.phase()).isEqualTo(Phase.PROGRESSING);
    }

    @Test
    @DisplayName("observing: a word may name the revision, for the id of what Git started nobody knows")
    void takesAWordThatNamesTheRevision() {
        // given
        var it = new Scenario()
                .start("r", "1.4.2", true, plan(weight(10), weight(100)).observing())
                .seen(10)
                .seen(0);

        // then
        assertThat(it.ask(CommandType.PROMOTE, "w1", "1.4.1", false).refusal()).contains("expected revision 1.4.1");
        assertThat(it.ask(CommandType.PROMOTE, "w2", "1.4.2", false).phase()).isEqualTo(Phase.PROMOTED);
    }

    @Test
    @DisplayName("observing: nor does it steer what Sluice decides about by then")
    void takesNoLateWordForSteering() {
        // given
        var it = observing().seen(10).seen(0).told(CommandType.PROMOTE);
        it.now = it.now.plusSeconds(1);
        it.start("real", plan(weight(10), pause(Duration.ofHours(1)), weight(100)));

        // when
        it.applied().applied().told(CommandType.PROMOTE, "r");

        // then
        assertThat(it.refusal()).contains("expected rollout r");
        assertThat(it.ordered()).isEqualTo(Weight.percent(10));
    }

    @Test
    @DisplayName(
            "observing: a route that Sluice still repairs isn't observed beside one that is observed already, either")
    void refusesWhatSluiceHoldsWhileItObserves() {
        // given
        var held = plan(weight(100));
        var other = plan(target("staging", List.of(), weight(10)));
        var it = new Scenario().start("r", held).applied().applied().applied();
        it.now = it.now.plusSeconds(1);
        it.start("s", other.observing());
        assertThat(it.state.rollout().isObserving()).isTrue();

        // when
        it.start("o", held.observing());

        // then
        assertThat(it.refusal()).contains("what Sluice holds it repairs").contains("'delete'");
    }

    @Test
    @DisplayName("observing: what ends is the application's own observation, and not another's of the same route")
    void endsItsOwnObservationAlone() {
        // given
        var it = observing();

        // when
        it.say(CommandType.ABANDON);

        // then
        var key = "observe:shop/checkout:" + it.observations.getLast().route();
        assertThat(it.published).contains(new Publication.Tombstone(Topic.WEIGHTS, key));
    }

    @Test
    @DisplayName(
            "observing: what asks for a person is not taken back by what passes beside it, and nothing more is judged"
                    + " meanwhile")
    void keepsAskingForAPerson() {
        // given
        var it = observing(
                        plan(weight(10), together(analysis(1, 0, 0), analysis(1, 0, 0)), analysis(1, 0, 0), weight(50)))
                .seen(10)
                .verdict("r/prod/step-2-1/1", 1, Outcome.INCONCLUSIVE);

        // when
        it.verdict("r/prod/step-2-2/1", 1, Outcome.PASS);

        // then
        assertThat(it.status().observation().opinion()).isEqualTo(Opinion.PAUSE);
        assertThat(it.target("prod").judging().open()).isEmpty();
        assertThat(it.told(CommandType.PROMOTE).status().observation().agrees()).isFalse();
    }

    @Test
    @DisplayName(
            "observing: once the other tool has gone on, what runs beside the steps judges it, also within one step")
    void judgesAgainOnceSomebodyHasGoneOn() {
        // given
        var it = beside().seen(10).verdict(BESIDE, 1, Outcome.INCONCLUSIVE);
        assertThat(it.status().observation().opinion()).isEqualTo(Opinion.PAUSE);
        assertThat(it.target("prod").judging().background()).isNull();

        // when
        it.seen(20);

        // then
        assertThat(it.status().observation().opinion()).isEqualTo(Opinion.GO_ON);
        assertThat(it.target("prod").judging().background().id()).isEqualTo("r/prod/background/2");
    }

    @Test
    @DisplayName("observing: what measured nothing and goes on all the same is no agreement")
    void agreesWithNothingThatWasNotMeasured() {
        // given
        var unmeasured = new Step.Analysis(spec(1, 0, 0, OnInconclusive.CONTINUE));

        // when
        var it = observing(plan(weight(10), unmeasured, weight(100)))
                .seen(10)
                .verdict(STEP, 1, Outcome.INCONCLUSIVE)
                .told(CommandType.PROMOTE);

        // then
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);
        assertThat(it.status().observation().agrees()).isNull();
        assertThat(it.status().reason()).endsWith("; nothing was judged");
    }

    @Test
    @DisplayName("observing: traffic that comes back after a moment without is no raise, and answers nothing")
    void takesWhatComesBackForNoRaise() {
        // given
        var it = observing().seen(10).verdict(STEP, 1, Outcome.FAIL).seen(0);

        // when
        it.seen(10);

        // then
        assertThat(it.status().observation().disagreements()).isEmpty();
        assertThat(it.seen(50).status().observation().disagreements()).hasSize(1);
    }

    @Test
    @DisplayName("observing: where the weight can't be seen any more the last one doesn't count for ever")
    void endsWhereNothingIsSeenAnyMore() {
        // given
        var it = observing().seen(10);
        var unseen = WeightReport.observed(
                it.observations.getLast(), null, Map.of(), false, "the API server says 403", null, it.now);
        it.tell(unseen).later(Duration.ofMinutes(29));
        assertThat(it.phase().isFinal()).isFalse();

        // when
        it.later(Duration.ofMinutes(1));

        // then
        assertThat(it.phase()).isEqualTo(Phase.CANCELLED);
        assertThat(it.status().observation().ended()).isEqualTo(End.UNKNOWN);
        assertThat(it.status().reason()).contains("could not be seen any more");
        assertThat(it.target("prod").judging().open()).isEmpty();
    }

    @Test
    @DisplayName("observing: of several routes one that can't be seen ends nothing while another shows the canary")
    void goesOnWhereAnotherRouteShowsTheCanary() {
        // given
        var it = new Scenario()
                .start("r", plan(twoRoutes("prod", weight(10), weight(100))).observing());
        var first = it.observations.getFirst();
        var second = it.observations.getLast();
        it.tell(WeightReport.observed(first, Weight.percent(10), Map.of(), false, null, "argo", it.now));

        // when
        it.tell(WeightReport.observed(second, null, Map.of(), false, "the API server says 403", null, it.now))
                .later(Duration.ofMinutes(31));

        // then
        assertThat(first.route()).isNotEqualTo(second.route());
        assertThat(it.phase().isFinal()).isFalse();
    }

    @Test
    @DisplayName("observing: what one applier saw before another did, and is told after it, changes nothing")
    void takesNoLateNews() {
        // given
        var it = observing();
        var late = WeightReport.observed(
                it.observations.getLast(), Weight.percent(10), Map.of(), false, null, "argo", it.now);
        it.now = it.now.plusSeconds(10);
        it.seen(20);

        // when
        it.tell(late);

        // then
        assertThat(it.status().weight().applied()).isEqualTo(Weight.percent(20));
    }

    @Test
    @DisplayName("observing: where no applier answers it is asked again and again, and people are told")
    void asksAgainWhereNobodyAnswers() {
        // given
        var it = observing();

        // when
        it.later(Duration.ofMinutes(5)).later(Duration.ofMinutes(5));

        // then
        assertThat(it.observations).hasSize(3);
        assertThat(it.status().reason()).contains("no applier has said what").contains("cluster prod");
        it.seen(0).later(Duration.ofMinutes(5));
        assertThat(it.observations).hasSize(3);
        assertThat(it.status().reason()).contains("seen: 0 %");
    }
}
