package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.analysis;
import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.around;
import static dev.sluice.engine.core.Plans.ending;
import static dev.sluice.engine.core.Plans.pause;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.rollbackGroup;
import static dev.sluice.engine.core.Plans.target;
import static dev.sluice.engine.core.Plans.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.OnPromoted;
import dev.sluice.schemas.rollout.Step;
import dev.sluice.schemas.rollout.TargetPlan;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code beforeDeployment} and {@code afterDeployment}. */
class AroundTest {
    private static final TargetPlan PROD = target("prod", List.of(), weight(100));
    private static final List<Step> CHECKED = List.of(new Step.Together(
            List.of(new Step.Approval(List.of(), Duration.ofHours(2)), (Step.Condition) pause(Duration.ofMinutes(5)))));

    private static Scenario before() {
        return new Scenario().start("r", plan(around(PROD, CHECKED, List.of())));
    }

    /** All traffic is where it ends. */
    private static Scenario after(OnPromoted how, Step... conditions) {
        var prod = around(ending(PROD, how), List.of(), List.of(conditions));
        var it = new Scenario().start("r", plan(prod, target("next", List.of("prod"), weight(100))));
        it.applied().applied();
        if (how == OnPromoted.HANDBACK) {
            it.say(CommandType.FINALIZE);
        }
        it.applied();
        return how == OnPromoted.SELECTOR ? it.applied() : it;
    }

    @Test
    @DisplayName("B21: nothing is ordered before all of beforeDeployment has passed, whatever comes first")
    void waitsForAllOfThemBeforeItBegins() {
        // given
        var it = before();
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);

        // when
        it.say(CommandType.APPROVE);

