package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.analysis;
import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.target;
import static dev.sluice.engine.core.Plans.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.message.WeightReport;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HoldsTest {
    @Test
    @DisplayName("Line 16: an inconclusive analysis doesn't lift an operator's pause, and each is resumed for itself")
    void keepsAnOperatorsPauseUnderAnInconclusiveOne() {
        // given
        var it = new Scenario()
                .start(plan(weight(10), analysis(1, 0, 0), weight(100)))
                .applied()
                .applied();
        it.say(CommandType.PAUSE);
        it.verdict(it.target("prod").judging().steps().getFirst().id(), 1, Outcome.INCONCLUSIVE);

        // when
        it.say(CommandType.RESUME);

        // then
        assertThat(it.phase()).isEqualTo(Phase.PAUSED);
        assertThat(it.status().reason()).contains("still paused by alice");
        it.say(CommandType.RESUME);
        assertThat(it.phase()).isEqualTo(Phase.PROGRESSING);
    }

    @Test
    @DisplayName("Line 30: an approval while it is paused says what still holds it")
    void saysWhatStillHoldsItAfterAnApproval() {
        // given
        var it = new Scenario()
                .start(plan(weight(10), approval(), weight(100)))
                .applied()
                .applied();
        it.say(CommandType.PAUSE);

        // when
        it.say(CommandType.APPROVE);

        // then
        assertThat(it.status().reason()).contains("approved").contains("still paused by alice");
    }

    @Test
    @DisplayName("Line 16: nothing holds a target that is over")
    void noHoldOutlivesItsTarget() {
        // given
        var it = new Scenario().start(plan(weight(10)));
        it.say(CommandType.PAUSE);

        // when
        it.report(WeightReport.Outcome.REFUSED, "not ours");

        // then
        assertThat(it.phase()).isEqualTo(Phase.CANCELLED);
        assertThat(it.target("prod").position().hold()).isNull();
        assertThat(it.status().waitingFor()).isNull();
    }

    @Test
    @DisplayName("Line 16: a dependant that never began gives back the routes that its start took")
    void aDependantThatNeverBeganGivesItsRoutesBack() {
        // given
        var it = new Scenario()
                .start(plan(
                        target("staging", List.of(), weight(100)), target("prod", List.of("staging"), weight(100))));

        // when
        it.say(CommandType.ABORT, "alice", List.of(), "staging", null, false).applied();

        // then
        assertThat(it.phase()).isEqualTo(Phase.CANCELLED);
        assertThat(it.state
                        .route("prod/shop/trafficsplits.split.smi-spec.io/checkout")
                        .application())
                .isNull();
    }

    @Test
    @DisplayName("Line 16: one whose routes rested with the application keeps them")
    void aDependantThatRestedBeforeRestsOn() {
        // given
        var both = plan(target("staging", List.of(), weight(100)), target("prod", List.of("staging"), weight(100)));
        var it = new Scenario().start(both);
        for (int i = 0; i < 6; i++) {
            it.applied();
        }
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);

        // when
        it.start(both)
                .say(CommandType.ABORT, "alice", List.of(), "staging", null, false)
                .applied();

        // then
        assertThat(it.phase()).isEqualTo(Phase.CANCELLED);
        assertThat(it.state
                        .route("prod/shop/trafficsplits.split.smi-spec.io/checkout")
                        .application())
                .isEqualTo("shop/checkout");
    }

    @Test
    @DisplayName("B50: delete goes by its target and its expectation")
    void deletesOnlyWhatItNames() {
        // given
        var it = new Scenario()
                .start("r-1", plan(weight(100)))
                .applied()
                .applied()
                .applied();

        // when / then
        it.say(CommandType.DELETE, "alice", List.of(), "prod", null, false);
        assertThat(it.hasDecided(Decision.Rejected.class)).isTrue();
        it.say(CommandType.DELETE, "alice", List.of(), null, new Command.Expect("r-9", null), false);
        assertThat(it.decided(Decision.Rejected.class).why().words())
                .contains("r-9")
                .contains("r-1");
        it.say(CommandType.DELETE, "alice", List.of(), null, new Command.Expect("r-1", null), false);
        assertThat(it.hasDecided(Decision.Deleted.class)).isTrue();
    }

    @Test
    @DisplayName("B50: a command that names an unknown target leaves no trace in the state")
    void unknownTargetsLeaveNoTrace() {
        // given
        var it = new Scenario().start(plan(weight(10), approval())).applied().applied();
        var before = it.state.versions();

        // when
        for (int i = 0; i < 100; i++) {
            it.say(CommandType.APPROVE, "alice", List.of(), "junk-" + i, null, false);
        }

        // then
        assertThat(it.state.versions()).isEqualTo(before);
    }
}
