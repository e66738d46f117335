package dev.sluice.applier.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Match.Condition;
import dev.sluice.schemas.rollout.Mirror;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Requests that match, and copies of requests: what reaches a canary beside its weight. */
class BesideTest {
    private static final Match BETA =
            new Match(List.of(new Condition("x-beta", "1", null, null)), null, null, null, null, null);
    private static final Mirror COPIES = new Mirror(BigDecimal.TEN);

    @Test
    @DisplayName("a match or a mirror that the mesh can't carry is refused with its weight, and what to do is said")
    void refusesWhatTheMeshCannot() {
        // given
        var trial = Trial.open().order(TestOrder.begins()).endpoints(3, 3);

        // when
        trial.order(TestOrder.of(25).matching(BETA));

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(trial.report().reason()).startsWith("smi can't carry a match");
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("0");

        // when
        trial.order(TestOrder.of(25).numbered(3).mirroring(COPIES));

        // then
        assertThat(trial.report().reason()).startsWith("smi can't carry a mirror");
    }

    @Test
    @DisplayName("B01 the way back after a refused match is not held up by it")
    void goesBackAfterARefusal() {
        // given
        var trial = Trial.open()
                .order(TestOrder.begins())
                .endpoints(3, 3)
                .order(TestOrder.of(25))
                .order(TestOrder.of(25).numbered(3).matching(BETA));

        // when
        trial.order(TestOrder.of(0).numbered(4));

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("0");
    }
}
