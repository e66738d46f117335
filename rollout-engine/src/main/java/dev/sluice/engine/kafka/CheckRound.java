package dev.sluice.engine.kafka;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.wire.Keys;
import dev.sluice.schemas.wire.MessageReader;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.MessageWriter;
import dev.sluice.schemas.wire.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** One plan's checks: sent, answered, and taken off their topic. Used by one thread, once. */
final class CheckRound {
    /** An applier lets 16 wait and makes no further ones; rollouts ask too. */
    private static final int MOST_OF_A_CLUSTER = 8;

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(100);

    private final String prefix;
    private final Producer<byte[], byte[]> producer;
    private final Consumer<byte[], byte[]> consumer;
    private final String rollout;
    private final Map<Asked, WeightOrder> waiting = new LinkedHashMap<>();
    private final Map<Asked, WeightOrder> underWay = new LinkedHashMap<>();
    private final Set<String> keys = new LinkedHashSet<>();
    private final List<WeightReport> answers = new ArrayList<>();
    private final MessageReader reader = new MessageReader();
    private final MessageWriter writer;

    private record Asked(String target, String route) {}

    CheckRound(
            String prefix,
            Producer<byte[], byte[]> producer,
            Consumer<byte[], byte[]> consumer,
            List<WeightOrder> checks) {
        this.prefix = prefix;
        this.producer = producer;
        this.consumer = consumer;
        this.rollout = checks.getFirst().rollout();
        this.writer = new MessageWriter("sluice/rollout-engine/http", prefix);
        checks.forEach(check -> waiting.put(new Asked(check.target(), check.route()), check));
    }

    /** @throws KafkaException when the broker doesn't answer */
    List<WeightReport> answers(Duration longest, Instant now) {
        listen();
        var until = System.nanoTime() + longest.toNanos();
        try {
            while (!isOver() && System.nanoTime() < until) {
                sendNext(now);
                consumer.poll(POLL).forEach(this::take);
            }
            return List.copyOf(answers);
        } finally {
            bury();
        }
    }

    private boolean isOver() {
        return waiting.isEmpty() && underWay.isEmpty();
    }

    /** From now on, so that no answer is missed and nothing else is read. */
    private void listen() {
        var topic = Topic.WEIGHT_REPORTS.name(prefix);
        var partitions = consumer.partitionsFor(topic, LONGEST_ANSWER).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new KafkaException("there is no topic " + topic);
        }
        consumer.assign(partitions);
        consumer.endOffsets(partitions, LONGEST_ANSWER).forEach(consumer::seek);
    }

    private void sendNext(Instant now) {
        for (var next : List.copyOf(waiting.entrySet())) {
            var check = next.getValue();
            var sent = underWay.values().stream()
                    .filter(other -> other.cluster().equals(check.cluster()))
                    .count();
            if (sent < MOST_OF_A_CLUSTER) {
                keys.add(Keys.check(check.route()));
                var id = rollout + "/" + check.target() + "/" + check.route();
                send(writer.write(MessageType.WEIGHT_ORDER, check, id, now));
                waiting.remove(next.getKey());
                underWay.put(next.getKey(), check);
            }
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        try {
            producer.send(record).get(LONGEST_ANSWER.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("the broker did not answer within " + LONGEST_ANSWER, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while sending", e);
        }
    }

    /** Most are others' reports: only what names this round's id is looked at closely. */
    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null || !new String(record.value(), StandardCharsets.UTF_8).contains(rollout)) {
            return;
        }
        if (reader.read(MessageType.WEIGHT_REPORT, record.value(), record.headers())
                        instanceof Reading.Message<WeightReport>(var report, var attributes)
                && report.rollout().equals(rollout)
                && underWay.remove(new Asked(report.target(), report.route())) != null) {
            answers.add(report);
        }
    }

    /**
     * Whoever reads the topic from its beginning finds no check that nobody waits for. Closing the producer sends them; one that is
     * left after all is past its deadline soon.
     */
    private void bury() {
        var topic = Topic.WEIGHTS.name(prefix);
        for (var key : keys) {
            var unused = producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), null));
        }
    }
}
