package dev.sluice.dashboard;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.wire.Keys;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.MessageWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.ConfigProvider;

/** The engine and the gate, as the dashboard knows them: in transactions, whose marks take offsets too. */
public final class Bus implements AutoCloseable {
    private static final String PREFIX = Topic.DEFAULT_PREFIX;

    private final MessageWriter writer = new MessageWriter("sluice/test", PREFIX);
    private final KafkaProducer<byte[], byte[]> producer;

    public Bus() {
        this(ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
    }

    public Bus(String brokers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "linger.ms", 0, "transactional.id", "test-" + System.nanoTime()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
    }

    public void publish(Status... statuses) {
        transaction(() -> {
            for (var status : statuses) {
                send(MessageType.STATUS, status);
            }
        });
    }

    public void publish(Audit entry) {
        transaction(() -> send(MessageType.AUDIT, entry));
    }

    public void publish(Verdict verdict) {
        transaction(() -> send(MessageType.VERDICT, verdict));
    }

    public void forget(String application, String target) {
        var key = utf8(Keys.applicationTarget(application, target));
        transaction(() -> send(new ProducerRecord<>(Topic.STATUS.name(PREFIX), key, null)));
    }

    public void publishUnreadable() {
        var key = utf8("shop/unreadable/prod");
        transaction(() -> send(new ProducerRecord<>(Topic.STATUS.name(PREFIX), key, utf8("{\"phase\":1}"))));
    }

    private <T> void send(MessageType<T> type, T message) {
        send(writer.write(type, message, "test-" + System.nanoTime(), Instant.now()));
    }

    /** What becomes of it is told by the commit. */
    private void send(ProducerRecord<byte[], byte[]> record) {
        var unused = producer.send(record);
    }

    private void transaction(Runnable sends) {
        producer.beginTransaction();
        sends.run();
        producer.commitTransaction();
    }

    /** As a sender leaves it that fails: nobody may read it. */
    public void publishInVain(Status status) {
        producer.beginTransaction();
        send(MessageType.STATUS, status);
        producer.flush();
        producer.abortTransaction();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
    }
}
