package dev.sluice.applier.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.applier.core.Decider;
import dev.sluice.applier.core.Decision;
import dev.sluice.applier.core.EndpointCount;
import dev.sluice.applier.core.Event;
import dev.sluice.applier.core.RouteState;
import dev.sluice.applier.core.Rules;
import dev.sluice.applier.core.Sight;
import dev.sluice.applier.core.Traits;
import dev.sluice.applier.core.Urgency;
import dev.sluice.schemas.message.WeightOrder.End;
import dev.sluice.schemas.wire.Lineage;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RouteActorTest {
    private static final Traits TRAITS = new Traits(true, "checkout");

    /** Keeps what it is asked, and answers when the test says so. */
    private static final class Slow implements Effects {
        private final List<Decision.Call> calls = new ArrayList<>();
        private final List<Consumer<Event>> answers = new ArrayList<>();
        private final List<Decision> decisions = new ArrayList<>();
        private final List<Instant> wakes = new ArrayList<>();
        private final List<Runnable> alarms = new ArrayList<>();
        private final List<String> forgotten = new ArrayList<>();
        private boolean isWaiting;

        @Override
        public Asked call(Decision.Call call, Urgency urgency, Lineage lineage, Consumer<Event> answer) {
            calls.add(call);
            answers.add(answer);
            return () -> isWaiting;
        }

        @Override
        public void report(Decision.Report report, Lineage lineage) {}

        @Override
        public void wake(Instant at, Runnable call) {
            wakes.add(at);
            alarms.add(call);
        }

        @Override
        public void count(Decision decision) {
            decisions.add(decision);
        }

        @Override
        public void released(String route) {}

        @Override
        public void forgotten(String route) {
            forgotten.add(route);
        }
    }

    private final Slow slow = new Slow();
    private final RouteActor actor = RouteActor.alone(
            RouteState.open(TestOrder.of(0).route()),
            new Decider(Rules.DEFAULT)::decide,
            slow,
            Runnable::run,
            Clock.fixed(TestOrder.NOW, ZoneOffset.UTC));

    private void order(TestOrder order) {
        actor.offer(new Event.OrderRead(order.build(), TRAITS, TestOrder.NOW));
    }

    @Test
    @DisplayName(
            "Line 7: an abort that comes while the API server is asked is taken at once, and acted on with the answer")
    void anAbortIsHeardDuringALook() {
        // given
        order(TestOrder.of(50).numbered(3));
        assertThat(slow.calls).hasSize(1).allMatch(Decision.Look.class::isInstance);

        // when
        order(TestOrder.of(0).numbered(4));

        // then
        assertThat(actor.state().order().sequence()).isEqualTo(4);
        slow.answers.getFirst().accept(new Event.Looked(Sight.ABSENT, endpoints(1, 1), Set.of(), TestOrder.NOW));
        assertThat(slow.calls).noneMatch(Decision.Create.class::isInstance);
        assertThat(actor.state().standing().weight().isZero()).isTrue();
    }

    @Test
    @DisplayName("B18: what a watch told while the API server was asked is newer than the answer (found by seed 11910)")
    void believesTheWatchOverAnOlderAnswer() {
        // given
        order(TestOrder.of(25));
        actor.offer(new Event.EndpointsSeen(Map.of("checkout-canary", EndpointCount.NONE), TestOrder.NOW));

        // when
        slow.answers.getFirst().accept(new Event.Looked(Sight.ABSENT, endpoints(1, 3), Set.of(), TestOrder.NOW));

        // then
        assertThat(slow.calls).noneMatch(Decision.Create.class::isInstance);
        assertThat(actor.state().waiting()).isTrue();
    }

    private void settle() {
        order(TestOrder.begins());
        slow.answers.getFirst().accept(new Event.Looked(Sight.ABSENT, endpoints(1, 1), Set.of(), TestOrder.NOW));
    }

    @Test
    @DisplayName("B49: every route is looked at again within ten minutes, whatever its watch says")
    void looksAgainByItself() {
        // given
        settle();

        // then
        assertThat(slow.wakes)
                .isNotEmpty()
                .allMatch(at ->
                        !at.isBefore(TestOrder.NOW.plusSeconds(300)) && !at.isAfter(TestOrder.NOW.plusSeconds(600)));
    }

    @Test
    @DisplayName("B49: a route that no watch shows looks for itself within half a minute of hearing that")
    void looksWhereNoWatchDoes() {
        // given
        settle();
        slow.wakes.clear();

        // when
        actor.unwatched();

        // then
        assertThat(slow.wakes).singleElement().matches(at -> !at.isAfter(TestOrder.NOW.plusSeconds(30)));

        // when
        slow.alarms.getLast().run();

        // then: the look of its own that is ahead stays the only one
        assertThat(slow.wakes).hasSize(1);
    }

    @Test
    @DisplayName("B20 B49: an ending that is still being carried out looks for itself too, one that is done does not")
    void looksUntilItHasEnded() {
        // given
        order(TestOrder.of(0).ending(End.RELEASE));
        slow.wakes.clear();

        // when
        actor.unwatched();

        // then
        assertThat(slow.wakes).hasSize(1);

        // when
        slow.answers.getFirst().accept(new Event.Looked(Sight.ABSENT, endpoints(1, 1), Set.of(), TestOrder.NOW));
        assertThat(actor.state().applied()).isTrue();
        actor.unwatched();

        // then
        assertThat(slow.wakes).hasSize(1);
    }

    @Test
    @DisplayName("B39: a newer order takes the turn of a call that still waits")
    void takesTheTurnOfAnOlderOrder() {
        // given
        order(TestOrder.begins());
        slow.answers.getFirst().accept(new Event.Looked(Sight.ABSENT, endpoints(1, 1), Set.of(), TestOrder.NOW));
        assertThat(slow.calls).last().isInstanceOf(Decision.Create.class);
        slow.isWaiting = true;

        // when
        order(TestOrder.of(25));

        // then
        assertThat(slow.calls)
                .last()
                .isInstanceOfSatisfying(
                        Decision.Look.class,
                        look -> assertThat(look.order().sequence()).isEqualTo(2));
    }

    @Test
    @DisplayName("B19 B39: who waits for a call that is held back hears why, and the call stays asked for")
    void saysWhyACallIsHeld() {
        // given
        order(TestOrder.of(25));

        // when
        slow.answers.getFirst().accept(new Event.Held("connection refused", TestOrder.NOW));
        slow.answers.getFirst().accept(new Event.Held("connection refused", TestOrder.NOW));

        // then
        assertThat(actor.state().standing().reason()).isEqualTo("connection refused; trying again");
        assertThat(slow.decisions).filteredOn(Decision.Report.class::isInstance).hasSize(1);
        assertThat(actor.state().call()).isNotNull();
        assertThat(actor.state().waiting()).isTrue();
    }

    @Test
    @DisplayName("line 18: an alarm of a closed route that rings late takes nothing from whoever serves the route now")
    void aLateAlarmTakesNothing() {
        // given
        order(TestOrder.of(25));

        // when
        actor.close();
        actor.offer(new Event.Reminded(TestOrder.NOW));

        // then
        assertThat(slow.forgotten).isEmpty();
    }

    @Test
    @DisplayName("line 18: a route that is forgotten leaves nothing behind, whatever comes for it later")
    void leavesNothingBehind() {
        // given
        order(TestOrder.of(25));

        // when
        actor.close();
        slow.answers.getFirst().accept(new Event.Looked(Sight.ABSENT, endpoints(1, 1), Set.of(), TestOrder.NOW));

        // then
        assertThat(slow.calls).hasSize(1);
        assertThat(slow.forgotten).containsExactly(TestOrder.of(25).route());
    }

    @Test
    @DisplayName(
            "B01: of two routes in one object the one that goes back is called for first, if the other's call only waits")
    void givesWayToTheWayBack() {
        // given
        var object = new ObjectActor(Runnable::run);
        var clock = Clock.fixed(TestOrder.NOW, ZoneOffset.UTC);
        var one = new RouteActor(RouteState.open("one"), new Decider(Rules.DEFAULT)::decide, slow, object, clock);
        var other = new RouteActor(RouteState.open("other"), new Decider(Rules.DEFAULT)::decide, slow, object, clock);
        one.offer(new Event.OrderRead(TestOrder.of(50).numbered(3).build(), TRAITS, TestOrder.NOW));
        other.offer(new Event.OrderRead(TestOrder.of(60).numbered(3).build(), TRAITS, TestOrder.NOW));
        assertThat(slow.calls).as("one call of an object at a time").hasSize(1);

        // when
        slow.isWaiting = true;
        other.offer(new Event.OrderRead(TestOrder.of(0).numbered(4).build(), TRAITS, TestOrder.NOW));

        // then
        assertThat(slow.calls).hasSize(2);
        assertThat(slow.calls.getLast().order().sequence()).isEqualTo(4);
        other.offer(new Event.Looked(Sight.ABSENT, endpoints(1, 1), Set.of(), TestOrder.NOW));
        assertThat(slow.calls).as("then it is the other's turn again").hasSize(3);
        assertThat(slow.calls.getLast().order().sequence()).isEqualTo(3);
    }

    @Test
    @DisplayName("B39: a bug on an answer fails the call, and the route goes on")
    void goesOnAfterABug() {
        // given
        var rules = new Decider(Rules.DEFAULT);
        var broken = RouteActor.alone(
                RouteState.open("one"),
                (state, event) -> {
                    if (event instanceof Event.Looked) {
                        throw new IllegalStateException("as a mesh might");
                    }
                    return rules.decide(state, event);
                },
                slow,
                Runnable::run,
                Clock.fixed(TestOrder.NOW, ZoneOffset.UTC));
        broken.offer(new Event.OrderRead(TestOrder.of(50).build(), TRAITS, TestOrder.NOW));

        // when
        slow.answers.getFirst().accept(new Event.Looked(Sight.ABSENT, Map.of(), Set.of(), TestOrder.NOW));

        // then
        assertThat(broken.state().call()).isNull();
        assertThat(broken.state().retryAt()).isNotNull();
        assertThat(broken.state().standing().reason()).contains("Sluice failed on it");
    }

    private static Map<String, EndpointCount> endpoints(int active, int canary) {
        return Map.of("checkout", EndpointCount.ready(active), "checkout-canary", EndpointCount.ready(canary));
    }
}
