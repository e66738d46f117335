package dev.sluice.triggers.core;

import static dev.sluice.schemas.message.Phase.ANALYZING;
import static dev.sluice.schemas.message.Phase.PROGRESSING;
import static dev.sluice.schemas.message.Phase.PROMOTED;
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
}
