package dev.sluice.applier.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.schemas.message.WeightOrder.End;
import dev.sluice.schemas.message.WeightReport.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConfirmationTest {
    private static final Confirmation DENIED = Confirmation.denied("Accepted is False (NoMatchingParent)");

    /** Whatever is written, the mesh says the same of it. */
    private static Trial saying(Confirmation said) {
        return Trial.at(25).webhook(made -> made.confirmed(said));
    }

    @Test
    @DisplayName("B40 a raise waits until the mesh says that it works by it")
    void waitsForTheMesh() {
        // given
        var trial = saying(Confirmation.AWAITED).order(TestOrder.of(50).numbered(3));
        assertThat(trial.outcomes()).containsExactly(Outcome.WAITING);
        assertThat(trial.report().reason()).contains("the mesh has not confirmed it yet");

        // when: whatever else happens meanwhile, it waits from the beginning
        trial.endpoints(3, 4);

        // then
        assertThat(trial.reports).hasSize(1);
        assertThat(trial.awaited).hasSize(1);

        // when
        trial.edit(trial.made().confirmed(Confirmation.GIVEN));

        // then
        assertThat(trial.outcomes()).containsExactly(Outcome.WAITING, Outcome.APPLIED);
        assertThat(trial.report().inForce()).isTrue();
        assertThat(trial.report().reason()).isNull();

        // when: the alarm that was set rings late
        trial.waitedLongEnough();

        // then
        assertThat(trial.reports).hasSize(2);
    }

    @Test
    @DisplayName("B40 where nobody has a word for it a raise is applied at once")
    void waitsForNobody() {
        // when
        var trial = Trial.at(25).order(TestOrder.of(50).numbered(3));

        // then
        assertThat(trial.outcomes()).containsExactly(Outcome.APPLIED);
        assertThat(trial.report().inForce()).isNull();
        assertThat(trial.awaited).isEmpty();
    }

    @Test
    @DisplayName(
            "B40 a controller that says nothing holds up no rollout: after a while the raise is applied, not in force")
    void goesOnWithoutAWord() {
        // given
        var trial = saying(Confirmation.AWAITED).order(TestOrder.of(50).numbered(3));
        assertThat(trial.awaited)
                .containsExactly(new Decision.AwaitConfirmation(TestOrder.NOW.plus(Rules.CONFIRMATION)));

        // when
        trial.waitedLongEnough();

        // then
        assertThat(trial.outcomes()).containsExactly(Outcome.WAITING, Outcome.APPLIED);
        assertThat(trial.report().inForce()).isFalse();
        assertThat(trial.report().reason()).contains("not confirmed");

        // when
        trial.edit(trial.made().confirmed(Confirmation.GIVEN));

        // then
        assertThat(trial.outcomes()).containsExactly(Outcome.WAITING, Outcome.APPLIED, Outcome.APPLIED);
        assertThat(trial.report().inForce()).isTrue();
        assertThat(trial.awaited).hasSize(1);
        assertThat(trial.reportIds).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("B40 the mesh's word is never waited for past the order's own deadline")
    void waitsNoLongerThanTheOrder() {
        // given
        var deadline = TestOrder.NOW.plus(Duration.ofSeconds(3));

        // when
        var trial =
                saying(Confirmation.AWAITED).order(TestOrder.of(50).numbered(3).until(deadline));

        // then
        assertThat(trial.awaited).containsExactly(new Decision.AwaitConfirmation(deadline));
    }

    @Test
    @DisplayName("B40 what no watch tells a look finds before the raise counts as not in force")
    void looksBeforeItGivesUp() {
        // given
        var trial = saying(Confirmation.AWAITED).order(TestOrder.of(50).numbered(3));

        // when
        trial.with(trial.made().confirmed(Confirmation.GIVEN)).waitedLongEnough();

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(trial.report().inForce()).isTrue();
    }

    @Test
    @DisplayName("B40 a raise that the mesh refuses waits with the mesh's words, however long, until it is taken")
    void waitsWhileTheMeshRefuses() {
        // given
        var trial = saying(Confirmation.AWAITED).order(TestOrder.of(50).numbered(3));

        // when
        trial.edit(trial.made().confirmed(DENIED)).waitedLongEnough();

        // then
        assertThat(trial.outcomes()).containsExactly(Outcome.WAITING, Outcome.WAITING);
        assertThat(trial.report().reason()).contains("Accepted is False (NoMatchingParent)");

        // when
        trial.edit(trial.made().confirmed(Confirmation.GIVEN));

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    @DisplayName("B01 what lowers is applied at once, whatever the mesh says, and told again once it is confirmed")
    void lowersWithoutAWord() {
        // given
        var trial = saying(Confirmation.AWAITED);

        // when
        trial.order(TestOrder.of(10).numbered(3));

        // then
        assertThat(trial.outcomes()).containsExactly(Outcome.APPLIED);
        assertThat(trial.report().inForce()).isFalse();

        // when
        trial.webhook(made -> made.confirmed(DENIED)).order(TestOrder.of(0).numbered(4));

        // then
        assertThat(trial.outcomes()).containsExactly(Outcome.APPLIED, Outcome.APPLIED);
        assertThat(trial.report().weight().isZero()).isTrue();
        assertThat(trial.report().reason()).contains("NoMatchingParent");
        assertThat(trial.awaited).isEmpty();

        // when
        trial.edit(trial.made().confirmed(Confirmation.GIVEN));

        // then
        assertThat(trial.report().inForce()).isTrue();
        assertThat(trial.report().reason()).isNull();
    }

    @Test
    @DisplayName("B20 neither a beginning nor an end waits for the mesh: they move nothing")
    void beginsAndEndsWithoutAWord() {
        // given
        var trial = Trial.open().webhook(made -> made.confirmed(Confirmation.AWAITED));

        // when
        trial.order(TestOrder.begins());

        // then
        assertThat(trial.outcomes()).containsExactly(Outcome.APPLIED);

        // when
        trial.order(TestOrder.of(100).numbered(3)).waitedLongEnough();
        trial.forgetWhatWasSaid().order(TestOrder.of(100).numbered(4).ending(End.KEEP));

        // then
        assertThat(trial.outcomes()).containsExactly(Outcome.APPLIED);
    }

    @Test
    @DisplayName("B15 what is applied is told again when the mesh says something else of it")
    void tellsOfAnotherWord() {
        // given
        var trial = Trial.at(25).order(TestOrder.of(50).numbered(3));

        // when
        trial.edit(trial.made().confirmed(Confirmation.GIVEN));
        trial.edit(trial.made().confirmed(DENIED));
        trial.edit(trial.made().confirmed(DENIED));
        trial.edit(trial.made().confirmed(Confirmation.GIVEN));

        // then
        assertThat(trial.outcomes()).hasSize(4).containsOnly(Outcome.APPLIED);
        assertThat(trial.reports.stream().map(report -> report.inForce()).toList())
                .containsExactly(null, true, false, true);
        assertThat(trial.reports.get(2).reason()).contains("NoMatchingParent");
        assertThat(trial.reportIds).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("B06 a process that dies while it waits begins to wait anew")
    void waitsAnewAfterARestart() {
        // given
        var order = TestOrder.of(50).numbered(3);
        var trial = saying(Confirmation.AWAITED).order(order);

        // when
        trial.with(trial.made().confirmed(Confirmation.AWAITED)).restart(order);

        // then
        assertThat(trial.outcomes()).containsExactly(Outcome.WAITING);
        assertThat(trial.awaited).hasSize(2);
    }

    @Test
    @DisplayName("B18 the canary's last endpoint may go while the mesh's word is waited for: that is told first")
    void losesEndpointsWhileItWaits() {
        // given
        var trial = saying(Confirmation.AWAITED).order(TestOrder.of(50).numbered(3));

        // when
        trial.endpoints(3, 0);

        // then
        assertThat(trial.outcomes()).containsExactly(Outcome.WAITING, Outcome.ENDPOINTS_LOST);
    }
}
