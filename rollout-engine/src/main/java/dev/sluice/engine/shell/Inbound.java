package dev.sluice.engine.shell;

import dev.sluice.engine.kafka.Inbox;
import dev.sluice.engine.kafka.PartitionBatch;
import dev.sluice.engine.postgres.Consumed;
import dev.sluice.engine.postgres.Consumed.Position;
import dev.sluice.engine.postgres.Database;
import dev.sluice.engine.postgres.Overtaken;
import dev.sluice.engine.postgres.StateTooNew;
import dev.sluice.engine.postgres.StorageUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Works off what comes from Kafka: whole batches, and record by record where a batch can't be handled whole. */
@ApplicationScoped
class Inbound implements Inbox {
    private static final Logger LOG = Logger.getLogger(Inbound.class);

    private final Database database;
    private final Consumed consumed;
    private final Reader reader;
    private final Handler handler;
    private final Clock clock;

    Inbound(Database database, Consumed consumed, Reader reader, Handler handler, Clock clock) {
        this.database = database;
        this.consumed = consumed;
        this.reader = reader;
        this.handler = handler;
        this.clock = clock;
    }

    @Override
    public Place place(TopicPartition name, String topicId, Ends ends) {
        var stored = find(name);
        if (stored.isEmpty()) {
            var start = new Position(topicId, ends.beginning());
            database.alone(session -> consumed.begin(session, name.topic(), name.partition(), start));
            stored = find(name);
        }
        return place(name, stored.orElseThrow(), topicId, ends);
    }

    private Optional<Position> find(TopicPartition name) {
        return database.alone(session -> consumed.find(session, name.topic(), name.partition()));
    }

    private Place place(TopicPartition name, Position stored, String topicId, Ends ends) {
        var beginning = new Position(topicId, ends.beginning());
        if (!stored.topicId().equals(topicId)) {
            LOG.warnf("Topic of %s was made anew: reading it from its beginning", name);
            return move(name, stored, beginning);
        }
        if (stored.next() < ends.beginning()) {
            LOG.errorf(
                    "Records of %s are gone before they were read: offsets %d to %d; going on at the log's start",
                    name, stored.next(), ends.beginning() - 1);
            return move(name, stored, beginning);
        }
        if (stored.next() > ends.end()) {
            return new Place.Nowhere("%s was worked off to offset %d, but its log ends at %d: Kafka lost records; "
                            .formatted(name, stored.next(), ends.end())
                    + "correct table consumed by hand, then restart");
        }
        return new Place.At(stored.next());
    }

    private Place move(TopicPartition name, Position from, Position to) {
        var moved = database.alone(session -> consumed.replace(session, name.topic(), name.partition(), from, to));
        if (moved == 0) {
            throw new IllegalStateException("the place of " + name + " was moved meanwhile; ask again");
        }
        return new Place.At(to.next());
    }

    @Override
    public Outcome handle(PartitionBatch batch) {
        try {
            handler.handle(reader.work(batch, clock.instant()));
            return new Outcome.Stored(batch.next());
        } catch (Reader.TooNew e) {
            return upTo(e, batch);
        } catch (Overtaken e) {
            return overtaken(e);
        } catch (StateTooNew e) {
            return batch.records().size() > 1 ? inHalves(batch, e) : new Outcome.TooNew(e.getMessage());
        } catch (StorageUnavailable e) {
            return e.isTooMuch() && batch.records().size() > 1
                    ? inHalves(batch, e)
                    : new Outcome.TryAgain(e.getMessage());
        } catch (RuntimeException e) {
            LOG.warnf(e, "Batch of %s can't be handled whole, going record by record", batch.partition());
            return oneByOne(batch);
        }
    }

    @Override
    public void ahead(List<ConsumerRecord<byte[], byte[]>> commands) {
        for (var abort : reader.aborts(commands)) {
            LOG.warnf("Acting on an abort behind an open transaction, application=%s", abort.application());
            try {
                handler.handle(new Work(List.of(abort), List.of(), Optional.empty()));
            } catch (StateTooNew e) {
                LOG.warnf("An abort is left to a later version: %s", e.getMessage());
            } catch (StorageUnavailable e) {
                throw e;
            } catch (RuntimeException e) {
                // it comes again as committed, and is dealt with there; those behind it don't wait for that
                LOG.errorf(e, "An abort behind an open transaction can't be carried out yet");
            }
        }
    }

    /** What comes before a record of a later version is worked off; it itself waits, and with it all that follows. */
    private Outcome upTo(Reader.TooNew newer, PartitionBatch batch) {
        var before = batch.before(newer.offset);
        if (before.records().isEmpty()) {
            return new Outcome.TooNew(newer.getMessage());
        }
        var done = handle(before);
        return done instanceof Outcome.Stored ? new Outcome.Overtaken() : done;
    }

    /** What is too much for the database at once may be little enough by halves, down to one record; so the one is found that waits. */
    private Outcome inHalves(PartitionBatch batch, StorageUnavailable why) {
        LOG.warnf(
                "%d records of %s can't be taken at once: %s",
                batch.records().size(), batch.partition(), why.getMessage());
        var first = handle(batch.firstHalf());
        if (!(first instanceof Outcome.Stored stored)) {
            return first;
        }
        var second = handle(batch.secondHalf(stored.next()));
        // what is stored stays: the reader asks anew where to go on
        return second instanceof Outcome.Stored ? second : new Outcome.Overtaken();
    }

    private Outcome oneByOne(PartitionBatch batch) {
        var expected = batch.expected();
        try {
            for (var record : batch.records()) {
                var one = batch.only(record, expected);
                handleOrPassBy(one);
                expected = one.next();
            }
            return new Outcome.Stored(expected);
        } catch (Overtaken e) {
            return overtaken(e);
        } catch (StorageUnavailable e) {
            // what is stored stays: the reader asks anew where to go on
            LOG.warnf("Broke off at offset %d of %s: %s", expected, batch.partition(), e.getMessage());
            return new Outcome.Overtaken();
        }
    }

    private void handleOrPassBy(PartitionBatch one) {
        try {
            handler.handle(reader.work(one, clock.instant()));
        } catch (Overtaken | StorageUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "Record %d of %s can't be handled",
                    one.records().getFirst().offset(),
                    one.partition());
            handler.handle(reader.passingBy(one, "cannot be handled: " + Reasons.of(e), clock.instant()));
        }
    }

    private static Outcome overtaken(Overtaken e) {
        LOG.infof("Overtaken: %s", e.getMessage());
        return new Outcome.Overtaken();
    }
}
