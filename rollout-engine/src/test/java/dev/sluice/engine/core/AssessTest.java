package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.pause;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.target;
import static dev.sluice.engine.core.Plans.weight;
import static dev.sluice.schemas.message.Assessment.Ending.RIGHT;
import static dev.sluice.schemas.message.Assessment.Ending.WRONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.core.state.Surroundings;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AssessTest {
    @Test
    void tellsTheAuditThatARollbackWasWrong() {
        // given
        var it = rolledBack();

        // when
        it.assess("r", WRONG, "the database was slow for both", false);

        // then
        var told = it.messages(Topic.AUDIT, Audit.class).getFirst();
        assertThat(told.decision()).isEqualTo("Assessed");
        assertThat(told.rollout()).isEqualTo("r");
        assertThat(told.reason())
                .isEqualTo("that it was rolled back was wrong, says alice: the database was slow for both");
        assertThat(told.after()).isEqualTo(Map.of("phase", Phase.ROLLED_BACK, "ending", WRONG));
    }

    @Test
    void movesNothing() {
        // given
        var it = rolledBack();
        var before = it.state;

        // when
        it.assess("r", WRONG, null, false);

        // then
        assertThat(it.state).isEqualTo(before.counted(null));
        assertThat(it.messages(Topic.STATUS, Status.class)).isEmpty();
    }

    @Test
    void takesAnotherWordOnTheSameRollout() {
        // given
        var it = rolledBack().assess("r", WRONG, null, false);

        // when
        it.assess("r", RIGHT, null, false);

        // then
        assertThat(it.decided).singleElement().isInstanceOf(Decision.Assessed.class);
    }

    @Test
    void isSaidOfARolloutOfLongAgoWhileAnotherOneRuns() {
        // given
        var it = new Scenario().start("r", plan(target("prod", List.of(), weight(10), pause(Duration.ofHours(1)))));
        var running = it.applied().target("prod");
        it.surroundings = new Surroundings(List.of(), Set.of(), Map.of("long-ago", Phase.PROMOTED));

        // when
        it.assess("long-ago", WRONG, null, false);

        // then
        assertThat(it.messages(Topic.AUDIT, Audit.class)).singleElement().satisfies(told -> {
            assertThat(told.rollout()).isEqualTo("long-ago");
            assertThat(told.reason()).isEqualTo("that it was promoted was wrong, says alice");
        });
        assertThat(it.target("prod")).isEqualTo(running);
    }

    @Test
    void refusesARolloutThatNobodyKnows() {
        assertThat(rejection(new Scenario().assess("r-9", WRONG, null, false)))
                .startsWith("rollout r-9 of application shop/checkout is not known");
    }

    @Test
    void refusesARolloutThatIsNotOver() {
        // given
        var it = new Scenario().start("r", plan(target("prod", List.of(), weight(10))));

        // then
        assertThat(rejection(it.assess("r", WRONG, null, false))).contains("assess it when it is over");
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"FAILED", "CANCELLED"})
    void refusesARolloutThatNobodyJudged(Phase phase) {
        // given
        var it = new Scenario();
        it.surroundings = new Surroundings(List.of(), Set.of(), Map.of("r-1", phase));

        // then
        assertThat(rejection(it.assess("r-1", WRONG, null, false)))
                .contains("ended " + phase.word() + ": only one that was promoted or rolled back can be assessed");
    }

    @Test
    void isNoWordOfAutomation() {
        assertThat(rejection(rolledBack().assess("r", WRONG, null, true))).contains("a person's word");
    }

    private static Scenario rolledBack() {
        var it = new Scenario().start("r", plan(target("prod", List.of(), weight(10), pause(Duration.ofHours(1)))));
        return it.applied().say(CommandType.ABORT).applied();
    }

    private static String rejection(Scenario it) {
        assertThat(it.decided).singleElement().isInstanceOf(Decision.Rejected.class);
        return it.decided.getFirst().why().words();
    }
}
