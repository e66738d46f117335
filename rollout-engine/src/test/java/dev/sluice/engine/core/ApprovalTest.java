package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.analysis;
import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.pause;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.together;
import static dev.sluice.engine.core.Plans.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.Status.Approvals;
import dev.sluice.schemas.rollout.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ApprovalTest {
    private static Scenario waiting(Step step) {
        return new Scenario()
                .start("r", plan(weight(10), step, weight(100)))
                .applied()
                .applied();
    }

    private static Scenario say(Scenario it, CommandType type, String actor, String... roles) {
        return it.say(type, actor, List.of(roles), null, null, false);
    }

    @Test
    @DisplayName("B22: minApprovals are different people; status tells how many have approved")
    void waitsForSeveralPeople() {
        // given
        var it = waiting(approval(2, false, "sre"));
        assertThat(it.status().waitingFor().approvals()).isEqualTo(new Approvals(List.of(), 2, null));
        assertThat(it.status().reason())
                .isEqualTo("waits for 2 approvals by different people, each of one of the roles [sre]");

        // when
        say(it, CommandType.APPROVE, "alice", "sre");

        // then
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);
        assertThat(it.status().reason()).isEqualTo("approved (1 of 2) by alice");
        assertThat(it.status().waitingFor().approvals()).isEqualTo(new Approvals(List.of("alice"), 2, null));

        // when
        say(it, CommandType.APPROVE, "alice", "sre");

        // then
        assertThat(it.refusal()).startsWith("alice has approved already, 1 of 2");
        say(it, CommandType.APPROVE, "bob", "dev");
        assertThat(it.refusal()).startsWith("approve needs one of the roles [sre]; bob has [dev]");
        say(it, CommandType.APPROVE, "carol", "sre");
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
    }

    @Test
    void whoStartedItDoesNotCountWhereTheFileSaysSo() {
        // given
        var it = waiting(approval(1, true));
        assertThat(it.status().waitingFor().approvals()).isEqualTo(new Approvals(List.of(), 1, "ci"));

        // when
        say(it, CommandType.APPROVE, "ci");

        // then
        assertThat(it.refusal()).startsWith("approve needs somebody else than ci, who started this rollout");
        say(it, CommandType.APPROVE, "alice");
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
    }

    @Test
    @DisplayName("B22: too few approvals in time are none")
    void tooFewInTimeRollBack() {
        // given
        var it = waiting(approval(2, false));
        say(it, CommandType.APPROVE, "alice");

        // when
        it.later(Duration.ofHours(2));

        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.APPROVAL_EXPIRED);
        assertThat(it.status().reason()).startsWith("only 1 of 2 approved until 2026-11-20T14:00:00Z");
    }

    @Test
    void approvesOnlyThoseWhoseRolesItHas() {
        // given
        var it = waiting(together(approval(1, false, "sre"), approval(1, false, "dba"), pause(Duration.ofMinutes(1))));

        // when
        say(it, CommandType.APPROVE, "dan", "dba");

        // then
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);
        assertThat(it.status().waitingFor().roles()).containsExactly("sre");
        say(it, CommandType.APPROVE, "dan", "dba");
        assertThat(it.refusal()).startsWith("approve needs one of the roles [sre]; dan has [dba]");
        say(it, CommandType.APPROVE, "alice", "sre");
        assertThat(it.phase()).isEqualTo(Phase.PAUSED);
        it.later(Duration.ofMinutes(1));
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
    }

    @Test
    @DisplayName("B22: one person may answer several approvals, each once")
    void answersAllItMay() {
        // given
        var it = waiting(together(approval(1, false, "sre"), approval(2, false)));

        // when
        say(it, CommandType.APPROVE, "alice", "sre");

        // then
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);
        say(it, CommandType.APPROVE, "bob");
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
    }

    @Test
    void anyRejectRollsBack() {
        // given
        var it = waiting(approval(2, true, "sre"));
        say(it, CommandType.APPROVE, "alice", "sre");

        // when
        say(it, CommandType.REJECT, "bob", "dev");

        // then
        assertThat(it.refusal()).startsWith("reject needs one of the roles [sre]; bob has [dev]");
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);

        // when
        say(it, CommandType.REJECT, "ci", "sre");

        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.REJECTED);
        it.applied();
        assertThat(it.status().reason()).isEqualTo("rejected by ci");
    }

    @Test
    @DisplayName("B32: a reject by force takes traffic to a backend that is not ready")
    void rejectsByForce() {
        // when
        var it = waiting(approval()).say(CommandType.REJECT, "alice", List.of(), null, null, true);

        // then
        assertThat(it.lastOrder().force()).isTrue();
    }

    @Test
    @DisplayName("B05: a late reject says what the rollout does now")
    void rejectsAReject() {
        // given
        var it = waiting(analysis(2, 0, 0));

        // when
        it.say(CommandType.REJECT);

        // then
        assertThat(it.refusal())
                .contains("target prod is Analyzing at step 2 of 3")
                .contains("'abort'");
        it.say(CommandType.REJECT, "alice", List.of(), null, new Command.Expect("r", 1), false);
        assertThat(it.refusal()).startsWith("expected step 1");
    }

    @Test
    @DisplayName("B38: an approval counts as of when it was sent")
    void oneOfSeveralSentInTimeIsCounted() {
        // given
        var it = waiting(approval(2, false));
        it.now = it.now.plus(Duration.ofHours(3));
        it.sentAt = Scenario.START.plus(Duration.ofHours(1));

        // when
        it.say(CommandType.APPROVE);

        // then
        assertThat(it.hasDecided(Decision.Approved.class)).isTrue();
        it.sentAt = it.now;
        say(it, CommandType.APPROVE, "bob");
        assertThat(it.refusal()).startsWith("the approval was open until");
    }
}
