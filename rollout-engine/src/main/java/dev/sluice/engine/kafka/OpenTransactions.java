package dev.sluice.engine.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * Looks past a transaction that somebody keeps open (B44). What is appended behind it is not readable as committed until it
 * ends, which its sender may put off for minutes; an abort can't wait that long, and acting on one too many is safe. So the
 * records behind it are handed over as well, uncommitted as they are, to somebody who takes nothing but aborts from them. They
 * come again once the transaction has ended, with the same command ids.
 */
final class OpenTransactions implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(OpenTransactions.class);
    /** A partition has to be found held twice, so this is half of the time after which an abort is acted on. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(1);
    private static final Duration LONGEST_READ = Duration.ofSeconds(1);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    /** @param stable up to where records are readable as committed */
    private record Held(long stable, long lookedTo, String producer) {}

    private final Admin admin;
    private final Supplier<Map<String, Object>> consumerSettings;
    private final Supplier<Set<TopicPartition>> own;
    private final Consumer<List<ConsumerRecord<byte[], byte[]>>> ahead;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("sluice-transactions").unstarted(this::run);
    private volatile Map<TopicPartition, Held> held = Map.of();
    private KafkaConsumer<byte[], byte[]> consumer;

    /**
     * @param own the partitions to look at now
     * @param ahead is given what stands behind open transactions; throws where it wants the same again a little later
     */
    OpenTransactions(
            Admin admin,
            Supplier<Map<String, Object>> consumerSettings,
            Supplier<Set<TopicPartition>> own,
            Consumer<List<ConsumerRecord<byte[], byte[]>>> ahead) {
        this.admin = admin;
        this.consumerSettings = consumerSettings;
        this.own = own;
        this.ahead = ahead;
    }

    void start() {
        thread.start();
    }

    boolean isRunning() {
        return thread.isAlive();
    }

    /** Who holds which partition, in words. */
    Map<TopicPartition, String> holders() {
        var holders = new HashMap<TopicPartition, String>();
        held.forEach((partition, now) -> {
            if (now.producer() != null) {
                holders.put(partition, now.producer());
            }
        });
        return Map.copyOf(holders);
    }

    private void run() {
        do {
            try {
                look(own.get());
            } catch (RuntimeException e) {
                // what was read counts as looked at only once it was taken: the next look reads it again
                LOG.debugf(e, "Open transactions could not be looked at, trying again");
            } catch (Error e) {
                LOG.error("Open transactions could not be looked at", e);
            }
        } while (!isStopped());
    }

    private boolean isStopped() {
        try {
            return stopping.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void look(Set<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            held = Map.of();
            return;
        }
        var stable = ends(partitions, IsolationLevel.READ_COMMITTED);
        var ends = ends(partitions, IsolationLevel.READ_UNCOMMITTED);
        var now = new HashMap<TopicPartition, Held>();
        ends.keySet().retainAll(stable.keySet());
        for (var partition : ends.keySet()) {
            var upTo = stable.get(partition);
            if (ends.get(partition) > upTo) {
                var before = held.get(partition);
                now.put(partition, before == null || before.stable() != upTo ? new Held(upTo, upTo, null) : before);
            }
        }
        now.replaceAll((partition, one) -> isFoundAgain(partition, one) ? named(partition, one) : one);
        var looked = readBehind(now, ends);
        held = Map.copyOf(looked);
    }

    private boolean isFoundAgain(TopicPartition partition, Held now) {
        var before = held.get(partition);
        return before != null && before.stable() == now.stable();
    }

    private Held named(TopicPartition partition, Held now) {
        if (now.producer() != null) {
            return now;
        }
        var producer = producer(partition);
        LOG.warnf(
                "Commands of %s from offset %d on wait for the end of a transaction of %s; aborts among them don't",
                partition, now.stable(), producer);
        return new Held(now.stable(), now.lookedTo(), producer);
    }

    private Map<TopicPartition, Held> readBehind(Map<TopicPartition, Held> now, Map<TopicPartition, Long> ends) {
        var behind = new HashMap<TopicPartition, Long>();
        now.forEach((partition, one) -> {
            if (one.producer() != null && ends.get(partition) > one.lookedTo()) {
                behind.put(partition, one.lookedTo());
            }
        });
        if (behind.isEmpty()) {
            return now;
        }
        var looked = new HashMap<>(now);
        read(behind, ends)
                .forEach((partition, position) -> looked.computeIfPresent(
                        partition, (same, one) -> new Held(one.stable(), position, one.producer())));
        return looked;
    }

    /**
     * Hands over as it reads: what gathers behind a transaction in its minutes may be more than fits into memory. No longer
     * than a second, so that a partition whose leader has gone keeps no other waiting.
     *
     * @return how far each has been read
     */
    private Map<TopicPartition, Long> read(Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends) {
        if (consumer == null) {
            consumer = new KafkaConsumer<>(
                    consumerSettings.get(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }
        consumer.assign(from.keySet());
        from.forEach(consumer::seek);
        var until = System.nanoTime() + LONGEST_READ.toNanos();
        while (stopping.getCount() > 0
                && System.nanoTime() < until
                && from.keySet().stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            consumer.poll(POLL).forEach(records::add);
            if (!records.isEmpty()) {
                ahead.accept(records);
            }
        }
        return from.keySet().stream().collect(Collectors.toMap(Function.identity(), consumer::position));
    }

    /** Of those partitions whose leader answers in time: no other's abort waits for one without. */
    private Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions, IsolationLevel level) {
        var wanted =
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        var options = new ListOffsetsOptions(level);
        options.timeoutMs((int) LONGEST_ANSWER.toMillis());
        var answer = admin.listOffsets(wanted, options);
        var ends = new HashMap<TopicPartition, Long>();
        for (var partition : partitions) {
            try {
                ends.put(
                        partition,
                        Topics.await(answer.partitionResult(partition)).offset());
            } catch (KafkaException noAnswer) {
                LOG.debugf(noAnswer, "The end of %s is not told", partition);
            }
        }
        return ends;
    }

    private String producer(TopicPartition partition) {
        try {
            var ids = Topics.await(admin.describeProducers(List.of(partition)).partitionResult(partition))
                    .activeProducers()
                    .stream()
                    .filter(state -> state.currentTransactionStartOffset().isPresent())
                    .map(ProducerState::producerId)
                    .collect(Collectors.toSet());
            var names =
                    Topics.await(admin.listTransactions(new ListTransactionsOptions().filterProducerIds(ids))
                                    .all())
                            .stream()
                            .filter(listing -> ids.contains(listing.producerId()))
                            .collect(Collectors.toMap(
                                    TransactionListing::producerId, TransactionListing::transactionalId, (a, b) -> a));
            return ids.isEmpty()
                    ? "an unknown producer"
                    : ids.stream()
                            .map(id -> "producer " + id
                                    + (names.containsKey(id) ? " (transactional id " + names.get(id) + ")" : ""))
                            .collect(Collectors.joining(", "));
        } catch (KafkaException notAllowedToAsk) {
            LOG.debugf(notAllowedToAsk, "The producers of %s are not told", partition);
            return "an unknown producer";
        }
    }

    @Override
    public void close() {
        stopping.countDown();
        try {
            thread.join(LONGEST_STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (consumer != null && !thread.isAlive()) {
            consumer.close();
        }
        admin.close(LONGEST_STOP);
    }
}
