package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.analysis;
import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.background;
import static dev.sluice.engine.core.Plans.modes;
import static dev.sluice.engine.core.Plans.pause;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.route;
import static dev.sluice.engine.core.Plans.spec;
import static dev.sluice.engine.core.Plans.target;
import static dev.sluice.engine.core.Plans.weight;
import static dev.sluice.engine.core.Plans.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.core.state.WakeUps;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.message.Verdict.Share;
import dev.sluice.schemas.rollout.InProgress;
import dev.sluice.schemas.rollout.OnInconclusive;
import dev.sluice.schemas.rollout.OnPromoted;
import dev.sluice.schemas.rollout.Ownership;
import dev.sluice.schemas.rollout.RollMode;
import dev.sluice.schemas.rollout.RolloutPlan;
import dev.sluice.schemas.rollout.Step;
import dev.sluice.schemas.rollout.TargetPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code skip}, {@code promote} and {@code goto}. */
class SteeringTest {
    private static final Duration LONG = Duration.ofHours(1);

    private static Scenario at10(Step... steps) {
        return at10(target("prod", List.of(), steps));
    }

    private static Scenario at10(TargetPlan target) {
        return new Scenario().start("r", plan(target)).applied().applied();
    }

    @Test
    void skipEndsAPause() {
        // given
        var it = at10(weight(10), pause(LONG), weight(50), pause(LONG), weight(100));

        // when
        it.say(CommandType.SKIP);

        // then
        assertThat(it.ordered()).isEqualTo(Weight.percent(50));
        assertThat(it.decided(Decision.StepSkipped.class).why().words()).isEqualTo("step 2 skipped by alice");
        it.applied();
        assertThat(it.phase()).as("the next step waits as ever").isEqualTo(Phase.PAUSED);
    }

    @Test
    void skipStopsTheStepsAnalyses() {
        // given
        var it = at10(weight(10), analysis(5, 0, 0), weight(100));

        // when
        it.say(CommandType.SKIP);

        // then
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
        assertThat(it.messages(Topic.ANALYSES, AnalysisSet.class).getLast().analyses())
                .isEmpty();
        it.verdict("r/prod/step-2/1", 1, Outcome.FAIL);
        assertThat(it.phase()).isEqualTo(Phase.PROGRESSING);
    }

    @Test
    @DisplayName("B22: skip and promote past an approval need its roles, and no fewer people")
    void passesNoApprovalWithoutItsRoles() {
        // given
        var it = at10(weight(10), approval("sre"), weight(50), approval(2, false), weight(100));

        // when / then
        it.say(CommandType.SKIP);
        assertThat(it.refusal())
                .startsWith(
                        "the approval of step 2 is on the way, and skip needs one of the roles [sre]; alice has []");
        it.goTo(3);
        assertThat(it.refusal()).startsWith("the approval of step 2 is on the way, and goto needs one of the roles");
        it.say(CommandType.PROMOTE, "alice", List.of("sre"), null, null, false);
        assertThat(it.refusal())
                .startsWith("the approval of step 4 is on the way, and promote needs 2 approvals there; 0 were given");
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);

        // when
        it.say(CommandType.SKIP, "alice", List.of("sre"), null, null, false).applied();
        assertThat(it.status().step()).isEqualTo(4);
        it.say(CommandType.SKIP);
        assertThat(it.refusal()).contains("step 4").contains("2 approvals");
        it.say(CommandType.APPROVE).say(CommandType.SKIP);
        assertThat(it.refusal()).contains("one person's word adds none");

