package dev.sluice.cli;

import dev.sluice.sandbox.parts.KafkaPart;
import dev.sluice.sandbox.parts.SluiceTopics;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.wire.Json;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.MessageWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real broker with the topics of one test, who writes there as the services do. */
record Broker(KafkaPart kafka, String prefix) {
    static Broker of(KafkaPart kafka, String prefix) {
        SluiceTopics.create(kafka.bootstrapServers(), prefix, 1);
        return new Broker(kafka, prefix);
    }

    Shell shell() {
        return Shell.plain().with("SLUICE_BOOTSTRAP", kafka.bootstrapServers()).with("SLUICE_TOPICS_PREFIX", prefix);
    }

    <T> void write(MessageType<T> type, T message) {
        write(new MessageWriter("sluice/test", prefix).write(type, message, "m1", Said.NOON));
    }

    void write(ProducerRecord<byte[], byte[]> record) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(record).get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The topic's first records, once there are so many. */
    <T> List<T> first(int count, Topic topic, Class<T> type) {
        var read = new ArrayList<T>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers(), "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topic.name(prefix), 0)));
            while (read.size() < count) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    read.add(Json.mapper().readValue(record.value(), type));
                }
            }
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
