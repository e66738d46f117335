package dev.sluice.engine.kafka;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * One membership of the consumer group. Polls, hands each partition's records on as one batch, all partitions at once,
 * and polls again when the last is done; so no batch is under way while a rebalance is answered. Where a partition
 * goes on is for the {@link Inbox} to say, never for Kafka.
 */
final class InboundSession implements ConsumerRebalanceListener {
    private static final Logger LOG = Logger.getLogger(InboundSession.class);
    private static final Duration LONGEST_POLL = Duration.ofSeconds(1);
    private static final Duration BETWEEN_COMMITS = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> consumer;
    private final Map<String, Topic> topics;
    private final Function<Collection<String>, Map<String, String>> topicIds;
    private final Inbox inbox;
    private final EngineConfig.Inbound config;
    private final Backlog backlog;
    private final Map<TopicPartition, Partition> partitions = new HashMap<>();
    private long committedNanos = System.nanoTime();
    private volatile boolean joined;
    private volatile boolean backlogRead;
    private volatile Set<TopicPartition> commands = Set.of();
    /** Why nothing of a partition is read, where it begins with a record of a later version. */
    private final Map<TopicPartition, String> tooNew = new ConcurrentHashMap<>();

    InboundSession(
            Consumer<byte[], byte[]> consumer,
            Map<String, Topic> topics,
            Function<Collection<String>, Map<String, String>> topicIds,
            Inbox inbox,
            EngineConfig.Inbound config,
            Backlog backlog) {
        this.consumer = consumer;
        this.topics = topics;
        this.topicIds = topicIds;
        this.inbox = inbox;
        this.config = config;
        this.backlog = backlog;
    }

