package dev.sluice.gate.kafka;

import dev.sluice.gate.core.GateEvent;
import dev.sluice.gate.core.GateEvent.Complete;
import dev.sluice.gate.core.GateEvent.Incomplete;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Makes sure that every event appended before a run's end is in, before the run may pass. Broker time is past the end
 * already. Then, in this order: the ends of all metric partitions are read, others' topics with a format included; the groups'
 * commits reach them, so that what was misplaced has been sent on, and what others wrote handed over; the ends of the own partitions are read, and this instance's positions reach those. One
 * check serves all runs that ended before it began; once it has come to the own partitions, each waits for itself and the
 * next check begins. Driven by the loop; never blocks.
 */
final class Completeness {
    private static final Duration ASK_AGAIN = Duration.ofMillis(25);

    private sealed interface Stage {
        record ReadingEnds(KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> ends) implements Stage {}

        record AwaitingCommits(
                Map<TopicPartition, Long> ends, KafkaFuture<Map<TopicPartition, Long>> commits, Instant asked)
                implements Stage {}

        record ReadingOwnEnds(KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> ends) implements Stage {}
    }

    /** A partition of this instance's that is yet to be read up to these ends. */
    private record Awaited(int partition, Instant upTo, Map<TopicPartition, Long> ends, Instant deadline) {}

    private final Broker broker;
    private final MetricTopics topics;
    private final Clock clock;
    private final Duration within;
    private final Runnable wake;

    private final Map<Integer, Instant> asked = new HashMap<>();
    private final Map<Integer, Instant> checked = new HashMap<>();
    private final List<Awaited> awaited = new ArrayList<>();
    private Stage stage;
    private Instant deadline;
    private String waitsFor = "the brokers' answer";

    /** @param wake called, on any thread, when there is reason to call {@link #advance} */
    Completeness(Broker broker, MetricTopics topics, Clock clock, Duration within, Runnable wake) {
        this.broker = broker;
        this.topics = topics;
        this.clock = clock;
        this.within = within;
        this.wake = wake;
    }

    void ask(int partition, Instant upTo) {
        asked.merge(partition, upTo, (a, b) -> a.isAfter(b) ? a : b);
    }

    /** No longer this instance's. */
    void forget(int partition) {
        asked.remove(partition);
        checked.remove(partition);
        awaited.removeIf(one -> one.partition() == partition);
    }

    /** When to call {@link #advance} again although nothing has happened. */
    Optional<Instant> nextLook() {
        if (stage == null && !asked.isEmpty()) {
            return Optional.of(clock.instant());
        }
        var moments = awaited.stream().map(Awaited::deadline);
        if (stage != null) {
            moments = Stream.concat(moments, Stream.of(nextLookAtStage()));
        }
        return moments.min(Instant::compareTo);
    }

    private Instant nextLookAtStage() {
        return stage instanceof Stage.AwaitingCommits waiting
                        && waiting.commits().isDone()
                ? waiting.asked().plus(ASK_AGAIN)
                : deadline;
    }

    void advance(Function<Integer, Owned> owned, Consumer<GateEvent> tell) {
        Stage before;
        do {
            if (stage == null && !asked.isEmpty()) {
                begin();
            }
            before = stage;
            stage = stage == null ? null : next();
        } while (!Objects.equals(before, stage));
        var told = new ArrayList<GateEvent>();
        if (stage != null && clock.instant().isAfter(deadline)) {
            checked.forEach((partition, upTo) -> told.add(incomplete(partition, upTo, waitsFor)));
            end();
        }
        for (var one : List.copyOf(awaited)) {
            outcome(one, owned.apply(one.partition())).ifPresent(event -> {
                awaited.remove(one);
                told.add(event);
            });
        }
        // only now: whoever is told may ask again, or forget a partition
        told.forEach(tell);
    }

    private void begin() {
        checked.putAll(asked);
        asked.clear();
        deadline = clock.instant().plus(within);
        stage = readEnds();
    }

    private Optional<GateEvent> outcome(Awaited one, Owned own) {
        if (own == null || own.isAt(one.ends())) {
            return Optional.of(new Complete(one.partition(), one.upTo()));
        }
        if (clock.instant().isAfter(one.deadline())) {
            return Optional.of(incomplete(
                    one.partition(),
                    one.upTo(),
                    "partition " + one.partition() + " of " + topics.names() + " is read up to " + own.positions()));
        }
        return Optional.empty();
    }

    private static Incomplete incomplete(int partition, Instant upTo, String waitsFor) {
        return new Incomplete(partition, upTo, "not all events were in by the deadline: " + waitsFor);
    }

    private Stage next() {
        return switch (stage) {
            case Stage.ReadingEnds(var ends) -> ends.isDone() ? answered(ends, this::awaitCommits) : stage;
            case Stage.AwaitingCommits waiting -> commitsReached(waiting);
            case Stage.ReadingOwnEnds(var ends) -> ends.isDone() ? answered(ends, this::awaitOwn) : stage;
        };
    }

    /** Asks anew where the brokers failed to answer; the deadline still holds. */
    private Stage answered(
            KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> ends,
            Function<Map<TopicPartition, Long>, Stage> then) {
        return ends.isCompletedExceptionally() ? readEnds() : then.apply(offsets(Broker.await(ends)));
    }

    private Stage readEnds() {
        var all = Stream.concat(topics.allMetrics().stream(), broker.foreignPartitions().stream())
                .toList();
        return new Stage.ReadingEnds(waking(broker.offsets(all, OffsetSpec.latest())));
    }

    private Stage awaitCommits(Map<TopicPartition, Long> ends) {
        return new Stage.AwaitingCommits(ends, waking(broker.handled(ends.keySet())), clock.instant());
    }

    private Stage commitsReached(Stage.AwaitingCommits waiting) {
        if (!waiting.commits().isDone()) {
            return waiting;
        }
        var commits = waiting.commits().isCompletedExceptionally()
                ? Map.<TopicPartition, Long>of()
                : Broker.await(waiting.commits());
        var lagging = waiting.ends().entrySet().stream()
                .filter(end -> commits.getOrDefault(end.getKey(), 0L) < end.getValue())
                .findFirst();
        if (lagging.isEmpty()) {
            return readOwnEnds();
        }
        var partition = lagging.get().getKey();
        waitsFor = "partition " + partition.partition() + " of " + partition.topic() + " is handled up to offset "
                + commits.getOrDefault(partition, 0L) + " of " + lagging.get().getValue();
        return clock.instant().isBefore(waiting.asked().plus(ASK_AGAIN)) ? waiting : awaitCommits(waiting.ends());
    }

    private Stage readOwnEnds() {
        var own = checked.keySet().stream()
                .map(topics::both)
                .flatMap(List::stream)
                .toList();
        return new Stage.ReadingOwnEnds(waking(broker.offsets(own, OffsetSpec.latest())));
    }

    private <T> KafkaFuture<T> waking(KafkaFuture<T> answer) {
        return answer.whenComplete((result, failure) -> wake.run());
    }

    /** The check is over; each of its partitions waits for itself from here on. */
    private Stage awaitOwn(Map<TopicPartition, Long> ends) {
        checked.forEach((partition, upTo) -> awaited.add(new Awaited(partition, upTo, ends, deadline)));
        end();
        return null;
    }

    private void end() {
        checked.clear();
        stage = null;
        waitsFor = "the brokers' answer";
    }

    private static Map<TopicPartition, Long> offsets(Map<TopicPartition, ListOffsetsResultInfo> answer) {
        return answer.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }
}
