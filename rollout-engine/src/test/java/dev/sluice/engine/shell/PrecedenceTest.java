package dev.sluice.engine.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PrecedenceTest {
    private static final Duration FOR_EVER = Duration.ofDays(1);

    @Test
    void nobodyGivesWayToOrdersThatAreOut() {
        // given
        var precedence = new Precedence(FOR_EVER);
        // when
        precedence.ordersWait();
        precedence.ordersAreOut();
        // then
        precedence.giveWay();
    }

    @Test
    void whoGivesWayGoesOnOnceOrdersAreOut() throws Exception {
        // given
        var precedence = new Precedence(FOR_EVER);
        precedence.ordersWait();
        var other = Thread.ofPlatform().start(precedence::giveWay);
        await().until(() -> other.getState() == Thread.State.TIMED_WAITING);
        // when
        precedence.ordersAreOut();
        // then
        other.join();
        assertThat(other.isAlive()).isFalse();
    }

    @Test
    void nobodyGivesWayForLongToOrdersThatNeverGetOut() {
        // given
        var precedence = new Precedence(Duration.ofMillis(1));
        // when
        precedence.ordersWait();
        // then
        precedence.giveWay();
    }
}
