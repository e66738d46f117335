package dev.sluice.cli.engine.kafka;

import dev.sluice.cli.Exit;
import dev.sluice.cli.Stop;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.wire.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka's brokers, and how this command line reads and writes there. */
public final class Brokers {
    private static final String WAIT_MILLIS = "10000";

    private final String bootstrap;
    private final String prefix;
    private final Properties settings = new Properties();

    /** @param config a file with settings of Kafka's clients; null: none */
    public Brokers(String bootstrap, Path config, String prefix) throws Stop {
        this.bootstrap = bootstrap;
        this.prefix = prefix;
        settings.put("default.api.timeout.ms", WAIT_MILLIS);
        settings.put("request.timeout.ms", WAIT_MILLIS);
        if (config != null) {
            try (var reader = Files.newBufferedReader(config)) {
                settings.load(reader);
            } catch (IOException e) {
                throw new Stop(Exit.INVALID, "The file " + config + " can't be read: name another with --kafka-config");
            }
        }
        settings.put("bootstrap.servers", bootstrap);
    }

    public String prefix() {
        return prefix;
    }

    /** From its first record on. */
    public Log fromBeginning(String topic) throws Stop {
        var consumer = consumer();
        return opened(consumer, () -> {
            var partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return new Log(consumer, consumer.endOffsets(partitions));
        });
    }

    /** From the first record on that was appended then. */
    public Log since(String topic, Instant time) throws Stop {
        var consumer = consumer();
        return opened(consumer, () -> {
            var partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            var ends = consumer.endOffsets(partitions);
            var times = new HashMap<TopicPartition, Long>();
            partitions.forEach(partition -> times.put(partition, time.toEpochMilli()));
            consumer.offsetsForTimes(times)
                    .forEach((partition, found) ->
                            consumer.seek(partition, found == null ? ends.get(partition) : found.offset()));
            return new Log(consumer, ends);
        });
    }

    /** What is appended from now on. */
    public Log fromEnd(String topic) throws Stop {
        var consumer = consumer();
        return opened(consumer, () -> {
            var partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            var ends = consumer.endOffsets(partitions);
            ends.forEach(consumer::seek);
            return new Log(consumer, ends);
        });
    }

    /**
     * What was appended between the two times to each topic's partition that Java's partitioner has the key in.
     *
     * @param topics with as many partitions each
     */
    public Stretch between(List<String> topics, String key, Instant from, Instant to) throws Stop {
        var consumer = consumer();
        return opened(consumer, () -> {
            var partitions = new ArrayList<TopicPartition>();
            for (var topic : topics) {
                var all = partitions(consumer, topic);
                partitions.add(new TopicPartition(topic, Keys.partition(key, all.size())));
            }
            return new Stretch(consumer, partitions, from, to);
        });
    }

    /** Returns once the brokers have it. */
    public void send(ProducerRecord<byte[], byte[]> record) throws Stop {
        var own = copy();
        own.put("max.block.ms", WAIT_MILLIS);
        own.put("delivery.timeout.ms", WAIT_MILLIS);
        own.put("linger.ms", "0");
        own.put("max.request.size", Integer.toString(Topic.COMMANDS.maxBytes() + Topic.DEAD_LETTER_HEADROOM_BYTES));
        try (var producer = new KafkaProducer<>(own, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(record).get();
        } catch (ExecutionException e) {
            throw away(e.getCause());
        } catch (KafkaException e) {
            throw away(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stop(Exit.ERROR, "Interrupted while a record was sent");
        }
    }

    private Consumer<byte[], byte[]> consumer() throws Stop {
        var own = copy();
        own.put("isolation.level", "read_committed");
        own.put("enable.auto.commit", "false");
        own.put("auto.offset.reset", "earliest");
        try {
            return new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw away(e.getCause() == null ? e : e.getCause());
        }
    }

    private interface Opening<T> {
        T open() throws Stop;
    }

    private <T> T opened(Consumer<byte[], byte[]> consumer, Opening<T> opening) throws Stop {
        try {
            return opening.open();
        } catch (Stop e) {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
            throw e;
        } catch (KafkaException e) {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
            throw away(e);
        }
    }

    private List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, String topic) throws Stop {
        var found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
            throw new Stop(
                    Exit.ERROR,
                    "There is no topic " + topic + " at " + bootstrap
                            + ": are these Sluice's brokers (--bootstrap), and its prefix (--topics-prefix)?");
        }
        return found.stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    private Properties copy() {
        var copy = new Properties();
        copy.putAll(settings);
        return copy;
    }

    private Stop away(Throwable e) {
        return new Stop(
                Exit.ERROR,
                "Kafka at " + bootstrap + " does not answer (" + e.getMessage()
                        + "): say where it is with --bootstrap, and how" + " it is spoken to with --kafka-config");
    }
}
