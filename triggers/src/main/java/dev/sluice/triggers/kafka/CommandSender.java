package dev.sluice.triggers.kafka;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.MessageWriter;
import dev.sluice.telemetry.Tracing;
import dev.sluice.triggers.config.TriggersConfig;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;

/** Publishes commands, as anybody may who is let write to their topic. */
@ApplicationScoped
public class CommandSender {
    private static final Duration LONGEST_SEND = Duration.ofSeconds(10);

    private final MutinyEmitter<ProducerRecord<byte[], byte[]>> channel;
    private final MessageWriter writer;
    private final Tracing tracing;

    CommandSender(
            @Channel("commands") MutinyEmitter<ProducerRecord<byte[], byte[]>> channel,
            TriggersConfig config,
            Tracing tracing) {
        this.tracing = tracing;
        this.channel = channel;
        this.writer = new MessageWriter("sluice/triggers", config.topics().prefix());
    }

    /** Kafka has not taken a command; the same id again is safe. */
    public static final class NotSent extends Exception {
        private static final long serialVersionUID = 1;
        private final boolean isHopeless;

        private NotSent(String words, boolean isHopeless) {
            super(words);
            this.isHopeless = isHopeless;
        }

        /** Whether it is of no use to try again. */
        public boolean isHopeless() {
            return isHopeless;
        }
    }

    /** Returns once the broker has the command. */
    public void send(Command command) throws NotSent {
        var record = writer.write(MessageType.COMMAND, command, command.id(), Instant.now(), tracing.here());
        if (record.value().length > Topic.COMMANDS.maxBytes()) {
            throw new NotSent(
                    "the command has %d bytes, and may have at most %d: shorten the rollout file"
                            .formatted(record.value().length, Topic.COMMANDS.maxBytes()),
                    true);
        }
        try {
            channel.send(record).subscribeAsCompletionStage().get(LONGEST_SEND.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new NotSent("Kafka is not available: " + e.getCause().getMessage(), false);
        } catch (TimeoutException e) {
            throw new NotSent("Kafka did not answer within " + LONGEST_SEND, false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotSent("the triggers stop", false);
        }
    }
}
