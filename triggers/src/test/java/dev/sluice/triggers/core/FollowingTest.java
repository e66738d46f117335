package dev.sluice.triggers.core;

import static dev.sluice.schemas.message.Phase.ANALYZING;
import static dev.sluice.schemas.message.Phase.PROGRESSING;
import static dev.sluice.schemas.message.Phase.PROMOTED;
import static dev.sluice.schemas.message.Phase.ROLLED_BACK;
import static dev.sluice.schemas.message.Phase.ROLLING_BACK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.triggers.core.Answer.Kind;
import org.junit.jupiter.api.Test;

/** Which rollout is the resource's, where others start, retry and undo as well. */
class FollowingTest {
    private final Shop shop = new Shop();

    @Test
    void whatAPersonStartedAndTheResourceFollowsIsNotAbortedWithIt() {
        // given
        shop.look();
        shop.answers(Kind.REFUSED, "revision 1.4.2 is held: automation may start it again only after 'release'");
        shop.look();
        shop.says("byhand", "1.4.2", "prod", ANALYZING, json -> {});
        shop.look();
        var followed = shop.standing().rollout();

        // when
        shop.delete();
        var turn = shop.look();

        // then
        assertThat(followed).isEqualTo("byhand");
        assertThat(turn.letsGo()).isTrue();
        assertThat(shop.types()).containsExactly("start");
    }

    @Test
    void whatAPersonRunsAlreadyIsFollowedAndNotAbortedWithTheResource() {
        // given
        shop.says("byhand", "1.4.2", "prod", ANALYZING, json -> {});
        shop.look();
        shop.answers(Kind.NEEDLESS, "rollout byhand carries out the same file and revision already", "byhand");
        shop.look();
        var followed = shop.standing().rollout();

        // when
        shop.delete();
        var turn = shop.look();

        // then
        assertThat(followed).isEqualTo("byhand");
        assertThat(turn.letsGo()).isTrue();
        assertThat(shop.types()).containsExactly("start");
    }

    @Test
    void whatRanBeforeTheRefusalAndMovesOnIsNotTheResources() {
        // given
        shop.says("byhand", "1.4.2", "prod", PROGRESSING, json -> {});
        shop.look();
        shop.answers(Kind.REFUSED, "the rollout file has a problem");
        shop.look();

        // when
        shop.says("byhand", "1.4.2", "prod", PROMOTED, json -> {});
        shop.look();

        // then
        assertThat(shop.standing().rollout()).isNull();
        assertThat(shop.is("Stalled")).isTrue();
    }

    @Test
    void theSameStartedOnceMoreWhileItRunsStaysTheResourcesOwn() {
        // given
        shop.look();
        shop.runs(ANALYZING);
        shop.look();
        var rollout = shop.last().id();
        shop.annotations.put("sluice.dev/command", "start");
        shop.annotations.put("sluice.dev/nonce", "1");
        shop.look();
        shop.answers(Kind.NEEDLESS, "rollout carries out the same file and revision already", rollout);
        shop.look();

        // when
        shop.delete();
        var turn = shop.look();

        // then
        assertThat(turn.letsGo()).isFalse();
        assertThat(shop.last().type().word()).isEqualTo("abort");
        assertThat(shop.last().expect().rollout()).isEqualTo(rollout);
    }

    /** Two targets: prod is promoted, and staging tried again. */
    private String retriedOnStaging() {
        shop.spec.withObject("/targets").withObject("/staging").put("cluster", "staging");
        shop.look();
        var first = shop.last().id();
        shop.says(first, "1.4.2", "staging", ROLLED_BACK, json -> {});
        shop.says(first, "1.4.2", "prod", PROMOTED, json -> {});
        shop.look();
        shop.says("again", "1.4.2", "staging", ANALYZING, json -> json.put("retryOf", first));
        shop.look();
        return first;
    }

