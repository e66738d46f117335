package dev.sluice.engine.kafka;

import dev.sluice.access.Role;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.MessageWriter;
import dev.sluice.telemetry.Tracing;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.reactive.messaging.Channel;

/** Publishes commands that came in by HTTP on the channel {@code commands}: Kafka stays the only way in. */
@ApplicationScoped
public class CommandSender {
    private static final Duration LONGEST_SEND = Duration.ofSeconds(10);
    /**
     * The channel sends with one thread, which without a broker stands still for {@code max.block.ms} at each command. What
     * it holds is sent though its request has long been told that Kafka is away: so it is given few, and the others wait
     * here, where they can still be refused.
     */
    private static final int MOST_UNDER_WAY = 8;

    private final MutinyEmitter<ProducerRecord<byte[], byte[]>> channel;
    private final MessageWriter writer;
    private final Tracing tracing;
    private final Semaphore places = new Semaphore(MOST_UNDER_WAY, true);

    CommandSender(
            @Channel("commands") MutinyEmitter<ProducerRecord<byte[], byte[]>> channel,
            KafkaSettings settings,
            Tracing tracing) {
        this.tracing = tracing;
        this.channel = channel;
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
     * Returns once the broker has the command, sealed: whoever reads it may believe what it says of its sender.
     *
     * @param roles what its sender may there
     * @param key what it is sealed with
     * @throws TooLarge where it has too many bytes once it is JSON, which YAML's aliases can make of few
     * @throws KafkaException when it hasn't, or doesn't say so in time; sending the same id again is safe
     */
    public void send(Command command, Collection<Role> roles, byte[] key, Instant now) {
        var record = writer.write(MessageType.COMMAND, command, command.id(), now, tracing.here());
        if (record.value().length > Topic.COMMANDS.maxBytes()) {
            throw new TooLarge(record.value().length);
        }
        Seal.put(record, roles.stream().map(Role::word).collect(Collectors.joining(",")), now, key);
        var until = System.nanoTime() + LONGEST_SEND.toNanos();
        try {
            if (!places.tryAcquire(LONGEST_SEND.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new KafkaException("the broker has not answered for the commands before this one");
            }
            // the place is free when the channel is done with the command, and not when nobody waits for it any more
            var sending = tracing.send(List.of(record));
            // deferred, so that a channel that throws at once gives its place back, too
            Uni.createFrom()
                    .deferred(() -> channel.send(sending.records().getFirst()))
                    .onTermination()
                    .invoke((taken, failure, gone) -> {
                        places.release();
                        sending.over(failure);
                    })
                    .subscribeAsCompletionStage()
                    .get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("the broker did not answer within " + LONGEST_SEND, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while sending", e);
        }
    }
}
