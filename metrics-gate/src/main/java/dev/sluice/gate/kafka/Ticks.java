package dev.sluice.gate.kafka;

import dev.sluice.gate.core.Gate;
import dev.sluice.gate.core.GateEvent.TimeReached;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Learns broker time where no event brings it: appends a tick to a partition when one of its runs should be over. This
 * machine's clock only says when to ask; how far it is off the broker's is learned from the first tick.
 */
final class Ticks {
    private final Gate gate;
    private final MetricTopics topics;
    private final Outbound outbound;
    private final Mailbox mailbox;
    private final Clock clock;
    private final Map<Integer, Duration> aheadOfUs = new HashMap<>();
    private final Set<Integer> underWay = new HashSet<>();

    Ticks(Gate gate, MetricTopics topics, Outbound outbound, Mailbox mailbox, Clock clock) {
        this.gate = gate;
        this.topics = topics;
        this.outbound = outbound;
        this.mailbox = mailbox;
        this.clock = clock;
    }

    void sendDue(Collection<Integer> partitions) {
        for (var partition : partitions) {
            var wait = untilDue(partition);
            if (wait.isPresent() && !wait.get().isPositive() && underWay.add(partition)) {
                send(partition);
            }
        }
    }

    private void send(int partition) {
        outbound.tick(topics.placed(partition), (at, failure) -> {
            if (failure == null) {
                mailbox.post(new TimeReached(partition, at));
            } else {
                mailbox.fail(new IllegalStateException("a tick could not be written", failure));
            }
        });
    }

    void reached(TimeReached tick) {
        underWay.remove(tick.partition());
        aheadOfUs.put(tick.partition(), Duration.between(clock.instant(), tick.at()));
    }

    /** How long nothing has to be done for these partitions; empty for as long as it likes. */
    Optional<Duration> untilDue(Collection<Integer> partitions) {
        return partitions.stream()
                .filter(partition -> !underWay.contains(partition))
                .flatMap(partition -> untilDue(partition).stream())
                .min(Duration::compareTo);
    }

    private Optional<Duration> untilDue(int partition) {
        return gate.nextDue(partition).map(due -> {
            var ahead = aheadOfUs.get(partition);
            return ahead == null
                    ? Duration.ZERO
                    : Duration.between(clock.instant().plus(ahead), due);
        });
    }

    void forget(int partition) {
        underWay.remove(partition);
    }

    /** For {@link Instant}s of this machine's clock. */
    Duration until(Instant instant) {
        return Duration.between(clock.instant(), instant);
    }
}
