package dev.sluice.gate.kafka;

import dev.sluice.gate.core.GateEvent;
import dev.sluice.gate.core.GateEvent.Complete;
import dev.sluice.gate.core.GateEvent.Incomplete;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Makes sure that every event appended before a run's end is in, before the run may pass. Broker time is past the end
 * already. Then, in this order: the ends of all metric partitions are read; the group's commits reach them, so that what
 * was misplaced has been sent on; the ends of the own partitions are read, and this instance's positions reach those. One
 * check serves all runs that ended before it began. Driven by the loop; never blocks.
 */
final class Completeness {
    private static final Duration ASK_AGAIN = Duration.ofMillis(25);

    private sealed interface Stage {
        record ReadingEnds(KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> ends) implements Stage {}

        record AwaitingCommits(
                Map<TopicPartition, Long> ends, KafkaFuture<Map<TopicPartition, Long>> commits, Instant asked)
                implements Stage {}

        record ReadingOwnEnds(KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> ends) implements Stage {}

        record AwaitingOwn(Map<TopicPartition, Long> ends) implements Stage {}
    }

    private final Broker broker;
    private final MetricTopics topics;
    private final Clock clock;
    private final Duration within;
    private final Runnable wake;

    private final Map<Integer, Instant> asked = new HashMap<>();
    private final Map<Integer, Instant> checked = new HashMap<>();
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
    }

    /** When to call {@link #advance} again although nothing has happened. */
    Optional<Instant> nextLook() {
        return stage instanceof Stage.AwaitingCommits waiting
                        && waiting.commits().isDone()
                ? Optional.of(waiting.asked().plus(ASK_AGAIN))
                : Optional.ofNullable(stage == null ? null : deadline);
    }

    void advance(Function<Integer, Owned> owned, Consumer<GateEvent> tell) {
        if (stage == null && !asked.isEmpty()) {
            checked.putAll(asked);
            asked.clear();
            deadline = clock.instant().plus(within);
            stage = readEnds();
        }
        while (stage != null) {
            var before = stage;
            stage = next(owned, tell);
            if (before.equals(stage)) {
                break;
            }
        }
        if (stage != null && clock.instant().isAfter(deadline)) {
            var reason = "not all events were in by the deadline: " + waitsFor;
            checked.forEach((partition, upTo) -> tell.accept(new Incomplete(partition, upTo, reason)));
            end();
        }
    }

    private Stage next(Function<Integer, Owned> owned, Consumer<GateEvent> tell) {
        return switch (stage) {
            case Stage.ReadingEnds(var ends) -> ends.isDone() ? answered(ends, this::awaitCommits) : stage;
            case Stage.AwaitingCommits waiting -> commitsReached(waiting);
            case Stage.ReadingOwnEnds(var ends) -> ends.isDone() ? answered(ends, Stage.AwaitingOwn::new) : stage;
            case Stage.AwaitingOwn(var ends) -> {
                if (!ownReached(ends, owned)) {
                    yield stage;
                }
                checked.forEach((partition, upTo) -> tell.accept(new Complete(partition, upTo)));
                end();
                yield null;
            }
        };
    }

    /** Asks anew where the brokers failed to answer; the deadline still holds. */
    private Stage answered(
            KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> ends,
            Function<Map<TopicPartition, Long>, Stage> then) {
        return ends.isCompletedExceptionally() ? readEnds() : then.apply(offsets(Broker.await(ends)));
    }

    private Stage readEnds() {
        return new Stage.ReadingEnds(waking(broker.offsets(topics.allMetrics(), OffsetSpec.latest())));
    }

    private Stage awaitCommits(Map<TopicPartition, Long> ends) {
        return new Stage.AwaitingCommits(ends, waking(broker.committed(topics.allMetrics())), clock.instant());
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

    private boolean ownReached(Map<TopicPartition, Long> ends, Function<Integer, Owned> owned) {
        for (var partition : checked.keySet()) {
            var own = owned.apply(partition);
            if (own != null && !own.isAt(ends)) {
                waitsFor = "partition " + partition + " of " + topics.names() + " is read up to " + own.positions();
                return false;
            }
        }
        return true;
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
