package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.around;
import static dev.sluice.engine.core.Plans.inProgress;
import static dev.sluice.engine.core.Plans.pause;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.target;
import static dev.sluice.engine.core.Plans.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.core.told.Publication;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.rollout.InProgress;
import dev.sluice.schemas.rollout.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EntranceTest {
    /** A topic whose writers nobody tells apart. */
    private static final Entrance WRITTEN = new Entrance("rollout.commands", false, true, null);

    private static final Entrance PROVEN = new Entrance("http", true, true, null);

    private static Scenario waiting(Step step) {
        return new Scenario()
                .start("r", plan(weight(10), step, weight(100)))
                .applied()
                .applied();
    }

    private static Scenario say(Scenario it, CommandType type, String actor, Entrance entrance) {
        it.entrance = entrance;
        return it.say(type, actor, List.of(), null, null, false);
    }

    @Test
    void whatIsNotTakenByAnEntranceIsRejectedWithItsWords() {
        // when
        var it = say(waiting(approval()), CommandType.ABORT, "mallory", new Entrance("x", false, false, "not here"));

        // then
        assertThat(it.refusal()).startsWith("not here");
        assertThat(it.ordered()).isEqualTo(Weight.percent(10));
    }

    @Test
    @DisplayName("B22: where roles are asked for, an unknown sender is told how to be known")
    void saysWhyRolesAreMissing() {
        // when
        var it = say(waiting(approval(1, false, "sre")), CommandType.APPROVE, "carol", WRITTEN);

        // then
        assertThat(it.refusal()).contains("rollout.commands", "not believed", "send it by HTTP");
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);
    }

    @Test
    @DisplayName("B22: names that anybody can write are no different people")
    void namesAreNotPeople() {
        // given
        var two = waiting(approval(2, false));

        // when
        say(two, CommandType.APPROVE, "alice", WRITTEN);

        // then
        assertThat(two.refusal()).startsWith("approve needs somebody who is known");
        assertThat(say(two, CommandType.SKIP, "alice", WRITTEN).refusal()).contains("somebody who is known");

        // when
        var notTheStarter = say(waiting(approval(1, true)), CommandType.APPROVE, "alice", WRITTEN);

        // then
        assertThat(notTheStarter.refusal()).startsWith("approve needs somebody who is known");
    }

    @Test
    @DisplayName("B22: nobody is somebody else than a starter whose name anybody can write")
    void noRolloutBeginsThatAsksForSomebodyElseThanAnUnknownStarter() {
        // given
        var inStep = plan(weight(10), approval(1, true), weight(100));
        var before = plan(around(target("prod", List.of(), weight(100)), List.of(approval(1, true)), List.of()));
        var after = plan(around(target("prod", List.of(), weight(100)), List.of(), List.of(approval(1, true))));
        for (var asks : List.of(inStep, before, after)) {
            var it = new Scenario();
            it.entrance = WRITTEN;

            // when
            it.start("r", asks);

            // then
            assertThat(it.refusal()).contains("target prod", "notByStarter", "start it by HTTP");
            assertThat(it.state.rollout()).isNull();
            it.entrance = PROVEN;
            assertThat(it.start("r-2", asks).state.rollout().id()).isEqualTo("r-2");
        }
    }

    @Test
    @DisplayName("B03, B22: nor does one wait to, or is tried again")
    void noUnknownStarterEnqueuesOrRetriesOne() {
        // given
        var asks = plan(weight(10), approval(1, true), weight(100));
        var it = new Scenario();
        it.entrance = PROVEN;
        it.start("r-1", "1.4.2", false, asks).applied().later(Duration.ofSeconds(1));

        // when
        it.entrance = WRITTEN;
        it.start("r-2", "1.4.3", false, inProgress(InProgress.ENQUEUE_ONE, asks));

        // then
        assertThat(it.refusal()).contains("notByStarter");
        it.say(CommandType.ABORT).applied().applied().later(Duration.ofSeconds(1));
        assertThat(it.ask(CommandType.RETRY, "r-3", null, false).refusal()).contains("notByStarter");
    }

    @Test
    @DisplayName("B22: nor does an update ask that of a rollout that is under way")
    void noUpdateAsksForSomebodyElseThanAnUnknownStarter() {
        // given
        var asks = plan(weight(10), pause(Duration.ofMinutes(1)), approval(1, true), weight(100));
        var it = new Scenario();
        it.entrance = WRITTEN;
        it.start("r", plan(weight(10), pause(Duration.ofMinutes(1)), weight(100)))
                .applied()
                .applied();

        // when
        it.entrance = PROVEN;
        it.update(asks);

        // then
        assertThat(it.refusal()).contains("notByStarter", "start it by HTTP");
    }

    @Test
    @DisplayName("B03: what only goes back is taken from whoever may start it")
    void anUnknownStarterMayGoBackToTheStableRevision() {
        // given
        var it = new Scenario();
        it.start("r-1", "1.4.1", false, plan(weight(100))).applied().applied().applied();
        var asks = plan(weight(10), approval(1, true), weight(100));
        it.later(Duration.ofSeconds(1))
                .start("r-2", "1.4.2", false, asks)
                .applied()
                .applied();

        // when
        it.entrance = WRITTEN;
        it.later(Duration.ofSeconds(1)).start("r-3", "1.4.1", false, asks);

        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
    }

    @Test
    void anybodysWordIsEnoughWhereNobodyInParticularIsAskedFor() {
        assertThat(say(waiting(approval()), CommandType.APPROVE, "alice", WRITTEN)
                        .ordered())
                .isEqualTo(Weight.FULL);
    }

    @Test
    @DisplayName("B22: who may steer and not approve gets past no approval by steering")
    void operatorsDoNotPassApprovals() {
        // given
        var it = waiting(approval());
        var operator = new Entrance("http", true, false, null);

        // then
        for (var type : List.of(CommandType.SKIP, CommandType.PROMOTE)) {
            assertThat(say(it, type, "olga", operator).refusal()).contains("olga may not approve");
            assertThat(it.ordered()).isEqualTo(Weight.percent(10));
        }
        assertThat(say(it, CommandType.ABORT, "olga", operator).ordered()).isEqualTo(Weight.ZERO);
    }

    @Test
    void theAuditSaysHowACommandCame() {
        // when
        var it = say(waiting(approval()), CommandType.PAUSE, "alice", WRITTEN);

        // then
        assertThat(it.published)
                .filteredOn(one -> one.topic() == Topic.AUDIT)
                .extracting(one ->
                        ((Audit) ((Publication.Message) one).message()).event().via())
                .contains("rollout.commands");
    }
}
