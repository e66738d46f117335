package dev.sluice.triggers.core;

import static dev.sluice.schemas.message.Phase.ANALYZING;
import static dev.sluice.schemas.message.Phase.FAILED;
import static dev.sluice.schemas.message.Phase.PROGRESSING;
import static dev.sluice.schemas.message.Phase.PROMOTED;
import static dev.sluice.schemas.message.Phase.ROLLED_BACK;
import static dev.sluice.schemas.message.Phase.ROLLING_BACK;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.message.Phase;
import dev.sluice.triggers.core.Answer.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TurnTest {
    private final Shop shop = new Shop();

    private static void steps(ObjectNode spec, int weight) {
        ((ObjectNode) spec.at("/strategies/careful/canary/steps/0/setWeight")).put("weight", weight);
    }

    /** It was started, and came to this. */
    private void came(Phase phase) {
        shop.look();
        shop.runs(phase);
        shop.look();
    }

    @Test
    void aNewResourceStarts() {
        // when
        shop.look();

        // then
        var start = shop.last();
        assertThat(start.type().word()).isEqualTo("start");
        assertThat(start.application()).isEqualTo("shop/checkout");
        assertThat(start.revision()).isEqualTo("1.4.2");
        assertThat(start.automated()).isTrue();
        assertThat(start.actor()).isEqualTo("GitOps: SluiceRollout shop/checkout");
        assertThat(start.rollout().has("revision")).isFalse();
        assertThat(start.rollout()
                        .at("/rolloutConfig/ifRolloutInProgress/strategy")
                        .asText())
                .isEqualTo("supersede");
        assertThat(shop.is("Reconciling")).isTrue();
    }

    @Test
    void theActorOfAResourceWithALongNameIsOneThatACommandMayHave() {
        // given
        var subject = new Subject("u1", "n".repeat(63), "c".repeat(253), 1, false, null, Wish.of(shop.spec));

        // when
        var turn = Turn.of(subject, Memory.NOTHING, new Seen(List.of(), Map.of(), Map.of()), null);

        // then
        assertThat(turn.commands())
                .singleElement()
                .satisfies(start -> assertThat(start.actor())
                        .startsWith("GitOps: SluiceRollout nnn")
                        .hasSize(256));
    }

    @Test
    void b04WhatIsLookedAtAgainHasNoSecondEffect() {
        // given
        var memory = Memory.NOTHING;
        var subject = new Subject("u1", "shop", "checkout", 1, false, null, Wish.of(shop.spec));
        var nothing = new Seen(List.of(), Map.of(), Map.of());

        // when: the process died before it had written down what it sent
        var first = Turn.of(subject, memory, nothing, null);
        var second = Turn.of(subject, memory, nothing, null);
        // and what is written down asks for nothing more
        var third = Turn.of(subject, first.memory(), nothing, null);

        // then
        assertThat(second.commands()).isEqualTo(first.commands()).hasSize(1);
        assertThat(third.commands()).isEmpty();
        assertThat(third.awaited()).isEqualTo(first.commands().getFirst());
    }

    @Test
    void nothingIsStartedWhereOnlyMetadataChanged() {
        // given
        came(PROMOTED);

        // when
        shop.annotations.put("argocd.argoproj.io/tracking-id", "shop:x");
        shop.look();

        // then
        assertThat(shop.sent).hasSize(1);
        assertThat(shop.is("Promoted")).isTrue();
        assertThat(shop.is("Ready")).isTrue();
        assertThat(shop.is("Reconciling")).isFalse();
    }

    @Test
    void anotherRevisionStartsAtTheEndAndOnTheWay() {
        // given
        came(ANALYZING);

        // when
        shop.edit(spec -> spec.put("revision", "1.4.3"));
        shop.look();
        var onTheWay = shop.last();
        shop.runs(ROLLED_BACK);
        shop.look();
        shop.edit(spec -> spec.put("revision", "1.4.4"));
        shop.look();

        // then
        assertThat(onTheWay.revision()).isEqualTo("1.4.3");
        assertThat(shop.last().revision()).isEqualTo("1.4.4");
        assertThat(shop.types()).containsExactly("start", "start", "start");
        assertThat(shop.sent).extracting(command -> command.id()).doesNotHaveDuplicates();
    }

    @Test
    void goingBackToAnEarlierSpecIsAnotherStart() {
        // given
        came(PROMOTED);
        shop.edit(spec -> spec.put("revision", "1.4.3"));
        shop.look();
        shop.runs(PROMOTED);
        shop.look();

        // when
        shop.edit(spec -> spec.put("revision", "1.4.2"));
        shop.look();

        // then
        assertThat(shop.sent).extracting(command -> command.id()).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void otherStepsOfARolloutThatRunsAreAnUpdate() {
        // given
        came(ANALYZING);
        var rollout = shop.last().id();

        // when
        shop.edit(spec -> steps(spec, 10));
        shop.look();
        shop.look();

        // then
        assertThat(shop.types()).containsExactly("start", "update");
        assertThat(shop.last().expect().rollout()).isEqualTo(rollout);

        // and when
        shop.answers(Kind.TAKEN, "updated");
        shop.look();
        shop.runs(PROMOTED);
        shop.look();

        // then
        assertThat(shop.sent).hasSize(2);
        assertThat(shop.is("Promoted")).isTrue();
    }

    @Test
    void anUpdateThatIsRefusedIsStalledAndStartedAtTheEndIfItWentBack() {
        // given
        came(ANALYZING);
        shop.edit(spec -> steps(spec, 10));
        shop.look();

        // when
        shop.answers(Kind.REFUSED, "step 1 has begun");
        shop.look();

        // then
        assertThat(shop.is("Stalled")).isTrue();
        assertThat(shop.standing().message()).contains("step 1 has begun");

        // and when
        shop.runs(ROLLED_BACK);
        shop.look();

        // then
        assertThat(shop.types()).containsExactly("start", "update", "start");
        assertThat(shop.is("Stalled")).isFalse();
    }

    @Test
    void otherStepsOfWhatIsPromotedWaitForTheNextRelease() {
        // given
        came(PROMOTED);

        // when
        shop.edit(spec -> steps(spec, 10));
        shop.look();

        // then
        assertThat(shop.sent).hasSize(1);
        assertThat(shop.is("Promoted")).isTrue();
        assertThat(shop.standing().message()).contains("counts from the next release on");
        assertThat(shop.standing().observedGeneration()).isEqualTo(2);
    }

    @Test
    void otherStepsOfWhatWentBackStartAgain() {
        // given
        came(ROLLED_BACK);
        assertThat(shop.is("Stalled")).isTrue();

        // when
        shop.edit(spec -> steps(spec, 10));
        shop.look();

        // then
        assertThat(shop.types()).containsExactly("start", "start");
        assertThat(shop.is("Stalled")).isFalse();
        assertThat(shop.is("Reconciling")).isTrue();
    }

    @Test
    void whatIsRefusedIsStalledWithTheWordsAndAskedAgainOnceCorrected() {
        // given
        shop.look();

        // when
        shop.answers(Kind.REFUSED, "there is no strategy `carefull`");
        shop.look();
        shop.look();

        // then
        assertThat(shop.is("Stalled")).isTrue();
        assertThat(shop.is("Reconciling")).isFalse();
        assertThat(shop.standing().message()).contains("carefull");
        assertThat(shop.sent).hasSize(1);

        // and when
        shop.edit(spec -> steps(spec, 6));
        shop.look();

        // then
        assertThat(shop.types()).containsExactly("start", "start");
    }

    @Test
    void b47AHeldRevisionStartsOnceSomebodySaysRelease() {
        // given
        shop.look();
        shop.answers(Kind.REFUSED, "revision 1.4.2 is held: automation may start it again only after 'release'");
        shop.look();
        assertThat(shop.standing().message()).contains("sluice release shop/checkout");

        // when
        shop.release("1.4.2");
        shop.look();

        // then
        assertThat(shop.types()).containsExactly("start", "start");
        assertThat(shop.sent).extracting(command -> command.id()).doesNotHaveDuplicates();
    }

    @Test
    void whatWasRefusedAndAPersonStartedIsTheResourcesOwn() {
        // given
        shop.look();
        shop.answers(Kind.REFUSED, "revision 1.4.2 is held: automation may start it again only after 'release'");
        shop.look();

        // when
        shop.release("1.4.2");
        shop.says("byhand", "1.4.2", "prod", PROMOTED, json -> {});
        shop.look();

        // then
        assertThat(shop.sent).hasSize(1);
        assertThat(shop.standing().rollout()).isEqualTo("byhand");
        assertThat(shop.is("Promoted")).isTrue();
    }

    @Test
    void b03WhereConcurrencyIsRejectItWaitsForTheEnd() {
        // given
        shop.spec.put("concurrency", "reject");
        shop.says("byhand", "1.4.0", "prod", PROGRESSING, json -> {});

        // when
        shop.look();

        // then
        assertThat(shop.sent).isEmpty();
        assertThat(shop.is("Reconciling")).isTrue();
        assertThat(shop.standing().message()).contains("byhand");

        // and when
        shop.says("byhand", "1.4.0", "prod", PROMOTED, json -> {});
        shop.look();

        // then
        assertThat(shop.types()).containsExactly("start");
    }

    /** Commits of 1.4.3, and of 1.4.2 again while that runs; the id of the rollout of 1.4.3. */
    private String reverted() {
        came(PROMOTED);
        shop.edit(spec -> spec.put("revision", "1.4.3"));
        came(ANALYZING);
        var rollout = shop.last().id();
        shop.edit(spec -> spec.put("revision", "1.4.2"));
        shop.look();
        return rollout;
    }

    private void goes(String rollout, Phase phase) {
        shop.says(rollout, "1.4.3", "prod", phase, json -> json.put("stableRevision", "1.4.2"));
        shop.look();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"BACK", "NEEDLESS"})
    void b03WhatIsRevertedOnTheWayIsThereOnceTheRolloutIsBack(Kind answer) {
        // given
        var rollout = reverted();

        // when
        shop.answers(answer, "aborted, for 1.4.2 is the revision that is stable", rollout);
        goes(rollout, ROLLING_BACK);
        var isReadyOnTheWay = shop.is("Ready");
        var isReconciling = shop.is("Reconciling");
        goes(rollout, ROLLED_BACK);

        // then
        assertThat(isReadyOnTheWay).isFalse();
        assertThat(isReconciling).isTrue();
        assertThat(shop.is("Ready")).isTrue();
        assertThat(shop.is("Stalled")).isFalse();
        assertThat(shop.standing().revision()).isEqualTo("1.4.2");
        assertThat(shop.standing().message()).contains("1.4.2 is stable").contains(rollout);
        assertThat(shop.types()).containsExactly("start", "start", "start");

        // and when: what went back is tried again, which is nothing that the resource asks for
        shop.says("again", "1.4.3", "prod", PROMOTED, json -> json.put("retryOf", rollout));
        shop.look();

        // then
        assertThat(shop.standing().rollout()).isEqualTo(rollout);
        assertThat(shop.standing().message()).contains("again");
        assertThat(shop.sent).hasSize(3);
    }

    @Test
    void b03WhatCanNotGoBackIsStalled() {
        // given
        var rollout = reverted();
        shop.answers(Kind.BACK, "aborted, for 1.4.2 is the revision that is stable", rollout);
        goes(rollout, ROLLING_BACK);

        // when
        goes(rollout, FAILED);

        // then
        assertThat(shop.is("Ready")).isFalse();
        assertThat(shop.is("Stalled")).isTrue();
        assertThat(shop.standing().message()).contains("not back on 1.4.2");
    }

    @Test
    void whatGoesBackIsNotUpdated() {
        // given
        var rollout = reverted();
        shop.answers(Kind.BACK, "aborted, for 1.4.2 is the revision that is stable", rollout);
        goes(rollout, ROLLING_BACK);

        // when
        shop.edit(spec -> steps(spec, 10));
        shop.look();

        // then
        assertThat(shop.types()).containsExactly("start", "start", "start");
    }

    @Test
    void whatWaitsForARolloutThatGoesBackIsNotTakenForIt() {
        // given: what runs is superseded, and that was read before what says that the start waits
        var rollout = reverted();
        var start = shop.last().id();

        // when
        shop.answers(Kind.BACK, "superseded", rollout);
        shop.says(
                rollout,
                "1.4.3",
                "prod",
                ROLLING_BACK,
                json -> json.put("stableRevision", "1.4.2").put("queued", start));
        shop.look();
        shop.runs(PROMOTED);
        shop.look();

        // then
        assertThat(shop.standing().rollout()).isEqualTo(start);
        assertThat(shop.is("Promoted")).isTrue();
    }

    @Test
    void whatWaitedAndNeverStartsIsStalled() {
        // given
        shop.look();

        // when
        shop.answers(Kind.DROPPED, "rollout x, which waited, never starts: aborted by jo");
        shop.look();

        // then
        assertThat(shop.is("Stalled")).isTrue();
        assertThat(shop.standing().message()).contains("never starts: aborted by jo");
        assertThat(shop.sent).hasSize(1);
    }

    @Test
    void readyWhenStartedIsReadyOnTheWayAndNotOnceItWentBack() {
        // given
        shop.spec.put("readyWhen", "started");

        // when
        shop.look();
        var asked = shop.is("Ready");
        came(ANALYZING);
        var running = shop.is("Ready");
        shop.runs(ROLLED_BACK);
        shop.look();

        // then
        assertThat(asked).isFalse();
        assertThat(running).isTrue();
        assertThat(shop.is("Ready")).isFalse();
        assertThat(shop.is("Stalled")).isTrue();
    }

    @Test
    void whatOthersStartAfterwardsIsLeftAlone() {
        // given
        came(PROMOTED);

        // when
        shop.says("hotfix", "1.4.2-1", "prod", ANALYZING, json -> {});
        shop.look();
        shop.says("hotfix", "1.4.2-1", "prod", PROMOTED, json -> {});
        shop.look();

        // then
        assertThat(shop.sent).hasSize(1);
        assertThat(shop.standing().phase()).isEqualTo(PROMOTED);
        assertThat(shop.standing().message()).contains("hotfix");
    }

    @Test
    void aRetryIsFollowedAndAnUndoTakesThePromotionBack() {
        // given
        came(ROLLED_BACK);
        var first = shop.last().id();

        // when
        shop.says("again", "1.4.2", "prod", PROMOTED, json -> json.put("retryOf", first));
        shop.look();

        // then
        assertThat(shop.is("Promoted")).isTrue();
        assertThat(shop.standing().rollout()).isEqualTo("again");

        // and when
        shop.says("undo", "1.4.1", "prod", PROMOTED, json -> json.put("undoOf", "again"));
        shop.look();

        // then
        assertThat(shop.is("Promoted")).isFalse();
        assertThat(shop.standing().phase()).isEqualTo(ROLLED_BACK);
        assertThat(shop.sent).hasSize(1);
    }

    @Test
    void twoTargetsAreOverWhenBothAre() {
        // given
        shop.spec.withObject("/targets").withObject("/staging").put("cluster", "staging");
        came(PROMOTED);
        var isPromotedByOne = shop.is("Promoted");

        // when
        shop.says(shop.last().id(), "1.4.2", "staging", PROMOTED, json -> {});
        shop.look();

        // then
        assertThat(isPromotedByOne).isFalse();
        assertThat(shop.is("Promoted")).isTrue();
        assertThat(shop.standing().targets()).extracting(Standing.Target::name).containsExactly("prod", "staging");
    }

    @Test
    void anOrderByAnnotationIsCarriedOutOncePerNonce() {
        // given
        came(ANALYZING);
        shop.annotations.put("sluice.dev/command", "abort");
        shop.annotations.put("sluice.dev/nonce", "1");

        // when
        shop.look();
        shop.look();
        var first = shop.last();
        shop.annotations.put("sluice.dev/nonce", "2");
        shop.look();

        // then
        assertThat(shop.types()).containsExactly("start", "abort", "abort");
        assertThat(first.automated()).isFalse();
        assertThat(first.reason()).contains("who set it is not known");
        assertThat(first.expect().rollout()).isEqualTo(shop.sent.getFirst().id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"abort", "pause", "resume", "promote", "skip", "retry", "undo", "finalize"})
    void anOrderOfAResourceWithoutARolloutIsRefusedHere(String word) {
        // given: somebody else's runs, and the resource waits for its end
        shop.spec.put("concurrency", "reject");
        shop.says("byhand", "1.4.0", "prod", PROGRESSING, json -> {});
        shop.annotations.put("sluice.dev/command", word);
        shop.annotations.put("sluice.dev/nonce", "1");

        // when
        shop.look();
        shop.look();

        // then
        assertThat(shop.sent).isEmpty();
        assertThat(shop.standing().lastCommand()).contains(word + ": refused").contains("its own rollout");
    }

    @ParameterizedTest
    @ValueSource(strings = {"retry", "undo"})
    void whatIsTriedAgainOrUndoneIsTheResourcesOwnRollout(String word) {
        // given
        came(PROMOTED);
        shop.says("hotfix", "1.4.2-1", "prod", PROMOTED, json -> {});
        shop.annotations.put("sluice.dev/command", word);
        shop.annotations.put("sluice.dev/nonce", "1");

        // when
        shop.look();

        // then
        assertThat(shop.types()).containsExactly("start", word);
        assertThat(shop.last().expect().rollout())
                .isEqualTo(shop.sent.getFirst().id());
    }

    @Test
    void anOrderThatNeedsARoleIsRefusedHere() {
        // given
        came(ANALYZING);
        shop.annotations.put("sluice.dev/command", "approve");
        shop.annotations.put("sluice.dev/nonce", "1");

        // when
        shop.look();

        // then
        assertThat(shop.sent).hasSize(1);
        assertThat(shop.standing().lastCommand()).contains("approve: refused").contains("abort");
    }

    @Test
    void startByAnnotationStartsTheSameOnceMore() {
        // given
        came(ROLLED_BACK);
        shop.annotations.put("sluice.dev/command", "start");
        shop.annotations.put("sluice.dev/nonce", "1");

        // when
        shop.look();
        shop.look();

        // then
        assertThat(shop.types()).containsExactly("start", "start");
        assertThat(shop.is("Reconciling")).isTrue();
    }

    @Test
    void deletingBringsBackWhatRunsAndThenLetsGo() {
        // given
        came(ANALYZING);
        shop.delete();

        // when
        var first = shop.look();
        shop.runs(ROLLING_BACK);
        var second = shop.look();
        shop.runs(ROLLED_BACK);
        var third = shop.look();

        // then
        assertThat(shop.types()).containsExactly("start", "abort");
        assertThat(shop.last().expect().rollout())
                .isEqualTo(shop.sent.getFirst().id());
        assertThat(first.letsGo()).isFalse();
        assertThat(second.letsGo()).isFalse();
        assertThat(third.letsGo()).isTrue();
        assertThat(shop.sent).hasSize(2);
    }

    @Test
    void deletingEndsAnObservationWithoutAWordOnHowItEnded() {
        // given
        came(PROGRESSING);
        shop.says(
                shop.last().id(),
                "1.4.2",
                "prod",
                PROGRESSING,
                status -> status.putObject("observation").putArray("disagreements"));
        shop.delete();

        // when
        shop.look();

        // then
        assertThat(shop.types()).containsExactly("start", "abandon");
    }

    @Test
    void deletingLeavesWhatIsPromoted() {
        // given
        came(PROMOTED);
        shop.delete();

        // when
        var turn = shop.look();

        // then
        assertThat(turn.letsGo()).isTrue();
        assertThat(shop.sent).hasSize(1);
    }

    @Test
    void deletingWhileNobodyKnowsWhetherTheStartWasTakenAbortsIt() {
        // given
        shop.look();
        shop.delete();

        // when
        var before = shop.look();
        shop.answers(Kind.REFUSED, "nothing is running");
        var after = shop.look();

        // then
        assertThat(shop.types()).containsExactly("start", "abort");
        assertThat(before.letsGo()).isFalse();
        assertThat(after.letsGo()).isTrue();
    }

    @Test
    void aDeletionThatDoesNotComeToItsEndSaysWhyAndCanBeLetGo() {
        // given
        came(ANALYZING);
        shop.delete();
        shop.look();
        shop.says(
                shop.sent.getFirst().id(),
                "1.4.2",
                "prod",
                ROLLING_BACK,
                json -> json.put("degraded", true).put("reason", "the API server refuses the write"));

        // when
        var stuck = shop.look();
        var words = shop.standing().message();
        shop.annotations.put("sluice.dev/let-go", "true");
        var let = shop.look();

        // then
        assertThat(stuck.letsGo()).isFalse();
        assertThat(words).contains("the API server refuses the write").contains("sluice.dev/let-go=true");
        assertThat(let.letsGo()).isTrue();
    }

    @Test
    void deletingLetsGoOfARolloutThatTheEngineHasForgotten() {
        // given
        came(ANALYZING);
        shop.forgets("prod");
        shop.delete();

        // when
        var before = shop.look();
        shop.answers(Kind.REFUSED, "nothing to abort: application shop/checkout has no rollout");
        var after = shop.look();

        // then
        assertThat(shop.types()).containsExactly("start", "abort");
        assertThat(before.letsGo()).isFalse();
        assertThat(after.letsGo()).isTrue();
    }

    @Test
    void deletingDoesNotLetGoOfWhatRunsWhereTheAbortIsRefused() {
        // given
        came(ANALYZING);
        shop.delete();
        shop.look();

        // when
        shop.answers(Kind.REFUSED, "the topic may not abort");
        var turn = shop.look();

        // then
        assertThat(turn.letsGo()).isFalse();
        assertThat(shop.standing().message()).contains("the topic may not abort");
    }
}
