package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.core.told.Publication;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.rollout.Step;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EntranceTest {
    /** A topic whose writers nobody tells apart. */
    private static final Entrance WRITTEN = new Entrance("rollout.commands", false, true, null);

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
