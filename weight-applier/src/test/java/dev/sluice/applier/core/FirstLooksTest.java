package dev.sluice.applier.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.schemas.message.WeightOrder.End;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.TargetPlan.FirstDeployment;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a beginning needs to find. */
class FirstLooksTest {
    private static final Duration SETTLE = Duration.ofSeconds(10);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    @DisplayName("B29: an active backend that every look for the time to settle finds empty is reported with that time")
    void looksAgainUntilItIsCertain() {
        // given
        var trial = Trial.open().unseenEndpoints(0, 2);
        trial.order(TestOrder.begins().first(FirstDeployment.DIRECT, SETTLE));
        assertThat(trial.report().outcome()).isEqualTo(Outcome.WAITING);
        assertThat(trial.report().reason()).contains("shop/checkout").contains("10 s");

        // when
        for (int i = 0; i < 9; i++) {
            trial.later(SECOND);
        }
        assertThat(trial.outcomes()).containsOnly(Outcome.WAITING);
        trial.later(SECOND);

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(trial.report().activeEmptyFor()).isGreaterThanOrEqualTo(SETTLE);
    }

    @Test
    @DisplayName("B29: an endpoint that shows up meanwhile makes it an ordinary beginning")
    void beginsWhenAnEndpointComes() {
        // given
        var trial = Trial.open().unseenEndpoints(0, 2);
        trial.order(TestOrder.begins().first(FirstDeployment.DIRECT, SETTLE)).later(SECOND);

        // when
        trial.unseenEndpoints(3, 2).later(SECOND);

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(trial.report().activeEmptyFor()).isNull();
    }

    @Test
    @DisplayName("B29: one that comes and goes starts the time anew")
    void aSingleSightOfAnEndpointStartsAnew() {
        // given
        var trial = Trial.open().unseenEndpoints(0, 2);
        trial.order(TestOrder.begins().first(FirstDeployment.DIRECT, SETTLE));
        for (int i = 0; i < 5; i++) {
            trial.later(SECOND);
        }

        // when
        trial.endpoints(1, 2).endpoints(0, 2);
        for (int i = 0; i < 6; i++) {
            trial.later(SECOND);
        }

        // then
        assertThat(trial.outcomes()).containsOnly(Outcome.WAITING);
    }

    @Test
    @DisplayName("B29: a look that could not count is no look that found nothing")
    void whatCannotBeCountedIsNotEmpty() {
        // given
        var trial = Trial.open().unseenEndpoints(0, 2);
        trial.order(TestOrder.begins().first(FirstDeployment.DIRECT, SETTLE));

        // when
        trial.unreadableEndpoints(2);
        for (int i = 0; i < 20; i++) {
            trial.later(SECOND);
        }

        // then
        assertThat(trial.outcomes()).containsOnly(Outcome.WAITING);
    }

    @Test
    @DisplayName("B29: a look that is answered when its order has been forgotten meanwhile does no harm")
    void anAnswerWithoutAnOrderIsTaken() {
        // given
        var nobodys = Backends.UNKNOWN.asking();

        // when
        var looked = nobodys.looked(new Decision.LookedAt(Map.of(), Set.of(), null, Map.of(), Instant.EPOCH), null);

        // then
        assertThat(looked.emptySince()).isNull();
    }

    @Test
    @DisplayName("B29: where a first deployment is out of the question an empty active backend is waited for")
    void waitsWhereSomethingWasPromotedBefore() {
        // given
        var trial = Trial.open().unseenEndpoints(0, 2);

        // when
        trial.order(TestOrder.begins()).later(Duration.ofMinutes(1));

        // then
        assertThat(trial.writes).isEmpty();
        assertThat(trial.report().outcome()).isEqualTo(Outcome.WAITING);
        assertThat(trial.report().reason()).contains("Service shop/checkout").contains("no ready endpoint");
        trial.unseenEndpoints(1, 2).later(SECOND);
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    @DisplayName("B29: 'firstDeployment: steps' begins as ever")
    void beginsAtOnceWhereTheFileSaysSteps() {
        // when
        var trial = Trial.open().unseenEndpoints(0, 2).order(TestOrder.begins().first(FirstDeployment.STEPS, null));

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    @DisplayName("B52: a Service that doesn't exist is waited for by its name and namespace")
    void namesAMissingService() {
        // given
        var trial = Trial.open().missing("checkout");

        // when
        trial.order(TestOrder.begins());

        // then
        assertThat(trial.writes).isEmpty();
        assertThat(trial.report().outcome()).isEqualTo(Outcome.WAITING);
        assertThat(trial.report().reason()).contains("Service shop/checkout does not exist");
        trial.missing().later(SECOND);
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    @DisplayName("B52: no order that lowers waits for a Service")
    void goesBackWithoutAService() {
        // given
        var trial = Trial.at(25).missing("checkout-canary");

        // when
        trial.order(TestOrder.of(0).numbered(3));

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    @DisplayName("B41: a way back that is a beginning moves no live traffic, whatever its sequence")
    void theWayBackMovesNoLiveTraffic() {
        // given
        var trial = Trial.open();
        trial.with(trial.own(0, 100));

        // when
        trial.order(TestOrder.of(0).numbered(2).beginning().ending(End.KEEP));

        // then
        assertThat(trial.writes).isEmpty();
        assertThat(trial.report().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(trial.report().by().active()).isEqualTo("checkout");
    }

    @Test
    @DisplayName("B41: where no object is there nothing was begun, and nothing is made")
    void theWayBackMakesNothing() {
        // given
        var trial = Trial.open();

        // when
        trial.order(TestOrder.of(0).numbered(2).beginning().ending(End.RELEASE));

        // then
        assertThat(trial.writes).isEmpty();
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(trial.report().absent()).isTrue();
    }

    @Test
    @DisplayName("B09 a check is no order of its route, whatever its fence: what was ordered stays the desired state")
    void takesNoCheckForAnOrder() {
        // given
        var trial = Trial.at(25);

        // when
        trial.order(TestOrder.of(0).numbered(9).checking());

        // then
        assertThat(trial.writes).isEmpty();
        assertThat(trial.reports).isEmpty();
        assertThat(trial.state().order().sequence()).isEqualTo(2);
    }
}
