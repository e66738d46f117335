package dev.sluice.engine.kafka;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.MessageWriter;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes commands that came in by HTTP: Kafka stays the only way in. */
@ApplicationScoped
public class CommandSender {
    private static final Duration LONGEST_SEND = Duration.ofSeconds(10);

    private final KafkaSettings settings;
    private final MessageWriter writer;
    private KafkaProducer<byte[], byte[]> producer;

    CommandSender(KafkaSettings settings) {
        this.settings = settings;
        this.writer = new MessageWriter("sluice/rollout-engine/http", settings.prefix());
    }

    /** A command that Kafka would never take, however often it is sent. */
    public static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLarge(int bytes) {
            super("The command has %d bytes as JSON; a command has at most %d"
                    .formatted(bytes, Topic.COMMANDS.maxBytes()));
        }
    }

    /**
     * Returns once the broker has the command.
     *
     * @throws TooLarge where it has too many bytes once it is JSON, which YAML's aliases can make of few
     * @throws KafkaException when it hasn't, or doesn't say so in time; sending the same id again is safe
     */
    public void send(Command command, Instant now) {
        var record = writer.write(MessageType.COMMAND, command, command.id(), now, null);
        if (record.value().length > Topic.COMMANDS.maxBytes()) {
            throw new TooLarge(record.value().length);
        }
        try {
            producer().send(record).get(LONGEST_SEND.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("the broker did not answer within " + LONGEST_SEND, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while sending", e);
        }
    }

    private synchronized KafkaProducer<byte[], byte[]> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(settings.producer(), new ByteArraySerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    @PreDestroy
    synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(2));
        }
    }
}
