package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.core.state.Freeze;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.Surroundings;
import dev.sluice.engine.core.state.WakeUp;
import dev.sluice.engine.core.state.WakeUps;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.rollout.RolloutPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FreezeTest {
    private static final Instant NOON = Scenario.START;
    private static final Instant ONE = NOON.plus(Duration.ofHours(1));

    private final Scenario everybody = of(Freeze.APPLICATION);

    private static Scenario of(String application) {
        var it = new Scenario();
        it.state = State.empty(application);
        return it;
    }

    private Scenario freeze(String id, Map<String, String> labels, Instant until) {
        return everybody.tell(told(CommandType.FREEZE, id, labels, until, null));
    }

    private Scenario unfreeze(Map<String, String> labels, String freeze) {
        return everybody.tell(told(CommandType.UNFREEZE, "lift", labels, null, freeze));
    }

    private Event told(CommandType type, String id, Map<String, String> labels, Instant until, String freeze) {
        var command = new Command(
                id,
                type,
                "*",
                null,
                "alice",
                null,
                "holidays",
                null,
                null,
                null,
                null,
                null,
                labels,
                null,
                false,
                until,
                freeze,
                false,
                false);
        return new Event.CommandReceived(everybody.now, NOON, command, false, null);
    }

    /** In surroundings where all of those stand. */
    private Scenario frozen(RolloutPlan plan) {
        var it = new Scenario();
        it.surroundings = new Surroundings(everybody.state.freezes(), Set.of());
        return it.start(plan).applied();
    }

    private static RolloutPlan labelled(Map<String, String> labels) {
        return new RolloutPlan(
                "shop/checkout", labels, plan(weight(10), weight(100)).targets());
    }

    private static void lifted(Scenario it) {
        it.surroundings = Surroundings.NONE;
    }

    @Test
    @DisplayName("B24: the first weight waits for a freeze, and says whose it is and until when")
    void holdsTheFirstWeight() {
        // given
        freeze("xmas", Map.of(), ONE);

        // when
        var it = frozen(plan(weight(10), weight(100)));

        // then
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        assertThat(it.phase()).isEqualTo(Phase.WAITING);
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.FROZEN);
        assertThat(it.status().reason()).isEqualTo("step 1 waits until " + ONE + ": frozen by alice: holidays");
        assertThat(it.status().waitingFor().kind()).isEqualTo("freeze");
        assertThat(it.status().waitingFor().name()).isEqualTo("xmas");
        assertThat(it.status().waitingFor().until()).isEqualTo(ONE);
        assertThat(it.status().nextAt()).isEqualTo(ONE);
    }

    @Test
    @DisplayName("B24: it goes on by itself once the freeze is over, and not before")
    void goesOnWhenItEnds() {
        // given
        freeze("xmas", Map.of(), ONE);
        var it = frozen(plan(weight(10), weight(100)));

        // when
        it.later(Duration.ofMinutes(59));

        // then
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        it.later(Duration.ofMinutes(1));
        assertThat(it.ordered()).isEqualTo(Weight.percent(10));
    }

    @Test
    @DisplayName("B24: abort and rollback never wait for a freeze")
    void goingBackNeverWaits() {
        // given
        var it = frozen(plan(weight(10), weight(100)));
        it.applied();
        freeze("xmas", Map.of(), null);
        it.surroundings = new Surroundings(everybody.state.freezes(), Set.of());

        // when
        it.say(CommandType.ABORT);

        // then
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
        it.applied();
        assertThat(it.phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    @Test
    @DisplayName("B24: a freeze by labels holds the rollouts that have all of them, and no others")
    void holdsByLabels() {
        // given
        freeze("team", Map.of("team", "checkout", "tier", "1"), null);

        // then
        assertThat(frozen(labelled(Map.of("team", "checkout", "tier", "1", "x", "y")))
                        .phase())
                .isEqualTo(Phase.WAITING);
        assertThat(frozen(labelled(Map.of("team", "checkout"))).phase()).isEqualTo(Phase.PROGRESSING);
        assertThat(frozen(labelled(Map.of())).phase()).isEqualTo(Phase.PROGRESSING);
    }

    @Test
    @DisplayName("B24: of several freezes the one that holds the longest is told")
    void tellsTheLongest() {
        // given
        freeze("short", Map.of(), ONE);
        freeze("endless", Map.of(), null);

        // then
        var it = frozen(plan(weight(10), weight(100)));
        assertThat(it.status().waitingFor().name()).isEqualTo("endless");
        assertThat(it.status().waitingFor().until()).isNull();
        assertThat(it.status().nextAt()).isNull();
    }

    @Test
    @DisplayName("B24: resume doesn't lift a freeze")
    void resumeLiftsNoFreeze() {
        // given
        freeze("xmas", Map.of(), null);
        var it = frozen(plan(weight(10), weight(100)));

        // when
        it.say(CommandType.RESUME);

        // then
        assertThat(it.decided(Decision.Rejected.class).why().words()).contains("nothing to resume", "Waiting");
        it.say(CommandType.PAUSE);
        it.say(CommandType.RESUME);
        assertThat(it.phase()).isEqualTo(Phase.WAITING);
        assertThat(it.status().reason()).contains("still waits for a window or the end of a freeze");
    }

    @Test
    @DisplayName(
            "B24: who waits for a freeze looks again by itself now and then, and tells nobody that nothing changed")
    void looksAgainNowAndThen() {
        // given
        freeze("xmas", Map.of(), null);
        var it = frozen(plan(weight(10), weight(100)));
        var look = WakeUps.of(it.state).getFirst();
        assertThat(look.kind()).isEqualTo(WakeUp.LOOK);
        assertThat(look.at()).isBetween(NOON.plus(Duration.ofMinutes(5)), NOON.plus(Duration.ofMinutes(10)));

        // when
        it.later(Duration.between(NOON, look.at()));

        // then
        assertThat(it.decided).singleElement().isInstanceOf(Decision.HoldSeenAgain.class);
        assertThat(it.published).isEmpty();
        assertThat(WakeUps.of(it.state))
                .singleElement()
                .satisfies(next -> assertThat(next.at()).isAfter(look.at()));
        lifted(it);
        it.later(Duration.ofMinutes(10));
        assertThat(it.ordered()).isEqualTo(Weight.percent(10));
        assertThat(WakeUps.of(it.state)).noneMatch(WakeUp::isLook);
    }

    @Test
    @DisplayName("B24: a freeze that ends is lifted on time, and audited")
    void aFreezeEndsByItself() {
        // given
        freeze("xmas", Map.of(), ONE);
        assertThat(WakeUps.of(everybody.state))
                .singleElement()
                .satisfies(end -> assertThat(end.at()).isEqualTo(ONE));

        // when
        everybody.later(Duration.ofHours(1));

        // then
        assertThat(everybody.state.freezes()).isEmpty();
        assertThat(WakeUps.of(everybody.state)).isEmpty();
        assertThat(everybody.messages(Topic.AUDIT, Audit.class)).singleElement().satisfies(entry -> {
            assertThat(entry.decision()).isEqualTo("Unfrozen");
            assertThat(entry.application()).isEqualTo("*");
        });
    }

    @Test
    @DisplayName("unfreeze lifts those with just its labels, or the one that it names")
    void liftsWhatIsMeant() {
        // given
        freeze("all", Map.of(), null);
        freeze("team", Map.of("team", "checkout"), null);
        freeze("team-again", Map.of("team", "checkout"), null);

        // when
        unfreeze(Map.of(), "team-again");

        // then
        assertThat(everybody.state.freezes()).extracting(Freeze::id).containsExactly("all", "team");
        unfreeze(Map.of("team", "checkout"), null);
        assertThat(everybody.state.freezes()).extracting(Freeze::id).containsExactly("all");
        unfreeze(Map.of(), null);
        assertThat(everybody.state.freezes()).isEmpty();
    }

    @Test
    @DisplayName("unfreeze of none is rejected, with what stands")
    void nothingToLift() {
        // given
        freeze("team", Map.of("team", "checkout"), null);

        // then
        assertThat(unfreeze(Map.of(), null)
                        .decided(Decision.Rejected.class)
                        .why()
                        .words())
                .contains("no such freeze stands; there are team over {team=checkout}");
        assertThat(unfreeze(Map.of("team", "checkout"), "team")
                        .decided(Decision.Rejected.class)
                        .why()
                        .words())
                .contains("leave one of them out");
    }

    @Test
    @DisplayName("a freeze of one application, of a target, that is over already or one too many is rejected")
    void freezesThatCannotBe() {
        // when
        var one = new Scenario().say(CommandType.FREEZE);

        // then
        assertThat(one.decided(Decision.Rejected.class).why().words()).contains("'pause' holds one alone");
        everybody.say(CommandType.FREEZE, "alice", List.of(), "prod", null, false);
        assertThat(everybody.decided(Decision.Rejected.class).why().words()).contains("leave `target`");
        freeze("late", Map.of(), NOON);
        assertThat(everybody.decided(Decision.Rejected.class).why().words()).contains("that is over");
        for (int i = 0; i < 100; i++) {
            freeze("freeze-" + i, Map.of(), null);
        }
        freeze("too-many", Map.of(), null);
        assertThat(everybody.decided(Decision.Rejected.class).why().words()).contains("there are 100 freezes already");
    }

    @Test
    @DisplayName("a freeze that says its id is lifted by that")
    void aNamedFreeze() {
        // given
        everybody.tell(told(CommandType.FREEZE, "f-1", Map.of(), null, "disk-full"));
        everybody.tell(told(CommandType.FREEZE, "f-2", Map.of(), null, "disk-full"));
        assertThat(everybody.hasDecided(Decision.Ignored.class)).isTrue();

        // when
        unfreeze(Map.of(), "disk-full");

        // then
        assertThat(everybody.state.freezes()).isEmpty();
    }

    @Test
    @DisplayName("B04: the same freeze again is a duplicate, also when its id was forgotten")
    void theSameFreezeAgain() {
        // given
        freeze("xmas", Map.of(), null);

        // when
        freeze("xmas", Map.of(), null);

        // then
        assertThat(everybody.decided(Decision.Ignored.class).why().words()).contains("duplicate");
        assertThat(everybody.state.freezes()).hasSize(1);
    }
}
