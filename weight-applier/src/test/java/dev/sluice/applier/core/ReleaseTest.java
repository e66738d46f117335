package dev.sluice.applier.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.schemas.message.WeightOrder.End;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.message.WeightReport.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReleaseTest {

    @Test
    @DisplayName("B15 a released route that a hand has changed since is put back only where somebody still asks")
    void putsBackWhatWasReleasedOnlyWhenAskedAgain() {
        // given
        var release = TestOrder.of(0).numbered(3).ending(End.RELEASE);
        var trial = Trial.at(25).fallingBackTo("other").order(release);
        trial.with(trial.made().weights(50, 50));

        // when
        trial.restart(release);

        // then
        assertThat(trial.writes).isEmpty();
        assertThat(trial.reports).isEmpty();

        // when
        trial.order(release);

        // then
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("0");
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    @DisplayName("B15 ends when the route is released")
    void leavesAReleasedRouteAlone() {
        // given
        var trial = Trial.at(25).fallingBackTo("other");
        trial.order(TestOrder.of(0).numbered(3).ending(End.RELEASE)).forgetWhatWasSaid();

        // when
        trial.edit(trial.made().weights(50, 50));

        // then
        assertThat(trial.writes).isEmpty();
        assertThat(trial.reports).isEmpty();
    }

    @Test
    @DisplayName("B20 an owned object is removed at release where the root Service is the active backend")
    void removesItsObjectAtRelease() {
        // given
        var trial = Trial.at(25);

        // when
        trial.order(TestOrder.of(0).numbered(3).ending(End.RELEASE));

        // then
        assertThat(trial.isAbsent()).isTrue();
        assertThat(trial.outcomes()).containsExactly(Outcome.APPLIED);
    }

    @Test
    @DisplayName("B01 a way back whose object is gone is not done while another object sends to the canary")
    void isNotBackWhileSomethingIsLeft() {
        // given
        var trial = Trial.open().gone("the router still sends");

        // when
        trial.order(TestOrder.of(0).numbered(3).ending(End.RELEASE));

        // then
        assertThat(trial.report())
                .returns(Outcome.WAITING, WeightReport::outcome)
                .returns("the router still sends", WeightReport::reason);
    }

    @Test
    @DisplayName("B20 an owned object stays at release where its removal would move traffic")
    void keepsItsObjectWhereItIsNeeded() {
        // given
        var trial = Trial.open().fallingBackTo(Trial.CANARY);
        trial.with(trial.own(75, 25));

        // when
        trial.order(TestOrder.of(0).numbered(3).ending(End.RELEASE));

        // then
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("0");
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    @DisplayName("B20 a fresh process does not touch an object that replaced a released one, until it is asked again")
    void doesNotReleaseTwice() {
        // given
        var release = TestOrder.of(0).numbered(3).ending(End.RELEASE);
        var trial = Trial.open().fallingBackTo("other");
        trial.with(trial.own(50, 50).fenced(null));

        // when
        trial.restart(release);

        // then
        assertThat(trial.writes).isEmpty();
        assertThat(trial.reports).isEmpty();

        // when
        trial.order(release);

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("0");
    }

    @Test
    @DisplayName(
            "B09 a rollback of an object that is gone has nothing to do where its traffic falls back to the active backend")
    void hasNothingToRollBackOn() {
        // given
        var trial = Trial.open();

        // when
        trial.order(TestOrder.of(0));

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(trial.report().absent()).isTrue();
    }

    @Test
    @DisplayName("B09 a rollback of an object that is gone makes it again where traffic would fall to the canary")
    void rollsBackAnObjectThatIsGone() {
        // given
        var trial = Trial.open().fallingBackTo(Trial.CANARY);

        // when
        trial.order(TestOrder.of(0));

        // then
        assertThat(trial.object().weights().get(Trial.ACTIVE)).isEqualByComparingTo("100");
        assertThat(trial.report().absent()).isFalse();
    }

    @Test
    @DisplayName("B14 traffic that an instance without the route gave the canary after the release is taken back")
    void takesALateCreateBack() {
        // given
        var trial = Trial.at(25);
        var late = trial.made();
        trial.order(TestOrder.of(0).numbered(3).ending(End.RELEASE)).forgetWhatWasSaid();

        // when
        trial.edit(late);

        // then
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("0");
        assertThat(trial.reports).isEmpty();
    }

    @Test
    @DisplayName("B14 such traffic is taken back however often the API server fails to answer")
    void takesALateCreateBackOnceTheApiServerAnswers() {
        // given
        var trial = Trial.at(25);
        var late = trial.made();
        trial.order(TestOrder.of(0).numbered(3).ending(End.RELEASE)).forgetWhatWasSaid();
        trial.failing(Failure.failed("the API server did not answer")).edit(late);
        trial.later(Duration.ofMinutes(1)).later(Duration.ofMinutes(1));
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("25");

        // when
        trial.failing(null).later(Duration.ofMinutes(1));

        // then
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("0");
        assertThat(trial.outcomes()).containsExactly(Outcome.WAITING, Outcome.APPLIED);
    }

    @Test
    @DisplayName("B14 where it is gone by then, the release stands as it did")
    void aLateCreateThatIsGoneLeavesTheRelease() {
        // given
        var trial = Trial.at(25);
        var late = trial.made();
        trial.order(TestOrder.of(0).numbered(3).ending(End.RELEASE)).forgetWhatWasSaid();
        trial.failing(Failure.failed("the API server did not answer"))
                .edit(late)
                .delete();

        // when
        trial.failing(null).later(Duration.ofMinutes(1)).later(Duration.ofMinutes(10));

        // then
        assertThat(trial.isAbsent()).isTrue();
        assertThat(trial.outcomes()).containsExactly(Outcome.WAITING, Outcome.APPLIED);
    }
}
