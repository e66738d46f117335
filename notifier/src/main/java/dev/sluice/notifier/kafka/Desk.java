package dev.sluice.notifier.kafka;

import dev.sluice.notifier.Meters;
import dev.sluice.notifier.config.NotifierConfig;
import dev.sluice.notifier.core.Watch;
import dev.sluice.notifier.core.Watch.Seen;
import dev.sluice.notifier.core.Watch.Trouble;
import dev.sluice.notifier.core.Wording;
import dev.sluice.notifier.delivery.Lanes;
import dev.sluice.notifier.ledger.Book;
import dev.sluice.notifier.rules.RulesInForce;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.wire.Keys;
import dev.sluice.schemas.wire.MessageReader;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.Reading;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/** Looks at the statuses of one partition: what they lead to is in the ledger before it is sent, and before they are committed. */
@Singleton
class Desk {
    private static final Logger LOG = Logger.getLogger(Desk.class);
    private static final int TROUBLES_TOLD = 1000;

    private final RulesInForce rules;
    private final Lanes lanes;
    private final Meters meters;
    private final Wording wording;
    private final Clock clock = Clock.systemUTC();
    private final MessageReader reader = new MessageReader();
    private final Set<Trouble> told = ConcurrentHashMap.newKeySet();

    /**
     * How far records were looked at.
     *
     * @param records that are done, from the first on
     * @param obstacle why the next one can't be; empty where all are done
     */
    record Done(int records, Optional<String> obstacle) {}

    Desk(RulesInForce rules, Lanes lanes, Meters meters, NotifierConfig config) {
        this.rules = rules;
        this.lanes = lanes;
        this.meters = meters;
        this.wording = new Wording(config.notifier().dashboardUrl());
    }

    /**
     * Empty where the book is closed, and nothing was done.
     *
     * @throws KafkaException where the ledger can't be written, and nothing was done either
     */
    Optional<Done> look(Book book, List<ConsumerRecord<byte[], byte[]>> records) {
        var seen = new ArrayList<Seen>();
        var done = book.change(page -> look(new Watch(rules.now(), wording, book.beginning()), page, records, seen));
        if (done.isPresent()) {
            seen.forEach(this::tell);
            lanes.put(book, seen.stream().flatMap(each -> each.made().stream()));
        }
        return done;
    }

    private Done look(Watch watch, Book.Page page, List<ConsumerRecord<byte[], byte[]>> records, List<Seen> seen) {
        for (int i = 0; i < records.size(); i++) {
            var record = records.get(i);
            switch (reader.read(MessageType.STATUS, record.value(), record.headers())) {
                case Reading.Message<Status>(var status, var attributes) ->
                    see(watch, page, status).ifPresent(seen::add);
                case Reading.Tombstone<Status>() -> forget(page, record);
                case Reading.Unreadable<Status>(var reason) -> passOver(record, reason);
                case Reading.Newer<Status>(var reason) -> {
                    return new Done(i, Optional.of(reason));
                }
            }
        }
        return new Done(records.size(), Optional.empty());
    }

    private Optional<Seen> see(Watch watch, Book.Page page, Status status) {
        var key = Keys.applicationTarget(status.application(), status.target());
        var seen = watch.see(page.at(key), status, clock.instant());
        seen.ifPresent(each -> page.put(key, each.entry()));
        return seen;
    }

    private void tell(Seen seen) {
        meters.statuses(1);
        seen.troubles().forEach(this::tell);
        for (var message : seen.pushedOut()) {
            for (var channel : message.waiting()) {
                meters.failed(channel);
                LOG.errorf(
                        "a message was given up, for too many of its target wait channel=%s rule=%s application=%s target=%s rollout=%s",
                        channel, message.rule(), message.application(), message.target(), message.rollout());
            }
        }
    }

    private static void forget(Book.Page page, ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        var key = new String(record.key(), StandardCharsets.UTF_8);
        var known = page.at(key);
        if (known != null && known.status() != null) {
            page.put(key, known.forgotten());
        }
    }

    private void passOver(ConsumerRecord<byte[], byte[]> record, String reason) {
        meters.unreadable();
        LOG.warnf(
                "a status is unreadable and passed over source=%s/%d/%d reason=%s",
                record.topic(), record.partition(), record.offset(), reason);
    }

    /** Each once: it is so at every status of the kind. */
    private void tell(Trouble trouble) {
        meters.undefined(trouble.rule());
        if (told.size() < TROUBLES_TOLD && told.add(trouble)) {
            LOG.warnf(
                    "a rule can't be worked out, so it doesn't hold rule=%s reason=%s",
                    trouble.rule(), trouble.words());
        }
    }
}