        // then
        assertThat(it.phase()).isEqualTo(Phase.PAUSED);
        assertThat(it.orders).isEmpty();
        it.later(Duration.ofMinutes(5));
        assertThat(it.lastOrder().begin()).isTrue();
    }

    @Test
    @DisplayName("what is asked before the deployment may name the backends, in the roles that they will have")
    void queriesBeforeItNameItsBackends() {
        // given
        var it = new Scenario()
                .start("r-1", plan(PROD))
                .applied()
                .applied()
                .applied()
                .later(Duration.ofSeconds(1));

        // when
        it.start("r-2", plan(around(PROD, List.of(analysis(1, 0, 0)), List.of())));

        // then
        assertThat(it.target("prod").traffic().routes()).isEmpty();
        assertThat(it.messages(Topic.ANALYSES, AnalysisSet.class).getLast().variables())
                .containsEntry("service", "checkout")
                .containsEntry("stableService", "checkout-canary")
                .containsEntry("mesh", "smi");
    }

    @Test
    @DisplayName("B21: they are opened only once what the target depends on is promoted")
    void waitsForItsDependenciesFirst() {
        // given
        var next = around(target("next", List.of("prod"), weight(100)), List.of(approval()), List.of());
        var it = new Scenario().start("r", plan(PROD, next));
        assertThat(it.target("next").position().phase()).isEqualTo(Phase.PENDING);

        // when
        it.applied().applied().applied();

        // then
        assertThat(it.target("next").position().phase()).isEqualTo(Phase.AWAITING_APPROVAL);
    }

    @Test
    @DisplayName("B22: an approval that expires before anything was moved cancels the target, and gives its route back")
    void cancelsWhenItExpires() {
        // given
        var it = before();

        // when
        it.later(Duration.ofHours(2));

        // then
        assertThat(it.phase()).isEqualTo(Phase.CANCELLED);
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.APPROVAL_EXPIRED);
        assertThat(it.orders).isEmpty();
        assertThat(it.state.routes().values()).allMatch(row -> row.application() == null);
    }

    @Test
    void cancelsWhenItIsAborted() {
        // when
        var it = before().say(CommandType.ABORT);

        // then
        assertThat(it.phase()).isEqualTo(Phase.CANCELLED);
        assertThat(it.orders).isEmpty();
    }

    @Test
    @DisplayName("B12: an analysis that fails before the deployment cancels it, and is closed")
    void cancelsWhenItsAnalysisFails() {
        // given
        var it = new Scenario().start("r", plan(around(PROD, List.of(analysis(2, 0, 0)), List.of())));
        assertThat(it.phase()).isEqualTo(Phase.ANALYZING);

        // when
        it.verdict("r/prod/before/1", 1, Outcome.FAIL);

        // then
        assertThat(it.phase()).isEqualTo(Phase.CANCELLED);
        assertThat(it.target("prod").judging().open()).isEmpty();
    }

    @Test
    void isPausedAndResumedBeforeItBegins() {
        // given
        var it = before().say(CommandType.PAUSE);
        assertThat(it.phase()).isEqualTo(Phase.PAUSED);

        // when
        it.later(Duration.ofMinutes(5)).say(CommandType.APPROVE);
        assertThat(it.orders).isEmpty();
        it.say(CommandType.RESUME);

        // then
        assertThat(it.lastOrder().begin()).isTrue();
    }

    @Test
    @DisplayName("B21: those that depend on a target wait until afterDeployment has passed as well")
    void letsOthersStartAfterwards() {
        // given
        var it = after(OnPromoted.SWAP, analysis(1, 0, 0));
        assertThat(it.phase()).isEqualTo(Phase.FINALIZING);
        assertThat(it.target("next").position().phase()).isEqualTo(Phase.PENDING);

        // when
        it.verdict("r/prod/after/1", 1, Outcome.PASS);

        // then
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);
        assertThat(it.target("next").position().phase()).isEqualTo(Phase.PROGRESSING);
    }

    @Test
    @DisplayName("B21: afterDeployment that fails leaves the target as it is, and cancels those that depend on it")
    void blocksOthersWhenItFails() {
        // given
        var it = after(OnPromoted.SWAP, analysis(1, 0, 0));
        var last = it.lastOrder();

        // when
        it.verdict("r/prod/after/1", 1, Outcome.FAIL);

        // then
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.AFTER_DEPLOYMENT_FAILED);
        assertThat(it.messages(Topic.AUDIT, Audit.class))
                .filteredOn(entry -> entry.decision().equals("Promoted"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.after()).containsEntry("blocks", true));
        assertThat(it.lastOrder()).isEqualTo(last);
        assertThat(it.state.route(last.route()).active()).isEqualTo("checkout-canary");
        assertThat(it.target("next").position().phase()).isEqualTo(Phase.CANCELLED);
        assertThat(it.target("next").position().why().words()).contains("prod").contains("afterwards failed");
    }

    @Test
    @DisplayName("B01: an abort before the swap is recorded brings everything back, as at any other time")
    void rollsBackBeforeTheSwapIsRecorded() {
        // given
        var it = after(OnPromoted.SWAP, approval());

        // when
        it.say(CommandType.ABORT);

        // then
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        assertThat(it.lastOrder().active()).isEqualTo("checkout");
        it.applied();
        assertThat(it.phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(it.state.route(it.lastOrder().route()).active()).isEqualTo("checkout");
    }

    @Test
    @DisplayName(
            "B41: where the traffic was handed back already, an abort moves nothing and blocks those that depend on it")
    void movesNothingAfterAHandback() {
        for (var how : List.of(OnPromoted.HANDBACK, OnPromoted.SELECTOR)) {
            // given
            var it = after(how, approval());
            assertThat(it.phase()).isEqualTo(Phase.FINALIZING);
            var last = it.lastOrder();

            // when
            it.say(CommandType.ABORT);

            // then
            assertThat(it.phase()).isEqualTo(Phase.PROMOTED);
            assertThat(it.lastOrder()).isEqualTo(last);
            assertThat(it.target("next").position().phase()).isEqualTo(Phase.CANCELLED);
        }
    }

    @Test
    @DisplayName("B21: in a rollback group what fails after the deployment goes back with all the others")
    void goesBackInAGroup() {
        // given
        var it = new Scenario()
                .start(
                        "r",
                        rollbackGroup(
                                around(PROD, List.of(), List.of(analysis(1, 0, 0))),
                                target("other", List.of(), weight(100))));
        it.applied().applied().applied();
        assertThat(it.target("other").position().isPromoted()).isTrue();

        // when
        it.verdict("r/prod/after/1", 1, Outcome.FAIL);

        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
        assertThat(it.target("other").position().phase()).isEqualTo(Phase.ROLLING_BACK);
    }
}
