package dev.sluice.gate.kafka;

import dev.sluice.gate.core.Gate;
import dev.sluice.gate.core.GateEvent;
import dev.sluice.gate.core.GateEvent.CaughtUp;
import dev.sluice.gate.core.GateEvent.PartitionAssigned;
import dev.sluice.gate.core.GateEvent.PartitionLost;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Which partitions this instance owns, and how far it has read them. A rebalance takes all partitions away for a moment;
 * those that come straight back are read on from where they were, the others from the log again.
 */
final class Ownership implements ConsumerRebalanceListener {
    private static final Logger LOG = Logger.getLogger(Ownership.class);

    private final Consumer<byte[], byte[]> consumer;
    private final MetricTopics topics;
    private final ReadBack readBack;
    private final Gate gate;
    private final Commits commits;
    private final Completeness completeness;
    private final java.util.function.Consumer<GateEvent> tell;
    private final Map<Integer, Owned> owned = new TreeMap<>();

    Ownership(
            Consumer<byte[], byte[]> consumer,
            MetricTopics topics,
            ReadBack readBack,
            Gate gate,
            Commits commits,
            Completeness completeness,
            java.util.function.Consumer<GateEvent> tell) {
        this.consumer = consumer;
        this.topics = topics;
        this.readBack = readBack;
        this.gate = gate;
        this.commits = commits;
        this.completeness = completeness;
        this.tell = tell;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        commits.flush();
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        Set.copyOf(owned.keySet()).forEach(this::lose);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        var assigned = new TreeSet<Integer>();
        partitions.forEach(partition -> assigned.add(partition.partition()));
        if (!assigned.isEmpty() && assigned.last() >= topics.partitions()) {
            // series belong elsewhere now: whoever goes on would send them to where nobody looks for them
            throw new IllegalStateException("the metric topics have more than %d partitions now; begins anew with them"
                    .formatted(topics.partitions()));
        }
        Set.copyOf(owned.keySet()).stream()
                .filter(number -> !assigned.contains(number))
                .forEach(this::lose);
        owned.values().forEach(kept -> kept.positions().forEach(consumer::seek));
        assigned.removeAll(owned.keySet());
        readFromLog(assigned);
    }

    /** Forgets a partition's windows and reads it from the log again, because an analysis looks back further than they do. */
    void rebuild(int number) {
        if (consumer.assignment().containsAll(topics.both(number))) {
            completeness.forget(number);
            readFromLog(Set.of(number));
        } else {
            // in the middle of a rebalance: if it comes back, it is read from the log
            lose(number);
        }
    }

    private void readFromLog(Set<Integer> numbers) {
        if (numbers.isEmpty()) {
            return;
        }
        // of all partitions' analyses: what was misplaced here may be theirs
        var earliest = gate.earliestJudged();
        var starts = readBack.of(
                numbers.stream().map(topics::both).flatMap(List::stream).toList(), earliest);
        for (var number : numbers) {
            var ours = topics.both(number).stream().collect(Collectors.toMap(p -> p, starts::get));
            var start = new Owned(number, new HashMap<>(ours));
            var before = owned.put(number, start);
            if (before != null) {
                // not all of it may be committed yet, and yet none of it is to be sent on again
                before.handled().forEach(start::handledTo);
            }
            ours.forEach((partition, from) -> {
                commits.startAt(partition, from.committed());
                consumer.seek(partition, from.from());
            });
            tell.accept(new PartitionAssigned(number, start.completeSince(), start.readSince()));
        }
        LOG.infof(
                "reading partitions %s from the log, judged since %s",
                numbers, earliest.map(Object::toString).orElse("-"));
    }

    private void lose(int number) {
        owned.remove(number);
        commits.forget(topics.both(number));
        completeness.forget(number);
        tell.accept(new PartitionLost(number));
    }

    /**
     * After each poll: how far each partition has been read, end-of-transaction markers included. A poll may return in the
     * middle of a rebalance, when the consumer has no partition and may yet keep each.
     */
    void positionsTaken() {
        var assigned = consumer.assignment();
        for (var partition : owned.values()) {
            if (!assigned.containsAll(topics.both(partition.number()))) {
                continue;
            }
            topics.both(partition.number()).forEach(p -> partition.moveTo(p, consumer.position(p)));
            if (partition.catchesUp()) {
                tell.accept(new CaughtUp(partition.number()));
            }
        }
    }

    /**
     * What may be committed as soon as it is acknowledged. Of the placed topic, for whose commits nobody waits, nothing before a
     * partition is caught up: only then is it known whether an alert's end lifts a freeze, and whoever comes next has to find that end.
     */
    Map<TopicPartition, Long> handled() {
        var handled = new HashMap<TopicPartition, Long>();
        owned.values().forEach(partition -> {
            handled.putAll(partition.handled());
            if (!partition.isCaughtUp()) {
                handled.remove(topics.placed(partition.number()));
            }
        });
        return handled;
    }

    /**
     * The partitions of the metrics topic, whose commits everyone waits for, with windows that are still being read back.
     * None in the middle of a rebalance: another instance may have it by now.
     */
    Map<TopicPartition, Owned> behind() {
        var assigned = consumer.assignment();
        var behind = new HashMap<TopicPartition, Owned>();
        owned.forEach((number, partition) -> {
            var metrics = topics.metrics(number);
            if (assigned.contains(metrics) && partition.isBehind(metrics)) {
                behind.put(metrics, partition);
            }
        });
        return behind;
    }

    Owned get(int number) {
        return owned.get(number);
    }

    Set<Integer> numbers() {
        return owned.keySet();
    }
}
