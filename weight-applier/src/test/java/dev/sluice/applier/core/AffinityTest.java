package dev.sluice.applier.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.schemas.message.WeightOrder.End;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.SessionAffinity;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Clients that stay with the canary while it has some of the traffic. */
class AffinityTest {
    private static final SessionAffinity DAY = new SessionAffinity("canary", Duration.ofDays(1));

    private static TestOrder order(int percent, long number) {
        return TestOrder.of(percent).numbered(number).on("gatewayApi").keepingClients(DAY);
    }

    private static Trial begun() {
        return Trial.open()
                .endpoints(3, 1)
                .order(TestOrder.begins().on("gatewayApi").keepingClients(DAY));
    }

    @Test
    @DisplayName("a rollout whose mesh can't keep clients is refused as it begins, and its way back is not")
    void refusesWhatTheMeshCannot() {
        // when
        var trial = Trial.open().order(TestOrder.begins().keepingClients(DAY)).endpoints(3, 3);

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(trial.report().reason()).startsWith("smi can't keep clients at the canary");

        // when
        trial.order(TestOrder.of(25).numbered(2).keepingClients(DAY));

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.REFUSED);

        // when
        trial.order(TestOrder.of(0).numbered(3).ending(End.KEEP).keepingClients(DAY));

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    @DisplayName("a cookie that browsers don't take, or that is over at once, is refused with what to do")
    void refusesSuchACookie() {
        // given
        var trial = begun();

        // when
        trial.order(order(25, 2).keepingClients(new SessionAffinity("a b", Duration.ofDays(1))));

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(trial.report().reason()).contains("write letters, digits");

        // when
        trial.order(order(25, 3).keepingClients(new SessionAffinity("a", Duration.ofMillis(900))));

        // then
        assertThat(trial.report().reason()).contains("write at least 1 s");
    }

    @Test
    @DisplayName("clients are kept above 0 and below 100 %, and not where all or none of the traffic is the canary's")
    void keepsThemInBetween() {
        // given
        var trial = begun();

        // then
        assertThat(trial.object().routed().affinity()).isNull();
        assertThat(trial.order(order(1, 2)).object().routed().affinity()).isEqualTo(DAY);
        assertThat(trial.order(order(99, 3)).object().routed().affinity()).isEqualTo(DAY);
        assertThat(trial.order(order(100, 4)).object().routed().affinity()).isNull();
        assertThat(trial.order(order(50, 5)).object().routed().affinity()).isEqualTo(DAY);
        assertThat(trial.order(order(0, 6)).object().routed().affinity()).isNull();
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    @DisplayName("the way back of a canary whose endpoints are gone, past its deadline, keeps no client")
    void anAbortKeepsNobody() {
        // given
        var trial = begun().order(order(25, 2)).endpoints(3, 0).later(Duration.ofHours(1));

        // when
        trial.order(order(0, 3).ending(End.KEEP));

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(trial.object().routed().affinity()).isNull();
    }

    @Test
    @DisplayName(
            "what keeps clients is put back where a hand changed it or took it out, and applied again it changes nothing")
    void putsBack() {
        // given
        var trial = begun().order(order(25, 2));
        trial.forgetWhatWasSaid();

        // when
        trial.edit(trial.made().keeping(null).by("kubectl-edit"));

        // then
        assertThat(trial.outcomes()).containsExactly(Outcome.DRIFT_REPAIRED);
        assertThat(trial.object().routed().affinity()).isEqualTo(DAY);

        // when
        trial.order(order(25, 3));

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    @DisplayName("B01 keeping clients holds no lowering up: they came to the canary by its weight")
    void lowersWithoutEndpoints() {
        // given
        var trial = begun().order(order(100, 2)).endpoints(3, 0).later(Duration.ofHours(1));

        // when
        trial.order(order(50, 3));

        // then
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("50");
        assertThat(trial.object().routed().affinity()).isEqualTo(DAY);
    }

    @Test
    @DisplayName("B17 who is served again after all weights were 0 is kept nowhere, and that is no failure")
    void servesAgainWithoutIt() {
        // given
        var trial = begun().order(order(25, 2));
        trial.forgetWhatWasSaid();

        // when
        trial.edit(trial.made().weights(0, 0).by("kubectl-edit"));

        // then
        assertThat(trial.object().weights().get(Trial.ACTIVE)).isEqualByComparingTo("100");
        assertThat(trial.object().routed().affinity()).isNull();
        assertThat(trial.outcomes()).doesNotContain(Outcome.WAITING);
    }

    @Test
    @DisplayName("B43 the same pair with another session affinity is another order")
    void tellsOrdersApart() {
        // given
        var trial = begun().order(order(25, 2));

        // when
        trial.order(order(25, 2).keepingClients(null));

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.SUPERSEDED);
    }
}
