package dev.sluice.engine.shell;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.kafka.PartitionBatch;
import dev.sluice.engine.postgres.Changes;
import dev.sluice.engine.postgres.Consumed.Advance;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.RolloutFileReader.Overrides;
import dev.sluice.schemas.wire.DeadLetters;
import dev.sluice.schemas.wire.MessageReader;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.Reading;
import dev.sluice.telemetry.Arrival;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.jboss.logging.Logger;

/** Turns a batch of records into work; what nobody can read becomes dead letters, in the same transaction. */
@ApplicationScoped
class Reader {
    private static final Logger LOG = Logger.getLogger(Reader.class);

    private final MessageReader messages = new MessageReader();
    private final RolloutFileReader files = new RolloutFileReader();
    private final String prefix;
    private final Meters meters;
    private final Entrances entrances;
    private final Clock clock;

    Reader(EngineConfig config, Meters meters, Entrances entrances, Clock clock) {
        this.clock = clock;
        this.entrances = entrances;
        this.meters = meters;
        this.prefix = config.topics().prefix();
    }

    /** A record says that a later version of Sluice wrote it, in a format that this one doesn't know (B42). */
    static final class TooNew extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final long offset;

        TooNew(long offset, String reason) {
            super("offset " + offset + ": " + reason, null, false, false);
            this.offset = offset;
        }
    }

    /** @throws TooNew where nothing from a record on may be read by this version */
    Work work(PartitionBatch batch, Instant now) {
        var incoming = new ArrayList<Incoming>();
        var dead = new ArrayList<Changes.Message>();
        for (var record : batch.records()) {
            switch (read(batch.topic(), record)) {
                case Read.Good good -> incoming.add(good.incoming());
                case Read.Bad bad ->
                    dead.add(deadLetter(batch.topic(), record, Meters.Dead.UNREADABLE, bad.reason(), now));
            }
        }
        return new Work(incoming, dead, Optional.of(advance(batch)));
    }

    /** The aborts among records that may come to nothing yet; whatever else they hold is for when they are committed. */
    List<Incoming> aborts(List<ConsumerRecord<byte[], byte[]>> commands) {
        var aborts = new ArrayList<Incoming>();
        for (var record : commands) {
            if (messages.read(MessageType.COMMAND, record.value(), record.headers())
                            instanceof Reading.Message<Command>(Command command, var attributes)
                    && command.type() == CommandType.ABORT) {
                aborts.add(command(command, record, Arrival.of(record, attributes)));
            }
        }
        return aborts;
    }

    /** Passes a record by that was read and yet can't be handled. */
    Work passingBy(PartitionBatch one, String reason, Instant now) {
        var dead = deadLetter(one.topic(), one.records().getFirst(), Meters.Dead.UNHANDLED, reason, now);
        return new Work(List.of(), List.of(dead), Optional.of(advance(one)));
    }

    private static Advance advance(PartitionBatch batch) {
        return new Advance(
                batch.partition().topic(),
                batch.partition().partition(),
                batch.topicId(),
                batch.expected(),
                batch.next());
    }

    private Changes.Message deadLetter(
            Topic topic, ConsumerRecord<byte[], byte[]> record, Meters.Dead why, String reason, Instant now) {
        meters.deadLetter(topic.word(), why);
        LOG.warnf("Dead letter from %s/%d/%d: %s", record.topic(), record.partition(), record.offset(), reason);
        return Changes.Message.of(DeadLetters.of(topic, prefix, record, reason, now));
    }

    private sealed interface Read {
        record Good(Incoming incoming) implements Read {}

        record Bad(String reason) implements Read {}
    }

    private Read read(Topic topic, ConsumerRecord<byte[], byte[]> record) {
        return switch (topic) {
            case COMMANDS -> read(MessageType.COMMAND, record, (command, from) -> command(command, record, from));
            case VERDICTS ->
                read(
                        MessageType.VERDICT,
                        record,
                        (verdict, from) -> new Incoming.OfVerdict(verdict, from.causedBy(verdict.id())));
            case WEIGHT_REPORTS -> read(MessageType.WEIGHT_REPORT, record, Incoming.OfReport::new);
            case METRICS, METRICS_PLACED, ANALYSES, WEIGHTS, STATUS, AUDIT ->
                throw new IllegalArgumentException("the engine does not read " + topic.word());
        };
    }

    private <T> Read read(
            MessageType<T> type, ConsumerRecord<byte[], byte[]> record, BiFunction<T, Arrival, Incoming> incoming) {
        return switch (messages.read(type, record.value(), record.headers())) {
            case Reading.Message<T> read ->
                new Read.Good(incoming.apply(read.message(), Arrival.of(record, read.attributes())));
            case Reading.Unreadable<T> unreadable -> new Read.Bad(unreadable.reason());
            case Reading.Newer<T> newer -> throw new TooNew(record.offset(), newer.reason());
            case Reading.Tombstone<T> empty -> new Read.Bad("a record without a value says nothing on this topic");
        };
    }

    /**
     * When the broker took it. From before the topic was set so, or where it may not be, the time is the sender's, whose clock
     * or unit may be wrong: nothing came later than now, and an abort that did would stop every start to come.
     */
    private Instant appended(ConsumerRecord<byte[], byte[]> record) {
        var time = Instant.ofEpochMilli(record.timestamp());
        var now = clock.instant();
        var isBrokers = record.timestampType() == TimestampType.LOG_APPEND_TIME;
        return isBrokers || (record.timestamp() >= 0 && time.isBefore(now)) ? time : now;
    }

    private Incoming command(Command command, ConsumerRecord<byte[], byte[]> record, Arrival from) {
        var appendedAt = appended(record);
        var entered = entrances.enter(command, record, appendedAt);
        var file = command.type().takesFile()
                ? files.read(command.rollout(), new Overrides(command.context(), command.targets()))
                : null;
        return new Incoming.OfCommand(
                entered.command(), appendedAt, file, from.causedBy(command.id()), entered.entrance());
    }
}
