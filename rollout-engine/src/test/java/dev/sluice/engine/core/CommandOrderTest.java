package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CommandOrderTest {
    private static final Duration MOMENT = Duration.ofMillis(300);

    @Test
    @DisplayName("B37: a start sent before an abort that was read already is rejected, naming the abort")
    void aStartReadAfterTheAbortThatFollowedItNeverRaises() {
        // given
        var it = new Scenario();
        it.sentAt = it.now.plus(MOMENT);
        it.say(CommandType.ABORT);

        // when
        it.sentAt = it.now;
        it.start("r-1", plan(weight(25)));

        // then
        assertThat(it.orders).isEmpty();
        assertThat(it.decided(Decision.Rejected.class).why().words())
                .contains("abort-1")
                .contains("alice");
    }

    @Test
    @DisplayName("B37: a start sent after the abort is carried out, and one of the same instant is not")
    void aStartSentAfterTheAbortIsCarriedOut() {
        // given
        var it = new Scenario().say(CommandType.ABORT);

        // when / then
        assertThat(it.start("r-1", plan(weight(25))).hasDecided(Decision.Rejected.class))
                .isTrue();
        it.sentAt = it.now.plusMillis(1);
        assertThat(it.start("r-2", plan(weight(25))).hasDecided(Decision.Started.class))
                .isTrue();
    }

    @Test
    @DisplayName("B37: an abort that had something to abort is remembered as well, and outlives a delete")
    void anAbortIsRememberedWhateverItDid() {
        // given
        var it = new Scenario().start("r-1", plan(weight(25))).applied().applied();
        it.sentAt = it.now.plus(MOMENT);
        it.say(CommandType.ABORT).applied().say(CommandType.DELETE);

        // when
        it.sentAt = it.now;
        it.start("r-2", plan(weight(25)));

        // then
        assertThat(it.hasDecided(Decision.Rejected.class)).isTrue();
    }

    @Test
    @DisplayName("B37: an abort that names its rollout stops that one whatever the times say, and no other")
    void anAbortOfOneRolloutIsOfThatOne() {
        // given
        var it = new Scenario();
        it.sentAt = it.now.plus(MOMENT);
        it.say(CommandType.ABORT, "alice", List.of(), null, new Command.Expect("r-1", null), false);

        // when / then
        it.sentAt = it.now.plus(Duration.ofHours(1));
        assertThat(it.start("r-1", plan(weight(25))).hasDecided(Decision.Rejected.class))
                .isTrue();
        it.sentAt = it.now;
        assertThat(it.start("r-2", plan(weight(25))).hasDecided(Decision.Started.class))
                .isTrue();
    }

    @Test
    @DisplayName("B37: an abort of a target that the start doesn't have doesn't stop it")
    void anAbortOfAnotherTargetIsNoAbortOfThis() {
        // given
        var it = new Scenario();
        it.sentAt = it.now.plus(MOMENT);
        it.say(CommandType.ABORT, "alice", List.of(), "staging", null, false);

        // when
        it.sentAt = it.now;
        it.start("r-1", plan(weight(25)));

        // then
        assertThat(it.hasDecided(Decision.Started.class)).isTrue();
    }

    @Test
    @DisplayName("B37: the abort of one target isn't forgotten over those of others, however many they are")
    void noAbortPushesAnotherOut() {
        // given
        var it = new Scenario();
        it.sentAt = it.now.plus(MOMENT);
        it.say(CommandType.ABORT, "alice", List.of(), "prod", null, false);
        for (int i = 0; i < 100; i++) {
            it.say(CommandType.ABORT, "alice", List.of(), "target-" + i, null, false);
        }

        // when
        it.sentAt = it.now;
        it.start("r-1", plan(weight(25)));

        // then
        assertThat(it.hasDecided(Decision.Rejected.class)).isTrue();
        assertThat(it.state.aborts().ofTargets()).hasSizeLessThan(100);
    }

    @Test
    @DisplayName("B37: however many aborts are sent, what is remembered of them stays small")
    void remembersABoundedNumberOfAborts() {
        // given
        var it = new Scenario();

        // when
        for (int i = 0; i < 1000; i++) {
            it.say(CommandType.ABORT, "alice", List.of(), "target-" + i, new Command.Expect("r-" + i, null), false);
        }

        // then
        assertThat(it.state.aborts().ofRollouts()).hasSizeLessThan(100);
        assertThat(it.state.aborts().ofTargets()).hasSizeLessThan(100);
        assertThat(it.state.versions()).isEmpty();
    }

    @Test
    @DisplayName("B38: an approval sent in time counts, though it is read after the expiry")
    void anApprovalInTimeCountsHoweverLateItIsRead() {
        // given
        var it = new Scenario()
                .start(plan(weight(10), approval(), weight(100)))
                .applied()
                .applied();
        var sent = it.now.plus(Duration.ofMinutes(119));

        // when
        it.now = it.now.plus(Duration.ofHours(3));
        it.sentAt = sent;
        it.say(CommandType.APPROVE);

        // then
        assertThat(it.hasDecided(Decision.Approved.class)).isTrue();
        assertThat(it.phase()).isEqualTo(Phase.PROGRESSING);
    }

    @Test
    @DisplayName("B38: an approval sent too late is rejected, though the expiry wasn't acted on yet")
    void anApprovalSentTooLateIsRejected() {
        // given
        var it = new Scenario()
                .start(plan(weight(10), approval(), weight(100)))
                .applied()
                .applied();

        // when
        it.now = it.now.plus(Duration.ofHours(2));
        it.say(CommandType.APPROVE);

        // then
        assertThat(it.decided(Decision.Rejected.class).why().words()).contains("was open until");
    }

    @Test
    @DisplayName("B38: one in time that is read after the way back began says why it is lost")
    void saysWhyAnApprovalInTimeWasLost() {
        // given
        var it = new Scenario()
                .start(plan(weight(10), approval(), weight(100)))
                .applied()
                .applied();
        var sent = it.now.plus(Duration.ofMinutes(119));
        it.later(Duration.ofHours(2));
        assertThat(it.target("prod").position().cause().code()).isEqualTo(ReasonCode.APPROVAL_EXPIRED);

        // when
        it.sentAt = sent;
        it.say(CommandType.APPROVE);

        // then
        assertThat(it.decided(Decision.Rejected.class).why().words())
                .contains(sent.toString())
                .contains("start the revision again");
    }
}
