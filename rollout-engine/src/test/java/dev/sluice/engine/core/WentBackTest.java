package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.inProgress;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.core.state.HeldRevisions;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.InProgress;
import dev.sluice.schemas.rollout.RolloutPlan;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** B47: automation doesn't go forward again where a person went back. */
class WentBackTest {
    private static final RolloutPlan STEPS = plan(weight(10), approval(), weight(100));

    private static Scenario running(boolean automated) {
        return new Scenario()
                .start("r-1", "1.4.2", automated, STEPS)
                .applied()
                .applied()
                .later(Duration.ofSeconds(1));
    }

    private static Scenario aborted() {
        return running(true).say(CommandType.ABORT).applied().later(Duration.ofSeconds(1));
    }

    static Stream<UnaryOperator<Scenario>> waysBack() {
        return Stream.of(
                it -> it.say(CommandType.ABORT),
                it -> it.report(Outcome.TAKEN_BACK, null),
                it -> it.say(CommandType.APPROVE)
                        .applied()
                        .applied()
                        .later(Duration.ofSeconds(1))
                        .say(CommandType.UNDO));
    }

    @ParameterizedTest
    @MethodSource("waysBack")
    @DisplayName(
            "B47: whatever way a person goes back, the revision is held against automation, and not against people")
    void isHeld(UnaryOperator<Scenario> back) {
        // given
        var it = back.apply(running(true));
        assertThat(it.decided(Decision.RevisionHeld.class).held().revision()).isEqualTo("1.4.2");
        it.applied().applied().applied().later(Duration.ofSeconds(1));
        assertThat(it.state.running()).isFalse();

        // when
        it.start("r-2", "1.4.2", true, STEPS);

        // then
        assertThat(it.decided(Decision.Rejected.class).why().words()).contains("'release'");
        assertThat(it.start("r-3", "1.4.3", true, STEPS).state.rollout().id()).isEqualTo("r-3");
    }

    @Test
    @DisplayName("B47: a person who starts it again lifts the hold")
    void isLiftedByAPersonsStart() {
        // when
        var it = aborted().start("r-2", "1.4.2", false, STEPS);

        // then
        assertThat(it.hasDecided(Decision.RevisionReleased.class)).isTrue();
        assertThat(it.messages(Topic.AUDIT, Audit.class))
                .filteredOn(audit -> audit.decision().equals("RevisionReleased"))
                .extracting(Audit::before)
                .containsExactly(Map.of("held", "1.4.2"));
        assertThat(it.state.rollout().id()).isEqualTo("r-2");
        assertThat(it.state.held()).isEqualTo(HeldRevisions.NONE);
    }

    @Test
    @DisplayName("B47: a retry counts as a start")
    void holdsARetryOfAutomation() {
        // given
        var it = aborted();

        // when, then
        it.ask(CommandType.RETRY, "r-2", null, true);
        assertThat(it.hasDecided(Decision.Rejected.class)).isTrue();
        it.ask(CommandType.RETRY, "r-3", null, false);
        assertThat(it.state.rollout().id()).isEqualTo("r-3");
    }

    @Test
    @DisplayName("B47: release lifts it, and is rejected where nothing is held")
    void isReleased() {
        // given
        var it = aborted();
        it.ask(CommandType.RELEASE, "x-1", "1.4.3", false);
        assertThat(it.decided(Decision.Rejected.class).why().words())
                .contains("1.4.3 is not held")
                .contains("1.4.2");

        // when
        it.ask(CommandType.RELEASE, "x-2", null, false);

        // then
        it.start("r-2", "1.4.2", true, STEPS);
        assertThat(it.state.rollout().id()).isEqualTo("r-2");
        it.ask(CommandType.RELEASE, "x-3", null, false);
        assertThat(it.decided(Decision.Rejected.class).why().words()).contains("nothing is held");
    }

    @Test
    @DisplayName("B47: what goes back by itself, or by automation, is not held")
    void holdsOnlyWhatPeopleWentBackFrom() {
        // when
        var timedOut = running(true).later(Duration.ofHours(3));
        var automated = running(true).ask(CommandType.ABORT, "a", null, true);
        var superseded = running(true).start("r-2", "1.4.3", true, inProgress(InProgress.SUPERSEDE, STEPS));

        // then
        assertThat(Stream.of(timedOut, automated, superseded))
                .allMatch(it -> it.state.held().equals(HeldRevisions.NONE));
    }

    @Test
    @DisplayName("B47: what waits is not started either, once a person went back from its revision")
    void dropsWhatWaits() {
        // given
        var it = running(false)
                .start("r-2", "1.4.2", true, inProgress(InProgress.ENQUEUE_ONE, plan(weight(50), weight(100))));
        assertThat(it.state.queued()).isNotNull();

        // when
        it.report(Outcome.TAKEN_BACK, null).applied();

        // then
        assertThat(it.state.queued()).isNull();
        assertThat(it.state.running()).isFalse();
    }

    @Test
    @DisplayName("B25: as many as are kept, the oldest goes first")
    void isBounded() {
        // given
        var held = HeldRevisions.NONE;

        // when
        for (int i = 0; i < 40; i++) {
            held = held.with(new HeldRevisions.Held("1." + i, "alice", Scenario.START));
        }

        // then
        assertThat(held.revisions()).hasSize(16);
        assertThat(held.find("1.39")).isPresent();
        assertThat(held.find("1.0")).isEmpty();
    }
}
