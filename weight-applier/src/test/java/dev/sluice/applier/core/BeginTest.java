package dev.sluice.applier.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.Ownership;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BeginTest {

    @Test
    @DisplayName(
            "begin makes an owned object that isn't there, with all weight on the active backend, and needs no endpoint of the canary")
    void makesTheObject() {
        // given
        var trial = Trial.open().endpoints(1, 0);

        // when
        trial.order(TestOrder.begins());

        // then
        assertThat(trial.object().weights().get(Trial.ACTIVE)).isEqualByComparingTo("100");
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("0");
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(trial.report().uid()).isEqualTo("uid-made");
    }

    @Test
    @DisplayName("B29 begin reports the ready endpoints of both backends")
    void reportsEndpoints() {
        // given
        var trial = Trial.open().endpoints(1, 2);

        // when
        trial.order(TestOrder.begins());

        // then
        assertThat(trial.report().endpoints().active().ready()).isOne();
        assertThat(trial.report().endpoints().canary().ready()).isEqualTo(2);
    }

    @Test
    @DisplayName(
            "B20 begin takes no traffic from a canary that has some in somebody's own object, also by absent weights")
    void refusesToTakeTrafficAway() {
        // given
        var trial = Trial.open();
        trial.with(trial.foreign(1, 1));

        // when
        trial.order(TestOrder.begins().owning(Ownership.EDIT));

        // then
        assertThat(trial.writes).isEmpty();
        assertThat(trial.report().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(trial.report().reason()).contains("adopt");
    }

    @Test
    @DisplayName("B20 begin never moves live traffic: an object without weight on the active backend is refused")
    void refusesToMoveLiveTraffic() {
        // given
        var trial = Trial.open();
        trial.with(trial.own(0, 100));

        // when
        trial.order(TestOrder.begins());

        // then
        assertThat(trial.writes).isEmpty();
        assertThat(trial.report().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(trial.report().found()).containsEntry(Trial.CANARY, 100.0);
    }

    @Test
    @DisplayName("B20 begin is refused where the object is gone and all traffic goes to the canary")
    void refusesToBeginOnTheCanary() {
        // given
        var trial = Trial.open().fallingBackTo(Trial.CANARY);

        // when
        trial.order(TestOrder.begins());

        // then
        assertThat(trial.isAbsent()).isTrue();
        assertThat(trial.report().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(trial.report().found()).containsEntry(Trial.CANARY, 100.0);
    }

    @Test
    @DisplayName("B16 an object that Sluice did not make is refused and stays untouched")
    void refusesAForeignObject() {
        // given
        var trial = Trial.open();
        trial.with(trial.foreign(100, 0));

        // when
        trial.order(TestOrder.begins());

        // then
        assertThat(trial.writes).isEmpty();
        assertThat(trial.report().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(trial.report().reason()).contains("adopt or edit");
    }

    @Test
    @DisplayName("B16 an object whose uid was reported is Sluice's, whatever its labels say")
    void knowsItsObjectByUid() {
        // given
        var trial = Trial.at(25);
        trial.edit(trial.made().unmanaged());

        // when
        trial.order(TestOrder.of(50).numbered(3).withUid("uid-made"));

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(trial.object().managed()).isTrue();
    }

    @Test
    @DisplayName("B16 adopt takes a foreign object over with the weights it has")
    void adopts() {
        // given
        var trial = Trial.open();
        trial.with(trial.foreign(70, 30));

        // when
        trial.order(TestOrder.begins().owning(Ownership.ADOPT).weighing(null));

        // then
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("30");
        assertThat(trial.object().managed()).isTrue();
        assertThat(trial.report().found()).containsEntry(Trial.CANARY, 30.0);
    }

    @Test
    @DisplayName("B16 edit changes weights and fence, and never claims the object")
    void edits() {
        // given
        var trial = Trial.open();
        trial.with(trial.foreign(100, 0));

        // when
        trial.order(TestOrder.of(25).owning(Ownership.EDIT));

        // then
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("25");
        assertThat(trial.object().managed()).isFalse();
    }

    @Test
    @DisplayName("B16 an object to edit that isn't there is refused, not made")
    void makesNothingForOthers() {
        // given
        var trial = Trial.open();

        // when
        trial.order(TestOrder.begins().owning(Ownership.EDIT));

        // then
        assertThat(trial.isAbsent()).isTrue();
        assertThat(trial.report().outcome()).isEqualTo(Outcome.REFUSED);
    }
}