    @Test
    void aRetryOfSomeTargetsIsPromotedWithThoseThatWere() {
        // given
        var first = retriedOnStaging();
        var isPromotedOnTheWay = shop.is("Promoted");
        var phase = shop.standing().phase();

        // when
        shop.says("again", "1.4.2", "staging", ROLLED_BACK, json -> json.put("retryOf", first));
        shop.look();
        shop.says("oncemore", "1.4.2", "staging", PROMOTED, json -> json.put("retryOf", "again"));
        shop.look();

        // then
        assertThat(isPromotedOnTheWay).isFalse();
        assertThat(phase).isEqualTo(ANALYZING);
        assertThat(shop.is("Promoted")).isTrue();
        assertThat(shop.standing().rollout()).isEqualTo("oncemore");
        assertThat(shop.standing().targets()).extracting(Standing.Target::name).containsExactly("prod", "staging");
    }

    @Test
    void deletingBringsBackARetryOfSomeTargets() {
        // given
        retriedOnStaging();

        // when
        shop.delete();
        var turn = shop.look();

        // then
        assertThat(turn.letsGo()).isFalse();
        assertThat(shop.last().type().word()).isEqualTo("abort");
        assertThat(shop.last().expect().rollout()).isEqualTo("again");
    }

    @Test
    void anUndoOfWhatTheFirstOfARetryPromotedTakesThePromotionBack() {
        // given
        var first = retriedOnStaging();
        shop.says("again", "1.4.2", "staging", PROMOTED, json -> json.put("retryOf", first));
        shop.look();

        // when
        shop.says("undo", "1.4.1", "prod", PROMOTED, json -> json.put("undoOf", first));
        shop.look();

        // then
        assertThat(shop.is("Promoted")).isFalse();
        assertThat(shop.standing().phase()).isEqualTo(ROLLED_BACK);
    }

    @Test
    void b47WhatAPersonWentBackFromStartsOnceMoreWhenItIsReleased() {
        // given
        shop.look();
        shop.runs(ROLLED_BACK);
        shop.look();

        // when
        shop.release("1.4.1");
        shop.look();
        var ofAnother = shop.types().toList();
        shop.release("1.4.2");
        shop.look();
        shop.look();

        // then
        assertThat(ofAnother).containsExactly("start");
        assertThat(shop.types()).containsExactly("start", "start");
        assertThat(shop.sent).extracting(command -> command.id()).doesNotHaveDuplicates();

        // and when
        shop.runs(ROLLED_BACK);
        shop.look();
        shop.look();

        // then
        assertThat(shop.sent).hasSize(2);
        assertThat(shop.is("Stalled")).isTrue();
    }

    @Test
    void b47WhatIsReleasedBeforeItIsBackStartsOnceItIs() {
        // given
        shop.look();
        shop.runs(ROLLING_BACK);
        shop.look();

        // when
        shop.release("1.4.2");
        shop.look();
        var onTheWay = shop.types().toList();
        shop.runs(ROLLED_BACK);
        shop.look();

        // then
        assertThat(onTheWay).containsExactly("start");
        assertThat(shop.types()).containsExactly("start", "start");
    }

    @Test
    void b47APromotionThatWasUndoneStartsOnceMoreWhenItIsReleased() {
        // given
        shop.look();
        shop.runs(PROMOTED);
        shop.look();
        shop.says(
                "undo",
                "1.4.1",
                "prod",
                PROMOTED,
                json -> json.put("undoOf", shop.last().id()));
        shop.look();

        // when
        shop.release("1.4.2");
        shop.look();

        // then
        assertThat(shop.types()).containsExactly("start", "start");
    }

    @Test
    void b47WhatIsReleasedAndOthersCameAfterStaysAtItsEnd() {
        // given
        shop.look();
        shop.runs(ROLLED_BACK);
        shop.look();
        shop.says("hotfix", "1.4.2-1", "prod", PROMOTED, json -> {});

        // when
        shop.release("1.4.2");
        shop.look();

        // then
        assertThat(shop.types()).containsExactly("start");
    }
}
