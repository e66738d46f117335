package dev.sluice.applier.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.core.Backoff;
import dev.sluice.applier.core.Failure;
import dev.sluice.applier.core.Urgency;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CallQueueTest {
    private static final Failure REFUSED = Failure.away("connection refused", Duration.ZERO);

    private final List<Runnable> started = new ArrayList<>();
    private final List<String> ran = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<String> held = new ArrayList<>();
    private final NavigableMap<Instant, Runnable> alarms = new TreeMap<>();
    private int probes;
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private Optional<Failure> answer = Optional.empty();
    private final Clock clock = new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };
    private final CallQueue queue = new CallQueue(
            new Pace(2, Backoff.DEFAULT), started::add, this::probe, (at, call) -> alarms.put(at, call), clock);

    private Optional<Failure> probe() {
        probes++;
        return answer;
    }

    private Effects.Asked submit(Urgency urgency, String name) {
        return queue.submit(urgency, new CallQueue.Job() {
            @Override
            public CallQueue.Attempt run() {
                ran.add(name);
                return new CallQueue.Attempt(answer, () -> told.add(name));
            }

            @Override
            public void held(String reason) {
                held.add(name + ": " + reason);
            }
        });
    }

    private void finishOne() {
        started.removeFirst().run();
    }

    private void finishAll() {
        while (!started.isEmpty()) {
            finishOne();
        }
    }

    private void later(Duration wait) {
        now = now.plus(wait);
        while (!alarms.isEmpty() && !alarms.firstKey().isAfter(now)) {
            alarms.pollFirstEntry().getValue().run();
        }
    }

    @Test
    @DisplayName("B39: only so many calls run at once; what lowers goes before every raise that waits, looks come last")
    void whatLowersGoesFirst() {
        // given
        submit(Urgency.RAISES, "raise-1");
        submit(Urgency.RAISES, "raise-2");
        submit(Urgency.KEEPS, "look");
        submit(Urgency.RAISES, "raise-3");
        submit(Urgency.LOWERS, "back");
        assertThat(started).hasSize(2);
        assertThat(queue.running()).isEqualTo(2);
        assertThat(queue.waiting()).isEqualTo(3);

        // when
        finishAll();

        // then
        assertThat(ran).containsExactly("raise-1", "raise-2", "back", "raise-3", "look");
        assertThat(queue.running()).isZero();
    }

    @Test
    @DisplayName("B39: a call that is withdrawn while it waits is not made, one under way is")
    void forgetsWhatIsWithdrawn() {
        // given
        var first = submit(Urgency.RAISES, "raise-1");
        submit(Urgency.RAISES, "raise-2");
        var third = submit(Urgency.RAISES, "raise-3");

        // when / then
        assertThat(first.withdraw()).isFalse();
        assertThat(third.withdraw()).isTrue();
        assertThat(third.withdraw()).isFalse();
        finishAll();
        assertThat(ran).containsExactly("raise-1", "raise-2");
    }

    @Test
    @DisplayName("Line 17: a call that breaks off gives its place back")
    void aBrokenCallGivesItsPlaceBack() {
        // given
        queue.submit(Urgency.RAISES, new CallQueue.Job() {
            @Override
            public CallQueue.Attempt run() {
                throw new IllegalStateException("a bug");
            }

            @Override
            public void held(String reason) {}
        });
        submit(Urgency.RAISES, "second");
        submit(Urgency.RAISES, "third");

        // when
        try {
            finishOne();
        } catch (IllegalStateException bug) {
            ran.add(bug.getMessage());
        }

        // then
        assertThat(ran).containsExactly("a bug");
        assertThat(started).hasSize(2);
    }

    @Test
    @DisplayName(
            "B19 B39: an outage costs one probe per wait, whoever waits is told, and what lowers goes first after it")
    void holdsCallsInAnOutage() {
        // given
        answer = Optional.of(REFUSED);
        submit(Urgency.RAISES, "raise-1");
        submit(Urgency.RAISES, "raise-2");
        submit(Urgency.RAISES, "raise-3");

        // when
        finishAll();
        submit(Urgency.LOWERS, "back");

        // then
        assertThat(ran).containsExactly("raise-1", "raise-2");
        assertThat(told).isEmpty();
        assertThat(held)
                .contains("raise-1: connection refused", "raise-3: connection refused", "back: connection refused");

        // when: the wait is over, and nobody answers the probe
        later(Backoff.DEFAULT.first());
        finishAll();

        // then
        assertThat(probes).isOne();
        assertThat(ran).hasSize(2);

        // when: it answers again
        answer = Optional.empty();
        later(Backoff.DEFAULT.first().multipliedBy(2));
        finishAll();

        // then
        assertThat(probes).isEqualTo(2);
        assertThat(ran.subList(2, 6)).containsExactly("back", "raise-2", "raise-1", "raise-3");
        assertThat(told).hasSize(4);
    }

    @Test
    @DisplayName("B39: an overloaded server is left alone for as long as it asks")
    void leavesAnOverloadedServerAlone() {
        // given
        answer = Optional.of(Failure.away("the API server answered 429", Duration.ofSeconds(7)));
        submit(Urgency.RAISES, "raise");
        finishAll();
        answer = Optional.empty();

        // when / then
        later(Duration.ofSeconds(6));
        assertThat(started).isEmpty();
        assertThat(queue.waiting()).isOne();
        later(Duration.ofSeconds(1));
        finishAll();
        assertThat(told).containsExactly("raise");
    }

    @Test
    @DisplayName("B39: a call that fails although others are answered is its route's concern")
    void givesUpACallWithAProblemOfItsOwn() {
        // given
        answer = Optional.of(REFUSED);
        submit(Urgency.RAISES, "poison");
        finishAll();
        assertThat(told).isEmpty();

        // when: the probe is answered, and the call is not
        answer = Optional.empty();
        later(Backoff.DEFAULT.first());
        finishOne();
        answer = Optional.of(REFUSED);
        now = now.plusMillis(1);
        finishOne();

        // then
        assertThat(told).containsExactly("poison");
        assertThat(queue.waiting()).isZero();
    }

    @Test
    @DisplayName("B39: one call that nobody answered holds nobody up while others are answered")
    void oneSilenceIsNoOutage() {
        // given
        var pace = new Pace(32, Backoff.DEFAULT);

        // when
        pace.answered(now.plusMillis(5));
        pace.away(REFUSED, now, now.plusMillis(10));

        // then
        assertThat(pace.obstacle()).isEmpty();
        assertThat(pace.allows(Urgency.RAISES, 20)).isTrue();

        // when
        pace.away(REFUSED, now.plusMillis(6), now.plusMillis(10));

        // then
        assertThat(pace.obstacle()).contains("connection refused");
        assertThat(pace.allows(Urgency.LOWERS, 0)).isFalse();
    }

    @Test
    @DisplayName("B39: one place in eight is kept for what lowers")
    void keepsPlacesForWhatLowers() {
        // given
        var pace = new Pace(32, Backoff.DEFAULT);

        // when / then
        assertThat(pace.allows(Urgency.RAISES, 27)).isTrue();
        assertThat(pace.allows(Urgency.RAISES, 28)).isFalse();
        assertThat(pace.allows(Urgency.LOWERS, 31)).isTrue();
        assertThat(pace.allows(Urgency.LOWERS, 32)).isFalse();
    }
}
