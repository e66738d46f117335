package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.analysis;
import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.around;
import static dev.sluice.engine.core.Plans.ending;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.target;
import static dev.sluice.engine.core.Plans.weight;
import static dev.sluice.engine.core.Plans.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.OnPromoted;
import dev.sluice.schemas.rollout.RolloutPlan;
import dev.sluice.schemas.rollout.TargetPlan.FirstDeployment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code retry} and {@code undo}: rollouts that no file starts. */
class RetryUndoTest {
    private static final RolloutPlan STEPS = plan(weight(10), approval(), weight(100));
    private static final RolloutPlan AT_ONCE = plan(weight(100));

    private static Scenario rolledBack(RolloutPlan plan) {
        return new Scenario()
                .start("r-1", plan)
                .applied()
                .applied()
                .say(CommandType.ABORT)
                .applied()
                .later(Duration.ofSeconds(1));
    }

    /** 1.4.1, then 1.4.2. */
    private static Scenario promotedTwice() {
        var it = new Scenario()
                .start("r-1", "1.4.1", false, AT_ONCE)
                .applied()
                .applied()
                .applied();
        it.later(Duration.ofSeconds(1))
                .start("r-2", "1.4.2", false, AT_ONCE)
                .applied()
                .applied()
                .applied();
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);
        assertThat(it.status().active()).isEqualTo("checkout");
        return it.later(Duration.ofSeconds(1));
    }

    private static String rejection(Scenario it) {
        return it.decided(Decision.Rejected.class).why().words();
    }

    @Test
    void retriesTheLastRollout() {
        // when
        var it = rolledBack(STEPS).ask(CommandType.RETRY, "again", null, false);

        // then
        assertThat(it.state.rollout().id()).isEqualTo("again");
        assertThat(it.state.rollout().revision()).isEqualTo("1.4.2");
        assertThat(it.lastOrder().begin()).isTrue();
        assertThat(it.messages(Topic.STATUS, Status.class).getLast().retryOf()).isEqualTo("r-1");
        it.applied().applied();
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);
    }

    @Test
    void retriesOnlyWhatWasNotPromoted() {
        // given
        var it = new Scenario()
                .start(
                        "r-1",
                        plan(
                                target("staging", List.of(), weight(100)),
                                target("prod", List.of("staging"), weight(10), approval())));
        it.applied().applied().applied().applied().applied();
        it.say(CommandType.ABORT, "alice", List.of(), "prod", null, false).applied();

        // when
        it.later(Duration.ofSeconds(1)).ask(CommandType.RETRY, "again", null, false);

        // then
        assertThat(it.state.rollout().targets()).extracting(run -> run.name()).containsExactly("prod");
        assertThat(it.phase()).isEqualTo(Phase.PROGRESSING);
    }

    @Test
    void retriesNothingWithoutWhatItDependsOn() {
        // given
        var it = new Scenario()
                .start(
                        "r-1",
                        plan(
                                target("staging", List.of(), weight(10), approval()),
                                target("prod", List.of("staging"), weight(10))));
        it.applied().applied().say(CommandType.ABORT).applied();

        // when
        it.say(CommandType.RETRY, "alice", List.of(), "prod", null, false);

        // then
        assertThat(rejection(it))
                .contains("depends on staging, and target staging is RolledBack at step 2 of 2: retry both");
        it.say(CommandType.RETRY, "alice", List.of(), "nowhere", null, false);
        assertThat(rejection(it)).contains("target nowhere is not part of rollout r-1");
    }

    @Test
    void rejectsARetryOfNothing() {
        assertThat(rejection(new Scenario().say(CommandType.RETRY))).contains("has no rollout");
        assertThat(rejection(new Scenario().start("r-1", STEPS).say(CommandType.RETRY)))
                .contains("r-1 is running");
        assertThat(rejection(promotedTwice().say(CommandType.RETRY))).contains("nothing to retry");
        assertThat(rejection(rolledBack(STEPS)
                        .say(CommandType.RETRY, "bob", List.of(), null, new Command.Expect("r-0", null), false)))
                .contains("expected rollout r-0");
    }

    @Test
    @DisplayName("B29: the plan of a first deployment is not the file's, and is not retried")
    void rejectsARetryOfAFirstDeployment() {
        // given
        var it = new Scenario().start("r-1", plan(weight(10), approval("sre"), weight(100)));
        it.tell(Scenario.appliedOverEmptyActive(it.lastOrder(), Duration.ofSeconds(11)));
        it.say(CommandType.ABORT).applied();

        // when
        it.later(Duration.ofSeconds(1)).say(CommandType.RETRY);

        // then
        assertThat(rejection(it)).contains("first deployment").contains("start the file again");
    }

    @Test
    void undoesAPromotionAtOnce() {
        // given
        var it = promotedTwice();

        // when
        it.ask(CommandType.UNDO, "u", null, false);

        // then
        assertThat(it.state.rollout().id()).isEqualTo("u");
        assertThat(it.messages(Topic.STATUS, Status.class).getLast().undoOf()).isEqualTo("r-2");
        assertThat(it.checks).isEmpty();
        it.applied();
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
        assertThat(it.lastOrder().canary()).isEqualTo("checkout-canary");
        assertThat(it.lastOrder().revision()).isEqualTo("1.4.1");
        it.applied().applied();
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);
        assertThat(it.status().active()).isEqualTo("checkout-canary");
        assertThat(it.state.stableRevisions()).containsEntry("prod", "1.4.1");
    }

    @Test
    @DisplayName("an undo waits for nothing that the file asks for")
    void undoesWithoutConditions() {
        // given
        var careful = around(
                target("prod", List.of(), weight(10), analysis(1, 0, 0), weight(100)),
                List.of(approval()),
                List.of(approval()));
        var it = new Scenario().start("r-1", plan(careful));
        it.say(CommandType.APPROVE)
                .applied()
                .applied()
                .verdict("r-1/prod/step-2/1", 1, dev.sluice.schemas.message.Verdict.Outcome.PASS);
        it.applied().applied().say(CommandType.APPROVE);
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);

        // when
        it.later(Duration.ofSeconds(1))
                .ask(CommandType.UNDO, "u", null, false)
                .applied()
                .applied()
                .applied();

        // then
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);
        assertThat(it.status().active()).isEqualTo("checkout");
    }

    @Test
    @DisplayName("B29: an undo doesn't ask whether the backend that it leaves is ready: that may be why")
    void leavesABackendThatIsDown() {
        // when
        var it = promotedTwice().ask(CommandType.UNDO, "u", null, false);

        // then
        assertThat(it.lastOrder().begin()).isTrue();
        assertThat(it.lastOrder().firstDeployment()).isEqualTo(FirstDeployment.STEPS);
    }

    @Test
    @DisplayName(
            "an undo onto a backend that isn't there, or runs something else, is rolled back saying what to deploy")
    void saysWhatToDeploy() {
        // given
        var it = promotedTwice().ask(CommandType.UNDO, "u", null, false).applied();

        // when
        it.report(Outcome.WAITING, "checkout-canary has no ready endpoint");

        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
        assertThat(it.status().reason()).contains("deploy 1.4.1 there");
        it.applied();
        assertThat(it.status().active()).isEqualTo("checkout");
        it.later(Duration.ofSeconds(1)).ask(CommandType.UNDO, "u-2", null, false);
        assertThat(it.state.rollout().id()).isEqualTo("u-2");
    }

    @Test
    void rejectsAnUndoOfAnUndoUnlessForced() {
        // given
        var it = promotedTwice()
                .ask(CommandType.UNDO, "u", null, false)
                .applied()
                .applied()
                .applied();

        // when
        it.later(Duration.ofSeconds(1)).say(CommandType.UNDO);

        // then
        assertThat(rejection(it)).contains("back on 1.4.1 already").contains("start a rollout to go forward");
        it.say(CommandType.UNDO, "alice", List.of(), null, null, true)
                .applied()
                .applied()
                .applied();
        assertThat(it.state.stableRevisions()).containsEntry("prod", "1.4.2");
        assertThat(it.status().active()).isEqualTo("checkout");
    }

    @Test
    void rejectsAnUndoWhereAnotherRevisionWasOnTheOtherBackendSince() {
        // given
        var it = promotedTwice().start("r-3", "1.4.3", false, STEPS).applied().applied();
        assertThat(rejection(it.say(CommandType.UNDO))).contains("'abort'");
        it.say(CommandType.ABORT).applied().later(Duration.ofSeconds(1));

        // when
        it.say(CommandType.UNDO);

        // then
        assertThat(rejection(it)).contains("r-3 of 1.4.3").contains("deploy 1.4.1 there again");
        it.say(CommandType.UNDO, "alice", List.of(), null, null, true);
        assertThat(it.state.rollout().isUndo()).isTrue();
    }

    private static Scenario promoted(Scenario it, String id, String revision, RolloutPlan plan) {
        it.later(Duration.ofSeconds(1)).start(id, revision, false, plan);
        it.applied().applied().applied();
        assertThat(it.state.rollout().targets()).allMatch(run -> run.position().isPromoted());
        return it;
    }

    private static Scenario undo(Scenario it, String target, boolean force) {
        return it.later(Duration.ofSeconds(1)).say(CommandType.UNDO, "alice", List.of(), target, null, force);
    }

    /** Targets prod and eu of 1.4.1 and then 1.4.2, and prod alone of 1.4.3. */
    private static Scenario promotedWithoutEu() {
        var both = plan(target("prod", List.of(), weight(100)), target("eu", List.of(), weight(100)));
        var it = promoted(promoted(new Scenario(), "r-1", "1.4.1", both), "r-2", "1.4.2", both);
        return promoted(it, "r-3", "1.4.3", AT_ONCE);
    }

    @Test
    void undoesAPromotionOfATargetThatTheLastRolloutLeavesOut() {
        // given
        var it = undo(promotedWithoutEu(), "eu", false);
        assertThat(it.state.rollout().targets()).extracting(TargetRun::name).containsExactly("eu");
        assertThat(it.messages(Topic.STATUS, Status.class).getLast().undoOf()).isEqualTo("r-2");

        // when
        it.applied().applied().applied();

        // then
        assertThat(it.state.stableRevisions()).containsEntry("eu", "1.4.1").containsEntry("prod", "1.4.3");
        assertThat(it.state.route(it.lastOrder().route()).active()).isEqualTo("checkout-canary");
        undo(it, "prod", false).applied().applied().applied();
        assertThat(it.state.stableRevisions()).containsEntry("prod", "1.4.2");
        assertThat(rejection(undo(it, "eu", false))).contains("eu is back on 1.4.1 already");
    }

    @Test
    void rejectsAnUndoOfATargetWhoseRoutesAreUnderAnotherSince() {
        // given
        var renamed = with(
                target("europe", List.of(), weight(100)),
                route -> Plans.route("eu", OnPromoted.SWAP, route.ownership()));
        var it = promoted(promotedWithoutEu(), "r-4", "1.4.3", plan(renamed));

        // when / then
        assertThat(rejection(undo(it, "eu", true)))
                .contains("eu was promoted by rollout r-2")
                .contains("start 1.4.1 as a rollout");
        assertThat(rejection(undo(it, "asia", false)))
                .contains("neither part of rollout r-4")
                .contains("[prod]");
        assertThat(undo(it, "prod", false).hasDecided(Decision.Started.class)).isTrue();
    }

    @Test
    void rejectsAnUndoWhereAnEarlierRolloutWasOnTheOtherBackend() {
        // given
        var it = promotedWithoutEu();
        it.later(Duration.ofSeconds(1))
                .start("r-4", "1.4.4", false, plan(target("eu", List.of(), weight(10), approval())))
                .applied()
                .say(CommandType.ABORT)
                .applied();
        promoted(it, "r-5", "1.4.5", AT_ONCE);

        // when / then
        assertThat(rejection(undo(it, "eu", false))).contains("r-4 of 1.4.4").contains("deploy 1.4.1 there again");
        assertThat(undo(it, "eu", true).hasDecided(Decision.Started.class)).isTrue();
    }

    @Test
    void whoDependsOnWhatFailedAfterItsDeploymentIsNotRetriedAlone() {
        // given
        var staging = around(target("staging", List.of(), weight(100)), List.of(), List.of(approval()));
        var it = new Scenario().start("r-1", plan(staging, target("prod", List.of("staging"), weight(100))));
        it.applied().applied().applied().say(CommandType.REJECT);
        assertThat(it.phase()).isEqualTo(Phase.CANCELLED);

        // when
        it.later(Duration.ofSeconds(1)).ask(CommandType.RETRY, "again", null, false);

        // then
        assertThat(rejection(it))
                .contains("prod depends on staging, and what was to pass after the deployment of that failed")
                .contains("start the file again, with both of them");
    }

    @Test
    void rejectsAnUndoAfterTheTrafficWasHandedBack() {
        // given
        var it = new Scenario()
                .start("r-1", plan(ending(target("prod", List.of(), weight(100)), OnPromoted.HANDBACK)))
                .applied()
                .applied()
                .say(CommandType.FINALIZE)
                .applied();
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);

        // when
        it.later(Duration.ofSeconds(1)).say(CommandType.UNDO);

        // then
        assertThat(rejection(it)).contains("runs 1.4.2 itself").contains("as a rollout");
    }

    @Test
    void rejectsAnUndoOfNothing() {
        assertThat(rejection(new Scenario().say(CommandType.UNDO))).contains("nothing to undo");
        assertThat(rejection(rolledBack(STEPS).say(CommandType.UNDO))).contains("no promotion is known");
    }
}
