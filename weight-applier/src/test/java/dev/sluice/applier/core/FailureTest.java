package dev.sluice.applier.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.schemas.message.WeightReport.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FailureTest {
    private static final Failure AWAY = Failure.failed("the API server can't be reached");

    @Test
    @DisplayName("B19 a failed call is tried again after a wait that grows, and says so once")
    void triesAgainLaterAndLater() {
        // given
        var trial = Trial.at(25).failing(AWAY);

        // when
        trial.order(TestOrder.of(50).numbered(3));
        for (var i = 0; i < 8; i++) {
            trial.later(Duration.ofSeconds(11));
        }

        // then
        assertThat(trial.outcomes()).containsExactly(Outcome.WAITING);
        assertThat(trial.retries).extracting(Decision.Retry::attempt).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);

        // when
        trial.failing(null).later(Duration.ofSeconds(11));

        // then
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("50");
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(trial.state().attempt()).isZero();
    }

    @Test
    @DisplayName("B19 nothing is asked of the API server while a wait lasts")
    void asksNothingWhileItWaits() {
        // given
        var trial =
                Trial.at(25).failing(AWAY).order(TestOrder.of(50).numbered(3)).failing(null);

        // when
        trial.endpoints(3, 5);

        // then
        assertThat(trial.writes).isEmpty();
    }

    @Test
    @DisplayName("B19 a clock that is set back while a wait lasts doesn't make it longer")
    void survivesAClockSetBack() {
        // given
        var trial =
                Trial.at(25).failing(AWAY).order(TestOrder.of(50).numbered(3)).failing(null);

        // when
        trial.later(Duration.ofMinutes(-1));

        // then
        assertThat(trial.retries).hasSize(1);
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("50");
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    @DisplayName("B19 a newer order overtakes the one that waits")
    void newerOrderOvertakes() {
        // given
        var trial =
                Trial.at(25).failing(AWAY).order(TestOrder.of(50).numbered(3)).failing(null);

        // when
        trial.order(TestOrder.of(0).numbered(4));

        // then
        assertThat(trial.writes).hasSize(1);
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("0");
        assertThat(trial.report().sequence()).isEqualTo(4);
    }

    @Test
    @DisplayName("B19 the wait is as long as the server asks")
    void waitsAsLongAsAsked() {
        // given
        var trial = Trial.at(25)
                .failing(new Failure(Failure.Kind.FAILED, "the API server answered 429", Duration.ofSeconds(20)));

        // when
        trial.order(TestOrder.of(50).numbered(3));

        // then
        assertThat(trial.retries.getLast().at()).isEqualTo(trial.now().plusSeconds(20));
    }

    @Test
    @DisplayName("B19 lost races are run again at once, and after some of them with a wait")
    void runsLostRacesAgain() {
        // given
        var trial = Trial.at(25).failing(Failure.outdated("the object keeps changing"));

        // when
        trial.order(TestOrder.of(50).numbered(3));

        // then
        assertThat(trial.retries).hasSize(1);
        assertThat(trial.retries.getFirst().attempt()).isEqualTo(6);
    }

    @Test
    @DisplayName("B02 a rollback that the API server won't take shows as retrying")
    void showsARollbackThatRetries() {
        // given
        var trial = Trial.at(25).failing(AWAY);

        // when
        trial.order(TestOrder.of(0).numbered(3));

        // then
        assertThat(trial.state().rollbackRetrying()).isTrue();
    }

    @Test
    @DisplayName("B19 waits are spread between routes, and always the same for one route and attempt")
    void spreadsWaits() {
        // given
        var backoff = Backoff.DEFAULT;

        // when
        var first = backoff.before("a", 3);
        var second = backoff.before("b", 3);

        // then
        assertThat(first).isNotEqualTo(second).isEqualTo(backoff.before("a", 3));
        assertThat(first).isBetween(Duration.ofMillis(400), Duration.ofMillis(800));
        assertThat(backoff.before("a", 99)).isLessThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    @DisplayName("B25 a mesh that nobody knows is refused with the names that are known")
    void refusesWhatItCannotServe() {
        // given
        var decider = new Decider(Rules.DEFAULT);
        var state = RouteState.open("r");
        state = state.after(
                decider.decide(state, new Event.OrderRead(TestOrder.of(0).build(), Traits.EDITED, TestOrder.NOW)));

        // when
        var decisions = decider.decide(
                state,
                new Event.Looked(
                        new Sight.Unservable(false, "no mesh is named x; this applier knows [smi]"),
                        java.util.Map.of(),
                        java.util.Set.of(),
                        TestOrder.NOW));

        // then
        assertThat(decisions)
                .filteredOn(Decision.Report.class::isInstance)
                .singleElement()
                .extracting(decision -> ((Decision.Report) decision).report().outcome())
                .isEqualTo(Outcome.REFUSED);
    }
}