    /** @throws PartitionStuck when a person has to look */
    void run(BooleanSupplier stopped) {
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            consumer.subscribe(topics.keySet(), this);
            while (!stopped.getAsBoolean()) {
                goOnWithDue();
                handle(poll(), workers);
                backlogRead = backlogRead || isBacklogRead();
                commitForLagMonitors();
            }
        } finally {
            joined = false;
        }
    }

    void stop() {
        consumer.wakeup();
    }

    boolean hasJoined() {
        return joined;
    }

    /** Whether the commands that were there when this session joined have been worked off (B38). */
    boolean hasReadBacklog() {
        return backlogRead;
    }

    /** Partitions that stand still until a later version of Sluice reads them (B42). */
    List<String> tooNew() {
        return List.copyOf(tooNew.values());
    }

    /** Which partitions of commands are this instance's. */
    Set<TopicPartition> commands() {
        return commands;
    }

    private Set<TopicPartition> commandsAssigned() {
        return partitions.keySet().stream()
                .filter(name -> topics.get(name.topic()) == Topic.COMMANDS)
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean isBacklogRead() {
        return joined
                && partitions.values().stream()
                        .filter(partition -> topics.get(partition.name.topic()) == Topic.COMMANDS)
                        .allMatch(partition ->
                                partition.isPlaced() && partition.hasReached(consumer.position(partition.name)));
    }

    // ---- where partitions go on

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        joined = true;
        backlog.retain(consumer.assignment());
        for (var name : assigned) {
            // until it is placed, nothing may be fetched; the offset is a stand-in that keeps Kafka from choosing one
            consumer.pause(List.of(name));
            consumer.seek(name, 0);
            partitions.put(name, new Partition(name));
        }
        commands = commandsAssigned();
        place();
        LOG.infof("Assigned partitions: %d", consumer.assignment().size());
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        partitions.keySet().removeAll(revoked);
        tooNew.keySet().removeAll(revoked);
        revoked.forEach(backlog::isRead);
        commands = commandsAssigned();
    }

    private void goOnWithDue() {
        place();
        for (var partition : partitions.values()) {
            if (partition.isPlaced()
                    && partition.isHeldBack()
                    && partition.untilDue(System.nanoTime()).isZero()) {
                partition.goOn();
                consumer.resume(List.of(partition.name));
            }
        }
    }

    /** Asks for the place of every partition that has none; who can't be placed now is tried again later. */
    private void place() {
        var now = System.nanoTime();
        var open = partitions.values().stream()
                .filter(partition ->
                        !partition.isPlaced() && partition.untilDue(now).isZero())
                .toList();
        if (open.isEmpty()) {
            return;
        }
        try {
            var names = open.stream().map(partition -> partition.name).toList();
            var ids = topicIds.apply(
                    names.stream().map(TopicPartition::topic).distinct().toList());
            var beginnings = consumer.beginningOffsets(names);
            var ends = consumer.endOffsets(names);
            for (var partition : open) {
                var name = partition.name;
                place(partition, ids.get(name.topic()), new Inbox.Ends(beginnings.get(name), ends.get(name)));
            }
        } catch (PartitionStuck e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warnf("Cannot tell yet where to go on with %d partitions: %s", open.size(), e);
            open.forEach(this::holdBack);
        }
    }

    private void place(Partition partition, String topicId, Inbox.Ends ends) {
        switch (inbox.place(partition.name, topicId, ends)) {
            case Inbox.Place.At at -> {
                partition.place(topicId, at.offset());
                partition.endsAt(ends.end());
                tellBacklog(partition.name, at.offset() < ends.end());
                partition.goOn();
                consumer.seek(partition.name, at.offset());
                consumer.resume(List.of(partition.name));
            }
            case Inbox.Place.Nowhere nowhere -> throw new PartitionStuck(nowhere.reason());
        }
    }

    private void holdBack(Partition partition) {
        partition.holdBack(System.nanoTime(), config.retryAfter(), config.retryAfterAtMost());
        consumer.pause(List.of(partition.name));
    }

    // ---- records

    private ConsumerRecords<byte[], byte[]> poll() {
        try {
            return consumer.poll(untilSomethingIsDue());
        } catch (OffsetOutOfRangeException e) {
            LOG.warnf("The log does not reach back or on to %s", e.offsetOutOfRangePartitions());
            e.partitions().forEach(this::placeAgain);
            return ConsumerRecords.empty();
        }
    }

    private Duration untilSomethingIsDue() {
        var now = System.nanoTime();
        return partitions.values().stream()
                .filter(Partition::isHeldBack)
                .map(partition -> partition.untilDue(now))
                .reduce(LONGEST_POLL, (a, b) -> a.compareTo(b) < 0 ? a : b);
    }

    private void handle(ConsumerRecords<byte[], byte[]> records, ExecutorService workers) {
        var underWay = new HashMap<Partition, Future<Inbox.Outcome>>();
        for (var name : records.partitions()) {
            var partition = partitions.get(name);
            var batch = new PartitionBatch(
                    topics.get(name.topic()),
                    name,
                    partition.topicId(),
                    partition.expected(),
                    records.records(name).stream()
                            .filter(record -> record.offset() >= partition.expected())
                            .toList());
            if (!batch.records().isEmpty()) {
                backlog.waits(name, appended(batch.records().getFirst()));
                underWay.put(partition, workers.submit(() -> inbox.handle(batch)));
            }
        }
        underWay.forEach((partition, outcome) -> {
            conclude(partition, await(outcome));
            tellBacklog(partition.name, records.records(partition.name).getLast());
        });
        tellBacklog(records);
    }

    /** What is there and not even fetched yet may be as old as can be. */
    private void tellBacklog(TopicPartition name, boolean isBehind) {
        if (isBehind) {
            backlog.waits(name, Instant.EPOCH);
        } else {
            backlog.isRead(name);
        }
    }

    /** Where nothing came of late there may be nothing left but what isn't read: markers, and what was aborted. */
    private void tellBacklog(ConsumerRecords<byte[], byte[]> records) {
        for (var partition : partitions.values()) {
            var lag = consumer.currentLag(partition.name);
            if (records.records(partition.name).isEmpty()
                    && partition.isPlaced()
                    && !partition.isHeldBack()
                    && lag.isPresent()
                    && lag.getAsLong() == 0) {
                backlog.isRead(partition.name);
            }
        }
    }

    /** One that goes back waits from where it waited; one that stands still for a later version would hold up all the rest. */
    private void tellBacklog(TopicPartition name, ConsumerRecord<byte[], byte[]> last) {
        var partition = partitions.get(name);
        var isWorkedOff = partition != null && partition.isPlaced() && !partition.isHeldBack();
        if (tooNew.containsKey(name)
                || (isWorkedOff && consumer.currentLag(name).orElse(0) == 0)) {
            backlog.isRead(name);
        } else if (isWorkedOff) {
            backlog.waits(name, appended(last));
        }
    }

    private static Instant appended(ConsumerRecord<byte[], byte[]> record) {
        return Instant.ofEpochMilli(record.timestamp());
    }

    private void conclude(Partition partition, Inbox.Outcome outcome) {
        switch (outcome) {
            case Inbox.Outcome.Stored stored -> {
                partition.stored(stored.next());
                tooNew.remove(partition.name);
            }
            case Inbox.Outcome.Overtaken overtaken -> placeAgain(partition.name);
            case Inbox.Outcome.TryAgain tryAgain -> {
                LOG.warnf("Batch of %s goes back: %s", partition.name, tryAgain.reason());
                consumer.seek(partition.name, partition.expected());
                holdBack(partition);
            }
            case Inbox.Outcome.TooNew later -> {
                var words = partition.name + " stands still: " + later.reason();
                if (tooNew.put(partition.name, words) == null) {
                    LOG.errorf("%s", words);
                }
                consumer.seek(partition.name, partition.expected());
                holdBack(partition);
            }
        }
    }

    private void placeAgain(TopicPartition name) {
        var partition = partitions.get(name);
        if (partition != null) {
            partition.unplace();
            consumer.pause(List.of(name));
        }
    }

    private static Inbox.Outcome await(Future<Inbox.Outcome> outcome) {
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            return new Inbox.Outcome.TryAgain(String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Inbox.Outcome.TryAgain("interrupted");
        }
    }

    /** Nothing depends on these; tools that show consumer lag read them. */
    private void commitForLagMonitors() {
        if (System.nanoTime() - committedNanos < BETWEEN_COMMITS.toNanos()) {
            return;
        }
        committedNanos = System.nanoTime();
        var reached = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (var partition : partitions.values()) {
            if (partition.isPlaced()) {
                reached.put(partition.name, new OffsetAndMetadata(partition.expected()));
            }
        }
        if (!reached.isEmpty()) {
            consumer.commitAsync(reached, (offsets, failure) -> {
                if (failure != null) {
                    LOG.debugf("Offsets for lag monitors were not taken: %s", failure);
                }
            });
        }
    }
}