        // then
        it.say(CommandType.PROMOTE, "bob", List.of(), null, null, false);
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
    }

    @Test
    void theStarterPassesNoApprovalThatAsksForSomebodyElse() {
        // given
        var it = at10(weight(10), approval(1, true), weight(100));

        // when
        it.say(CommandType.PROMOTE, "ci", List.of(), null, null, false);

        // then
        assertThat(it.refusal()).contains("promote needs somebody else than ci");
    }

    @Test
    void skipHasNothingToEndWhileAWeightIsOnItsWay() {
        // given
        var it = new Scenario()
                .start("r", plan(weight(10), pause(LONG), weight(100)))
                .applied();

        // when
        it.say(CommandType.SKIP);

        // then
        assertThat(it.refusal()).startsWith("step 1 is over once the routes carry 10 %");
    }

    @Test
    @DisplayName("B36: skip ends the wait of a raise for its share, and so does promote")
    void goesOnWhateverTheShare() {
        for (var command : List.of(CommandType.SKIP, CommandType.PROMOTE)) {
            // given
            var it = at10(weight(10), analysis(3, 0, 0), weight(100));
            for (int run = 1; run <= 3; run++) {
                it.later(Duration.ofSeconds(30)).share("r/prod/step-2/1", run, new Share(2, 1, 3));
            }
            assertThat(it.phase()).isEqualTo(Phase.WAITING);

            // when
            it.say(command);

            // then
            assertThat(it.ordered()).as(command.word()).isEqualTo(Weight.FULL);
            assertThat(it.target("prod").judging().measuring()).isNull();
        }
    }

    @Test
    void aWordToGoOnLiftsWhateverHolds() {
        // given
        var it = at10(weight(10), analysis(1, 0, 0), weight(100));
        it.verdict("r/prod/step-2/1", 1, Outcome.INCONCLUSIVE)
                .say(CommandType.PAUSE, "bob", List.of(), null, null, false);
        assertThat(it.phase()).isEqualTo(Phase.PAUSED);

        // when
        it.say(CommandType.SKIP);

        // then
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
        assertThat(it.target("prod").position().hold()).isNull();
        assertThat(it.decided(Decision.Resumed.class).why().words())
                .isEqualTo("no longer paused by bob: 'skip' by alice");
    }

    @Test
    void promoteGoesPastPausesAndAnalysesAndEndsAsTheFileSays() {
        // given
        var steps = target("prod", List.of(), weight(10), pause(LONG), analysis(5, 0, 0), weight(50), weight(100));
        var it = at10(background(
                with(steps, route -> route("prod", OnPromoted.HANDBACK, Ownership.OWN)),
                spec(0, 0, 0, OnInconclusive.PAUSE)));

        // when
        it.say(CommandType.PROMOTE);

        // then
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
        assertThat(it.target("prod").judging().open()).isEmpty();
        assertThat(it.status().step()).isEqualTo(5);
        it.applied();
        assertThat(it.phase()).isEqualTo(Phase.FINALIZING);
        assertThat(it.status().waitingFor().name()).isEqualTo("finalize");
    }

    @Test
    void promoteEndsWhatIsWatchedAtTheTop() {
        // given
        var it = at10(weight(100), new Step.Bake(LONG));
        assertThat(it.phase()).isEqualTo(Phase.PAUSED);

        // when
        it.say(CommandType.PROMOTE);

        // then
        assertThat(it.lastOrder().end()).isNotNull();
        it.applied();
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);
    }

    @Test
    void gotoGoesBackToALowerWeightAndJudgesAnew() {
        // given
        var it = at10(weight(10), analysis(1, 0, 0), weight(50), pause(LONG), weight(100));
        it.verdict("r/prod/step-2/1", 1, Outcome.PASS).applied();
        assertThat(it.status().step()).isEqualTo(4);

        // when
        it.goTo(2);

        // then
        assertThat(it.ordered()).isEqualTo(Weight.percent(10));
        assertThat(it.phase()).isEqualTo(Phase.PROGRESSING);
        it.applied();
        assertThat(it.phase()).isEqualTo(Phase.ANALYZING);
        assertThat(it.target("prod").judging().steps().getFirst().id()).isEqualTo("r/prod/step-2/2");
        it.verdict("r/prod/step-2/2", 1, Outcome.PASS);
        assertThat(it.ordered()).isEqualTo(Weight.percent(50));
    }

    @Test
    void gotoBeginsTheSameStepAgain() {
        // given
        var it = at10(weight(10), pause(LONG), weight(100));
        it.later(Duration.ofMinutes(50));

        // when
        it.goTo(2);

        // then
        it.later(Duration.ofMinutes(50));
        assertThat(it.phase()).isEqualTo(Phase.PAUSED);
        it.later(Duration.ofMinutes(10));
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
    }

    @Test
    void gotoUpCarriesTheWeightsInBetween() {
        // given
        var it = at10(weight(10), analysis(3, 0, 0), weight(50), pause(LONG), weight(100));

        // when
        it.goTo(4);

        // then
        assertThat(it.ordered()).isEqualTo(Weight.percent(50));
        assertThat(it.target("prod").judging().steps()).isEmpty();
        it.applied();
        assertThat(it.phase()).isEqualTo(Phase.PAUSED);
        assertThat(it.status().step()).isEqualTo(4);
    }

    @Test
    void gotoBeyondTheStepsIsRefused() {
        // given
        var it = at10(weight(10), pause(LONG), weight(100));

        // when
        it.goTo(4);

        // then
        assertThat(it.refusal()).startsWith("there is no step 4: target prod has steps 1 to 3");
    }

    @Test
    void gotoBeforeItsStepEndsTheAnalysisBeside() {
        // given
        var spec = spec(0, 0, 9, OnInconclusive.PAUSE);
        var late = new dev.sluice.schemas.rollout.AnalysisSpec(
                spec.interval(),
                0,
                spec.queries(),
                0,
                9,
                spec.onInconclusive(),
                Duration.ZERO,
                Duration.ZERO,
                spec.lookbackMethod(),
                3);
        var it = at10(background(target("prod", List.of(), weight(10), pause(LONG), weight(50), pause(LONG)), late));
        assertThat(it.target("prod").judging().background()).isNull();
        it.later(LONG).applied();
        assertThat(it.target("prod").judging().background().id()).isEqualTo("r/prod/background/1");

        // when
        it.goTo(1);

        // then
        assertThat(it.target("prod").judging().background()).isNull();
    }

    @Test
    void gotoIsHeldWhereAPersonHasToSayWhatFollows() {
        // given
        var failed = modes(spec(0, 0, 9, OnInconclusive.PAUSE), RollMode.MANUAL, RollMode.AUTOMATIC);
        var it = at10(background(target("prod", List.of(), weight(10), pause(LONG), weight(50), weight(100)), failed));
        it.verdict("r/prod/background/1", 1, Outcome.FAIL);

        // when
        it.goTo(3);

        // then
        assertThat(it.ordered()).isEqualTo(Weight.percent(10));
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);
        it.say(CommandType.SKIP);
        assertThat(it.ordered()).isEqualTo(Weight.percent(50));
    }

    @Test
    void membersOfALockstepGroupAreTakenOnTogether() {
        // given
        var one = target("us", List.of(), weight(10), pause(LONG), weight(100));
        var other = target("eu", List.of(), weight(10), pause(LONG), weight(100));
        var it = new Scenario()
                .start(new RolloutPlan(
                        "shop/checkout",
                        Map.of(),
                        List.of(one, other),
                        false,
                        List.of(List.of("us", "eu")),
                        InProgress.REJECT,
                        List.of()))
                .applied()
                .applied();

        // when
        it.say(CommandType.SKIP, "alice", List.of(), "us", null, false);

        // then
        assertThat(it.refusal()).startsWith("us goes in lockstep with eu; leave `target` out");
        it.say(CommandType.SKIP);
        assertThat(it.target("us").stage().step()).isEqualTo(3);
        assertThat(it.target("eu").stage().step()).isEqualTo(3);
    }

    @Test
    @DisplayName("B10: who skips the wait for a first verdict goes on without one")
    void skipsTheFirstVerdict() {
        // given
        var it = at10(background(target("prod", List.of(), weight(100)), spec(0, 0, 9, OnInconclusive.PAUSE)));
        assertThat(it.phase()).isEqualTo(Phase.ANALYZING);

        // when
        it.say(CommandType.SKIP);

        // then
        assertThat(it.lastOrder().end()).isNotNull();
        assertThat(WakeUps.of(it.state)).allMatch(wakeUp -> wakeUp.kind().startsWith("order"));
    }

    @Test
    void goesToAWaitingStepOnceTheWeightThatIsOnItsWayIsThere() {
        // given
        var it = new Scenario()
                .start("r", plan(weight(25), pause(LONG), weight(100)))
                .applied();

        // when
        it.goTo(2);

        // then
        assertThat(it.phase()).isEqualTo(Phase.PROGRESSING);
        assertThat(it.applied().phase()).isEqualTo(Phase.PAUSED);
    }
}
