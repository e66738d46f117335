package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.inProgress;
import static dev.sluice.engine.core.Plans.pause;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.core.state.Freeze;
import dev.sluice.engine.core.state.Surroundings;
import dev.sluice.engine.core.state.WakeUps;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.rollout.InProgress;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Mirror;
import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.RolloutPlan;
import dev.sluice.schemas.rollout.Step;
import dev.sluice.schemas.rollout.window.Invoker;
import dev.sluice.schemas.rollout.window.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Noon of a Friday in UTC is one o'clock in Berlin. */
class WindowTest {
    private static final Window MORNINGS =
            new Window.Allow("0 9 * * MON-FRI", Duration.ofHours(3), ZoneId.of("Europe/Berlin"), List.of());
    private static final Instant MONDAY_NINE = Instant.parse("2026-11-23T08:00:00Z");

    private static RolloutPlan within(Window window, Step... steps) {
        return new RolloutPlan(
                "shop/checkout", Map.of(), plan(steps).targets(), false, List.of(), InProgress.REJECT, List.of(window));
    }

    private static Scenario until(Scenario it, Instant at) {
        return it.later(Duration.between(it.now, at));
    }

    private static Scenario start(RolloutPlan plan, boolean automated, boolean overrides, String... roles) {
        var it = new Scenario();
        it.surroundings = new Surroundings(List.of(), Set.of("release-manager"));
        return it.tell(command(CommandType.START, plan, automated, overrides, "security fix", roles));
    }

    private static Event command(
            CommandType type, RolloutPlan plan, boolean automated, boolean overrides, String reason, String... roles) {
        var command = new Command(
                type.word(),
                type,
                "shop/checkout",
                null,
                "alice",
                List.of(roles),
                reason,
                "1.4.2",
                null,
                null,
                null,
                null,
                null,
                null,
                automated,
                null,
                null,
                false,
                overrides);
        var file = plan == null ? null : new RolloutFileReader.Read.Valid(plan);
        return new Event.CommandReceived(Scenario.START, Scenario.START, command, false, file);
    }

    @Test
    @DisplayName("B24: outside the allow windows the first weight waits, and says when one opens")
    void holdsTheFirstWeight() {
        // when
        var it = new Scenario().start(within(MORNINGS, weight(10), weight(100))).applied();

        // then
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        assertThat(it.phase()).isEqualTo(Phase.WAITING);
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.WINDOW_CLOSED);
        assertThat(it.status().reason()).isEqualTo("step 1 waits until " + MONDAY_NINE + ": outside the allow windows");
        assertThat(it.status().waitingFor().kind()).isEqualTo("window");
        assertThat(it.status().waitingFor().until()).isEqualTo(MONDAY_NINE);
        until(it, MONDAY_NINE.minusMillis(1));
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        until(it, MONDAY_NINE);
        assertThat(it.ordered()).isEqualTo(Weight.percent(10));
    }

    @Test
    @DisplayName("B24: a later raise waits too, where its window has closed meanwhile")
    void holdsEachRaise() {
        // given
        var it = new Scenario();
        it.now = MONDAY_NINE;
        it.start(within(MORNINGS, weight(10), pause(Duration.ofHours(4)), weight(100)));
        it.applied().applied();

        // when
        it.later(Duration.ofHours(4));

        // then
        assertThat(it.ordered()).isEqualTo(Weight.percent(10));
        assertThat(it.status().waitingFor().until()).isEqualTo(MONDAY_NINE.plus(Duration.ofDays(1)));
    }

    @Test
    @DisplayName("B24: a freeze in the file holds within it, and a wake-up never stays due")
    void holdsWithinAFreezeOfTheFile() {
        // given
        var end = Scenario.START.plus(Duration.ofHours(2));
        var freeze = new Window.Freeze(Scenario.START, end, "holidays", List.of());

        // when
        var it = new Scenario().start(within(freeze, weight(100))).applied();

        // then
        assertThat(it.status().reason())
                .isEqualTo("step 1 waits until " + end + ": frozen until " + end + ": holidays");
        assertThat(WakeUps.of(it.state))
                .singleElement()
                .satisfies(due -> assertThat(due.at()).isEqualTo(end));
        until(it, end);
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
    }

    @Test
    @DisplayName("B24: an abort doesn't wait for a window")
    void goingBackNeverWaits() {
        // given
        var it = new Scenario();
        it.now = MONDAY_NINE;
        it.start(within(MORNINGS, weight(10), pause(Duration.ofHours(4)), weight(100)));
        it.applied().applied();
        it.later(Duration.ofHours(4));

        // when
        it.say(CommandType.ABORT);

        // then
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
    }

    @Test
    @DisplayName("B24: requests by their match wait for a window, copies of requests don't")
    void matchesWaitAndMirrorsDont() {
        // given
        var match = new Match(List.of(new Match.Condition("x-beta", "1", null, null)), null, null, null, null, null);
        var mirrored = new Step.SetMirror(new Mirror(BigDecimal.TEN));

        // when
        var it = new Scenario()
                .start(within(MORNINGS, mirrored, new Step.SetMatch(match), weight(100)))
                .applied();

        // then
        assertThat(it.lastOrder().mirror()).isNotNull();
        it.applied();
        assertThat(it.phase()).isEqualTo(Phase.WAITING);
        assertThat(it.status().reason()).startsWith("step 2 waits");
    }

    @Test
    @DisplayName("a window binds those that it names: automation, or people")
    void bindsItsInvokers() {
        // given
        var forAutomation = new Window.Allow(
                "0 9 * * MON-FRI", Duration.ofHours(3), ZoneId.of("Europe/Berlin"), List.of(Invoker.AUTOMATION));
        var plan = within(forAutomation, weight(10), weight(100));

        // then
        assertThat(start(plan, true, false).applied().phase()).isEqualTo(Phase.WAITING);
        assertThat(start(plan, false, false).applied().phase()).isEqualTo(Phase.PROGRESSING);
    }

    @Test
    @DisplayName("of a window and a freeze that hold a raise, the one that ends later is told")
    void tellsWhatEndsLater() {
        // given
        var it = new Scenario();
        var freeze = new Freeze("xmas", Map.of(), "bob", null, Scenario.START, Scenario.START.plusSeconds(60));
        it.surroundings = new Surroundings(List.of(freeze), Set.of());

        // when
        it.start(within(MORNINGS, weight(10), weight(100))).applied();

        // then
        assertThat(it.status().waitingFor().kind()).isEqualTo("window");
        it.surroundings =
                new Surroundings(List.of(new Freeze("endless", Map.of(), "bob", null, Scenario.START, null)), Set.of());
        until(it, MONDAY_NINE);
        assertThat(it.status().waitingFor().name()).isEqualTo("endless");
        assertThat(it.phase()).isEqualTo(Phase.WAITING);
    }

    @Test
    @DisplayName("overrideFreeze on a start lets all its raises pass, with a role and a reason, and is audited")
    void aStartOverrides() {
        // when
        var it = start(within(MORNINGS, weight(10), weight(100)), false, true, "release-manager");

        // then
        assertThat(it.messages(Topic.AUDIT, Audit.class))
                .filteredOn(entry -> entry.decision().equals("FreezeOverridden"))
                .singleElement()
                .satisfies(entry ->
                        assertThat(entry.reason()).isEqualTo("freezes and windows overridden by alice: security fix"));
        it.applied();
        assertThat(it.ordered()).isEqualTo(Weight.percent(10));
        it.applied();
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
    }

    @Test
    @DisplayName("B03: overrideFreeze of a start that waits is audited when it is given, and when it counts")
    void aStartThatWaitsOverridesOnceItStarts() {
        // given
        var it = new Scenario();
        it.surroundings = new Surroundings(List.of(), Set.of("release-manager"));
        it.start("r-1", within(MORNINGS, weight(10), weight(100))).applied();

        // when
        var waits = inProgress(InProgress.ENQUEUE_ONE, within(MORNINGS, weight(20), weight(100)));
        it.tell(command(CommandType.START, waits, false, true, "security fix", "release-manager"));

        // then
        assertThat(overridden(it))
                .startsWith("freezes and windows overridden, once rollout ")
                .endsWith("security fix");
        it.later(Duration.ofSeconds(1));
        assertThat(it.phase()).as("what runs has no leave").isEqualTo(Phase.WAITING);
        it.say(CommandType.ABORT, "bob", List.of(), null, new Command.Expect("r-1", null), false);
        it.applied();
        assertThat(overridden(it))
                .contains("by alice, as asked for with the start")
                .contains("security fix");
        it.applied();
        assertThat(it.ordered()).isEqualTo(Weight.percent(20));
    }

    private static String overridden(Scenario it) {
        return it.messages(Topic.AUDIT, Audit.class).stream()
                .filter(entry -> entry.decision().equals("FreezeOverridden"))
                .findFirst()
                .orElseThrow()
                .reason();
    }

    @Test
    @DisplayName(
            "overrideFreeze without its role, without a reason or where nobody may is rejected, and nothing starts")
    void onlySomeMayOverride() {
        // given
        var plan = within(MORNINGS, weight(10), weight(100));

        // then
        assertThat(start(plan, false, true, "dev")
                        .decided(Decision.Rejected.class)
                        .why()
                        .words())
                .contains("overrideFreeze needs one of the roles [release-manager]; alice has [dev]");
        var silent = new Scenario();
        silent.surroundings = new Surroundings(List.of(), Set.of("release-manager"));
        silent.tell(command(CommandType.START, plan, false, true, " ", "release-manager"));
        assertThat(silent.decided(Decision.Rejected.class).why().words()).contains("needs a `reason`");
        var nobody = new Scenario().tell(command(CommandType.START, plan, false, true, "fix", "release-manager"));
        assertThat(nobody.decided(Decision.Rejected.class).why().words()).contains("sluice.freezes.override-roles");
        assertThat(nobody.state.rollout()).isNull();
    }

    @Test
    @DisplayName("overrideFreeze on an approval lets the next raise pass, and no other")
    void anApprovalOverridesOnce() {
        // given
        var it = start(within(MORNINGS, approval(), weight(10), weight(100)), false, false);
        it.applied();
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);

        // when
        it.tell(command(CommandType.APPROVE, null, false, true, "fix", "release-manager"));

        // then
        assertThat(it.ordered()).isEqualTo(Weight.percent(10));
        it.applied();
        assertThat(it.phase()).isEqualTo(Phase.WAITING);
    }

    @Test
    @DisplayName("overrideFreeze on an approval of nothing but a raise that waits lets that raise pass")
    void anApprovalFreesARaise() {
        // given
        var it = start(within(MORNINGS, weight(10), weight(100)), false, false);
        it.applied();
        assertThat(it.phase()).isEqualTo(Phase.WAITING);
        it.say(CommandType.APPROVE);
        assertThat(it.decided(Decision.Rejected.class).why().words()).contains("no approval is waited for");

        // when
        it.tell(command(CommandType.APPROVE, null, false, true, "fix", "release-manager"));

        // then
        assertThat(it.hasDecided(Decision.FreezeOverridden.class)).isTrue();
        assertThat(it.ordered()).isEqualTo(Weight.percent(10));
    }
}
