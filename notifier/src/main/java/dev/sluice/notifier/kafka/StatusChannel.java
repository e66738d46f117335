package dev.sluice.notifier.kafka;

import dev.sluice.notifier.delivery.Lanes;
import dev.sluice.notifier.ledger.Books;
import dev.sluice.notifier.ledger.Ledger;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Where statuses come in, batch by batch. What fails is tried again in place, for nothing may be skipped. Committed is what the ledger
 * has: a channel's own commits would also be of records that were left to another instance.
 */
@ApplicationScoped
public class StatusChannel {
    static final String NAME = "statuses";

    private static final Logger LOG = Logger.getLogger(StatusChannel.class);
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);
    /** A broker that restarts may cost some. */
    private static final int FINE_TRIES = 3;

    private final Desk desk;
    private final Books books;
    private final Lanes lanes;
    private final Ledger ledger;
    private final KafkaClientService clients;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile String obstacle;

    StatusChannel(Desk desk, Books books, Lanes lanes, Ledger ledger, KafkaClientService clients) {
        this.desk = desk;
        this.books = books;
        this.lanes = lanes;
        this.ledger = ledger;
        this.clients = clients;
    }

    @Incoming(NAME)
    @Blocking
    void take(ConsumerRecords<byte[], byte[]> records) throws InterruptedException {
        var left = new HashMap<TopicPartition, List<ConsumerRecord<byte[], byte[]>>>();
        records.partitions().forEach(partition -> left.put(partition, new ArrayList<>(records.records(partition))));
        var tries = 0;
        do {
            tries++;
            var trouble = look(left);
            obstacle = trouble.isEmpty() || tries > FINE_TRIES ? trouble.orElse(null) : obstacle;
            if (left.isEmpty()) {
                return;
            }
        } while (!stopped.await(AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS));
        throw new IllegalStateException("the notifier stops; what it has not looked at is read again");
    }

    /** Takes out what is done. */
    private Optional<String> look(Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> left) {
        Optional<String> trouble = Optional.empty();
        var committed = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (var partition : List.copyOf(left.keySet())) {
            var records = left.get(partition);
            try {
                var done = books.at(partition.partition()).flatMap(book -> desk.look(book, records));
                if (done.isEmpty()) {
                    left.remove(partition);
                    continue;
                }
                var number = done.get().records();
                if (number > 0) {
                    committed.put(
                            partition,
                            new OffsetAndMetadata(records.get(number - 1).offset() + 1));
                    records.subList(0, number).clear();
                }
                trouble = done.get().obstacle().isPresent() ? done.get().obstacle() : trouble;
            } catch (RuntimeException e) {
                LOG.error("statuses could not be looked at; it is tried again", e);
                trouble = Optional.of(String.valueOf(e.getMessage()));
            }
            if (records.isEmpty()) {
                left.remove(partition);
            }
        }
        commit(committed);
        return trouble;
    }

    /** Nothing waits for it: what is read again is known from the ledger. */
    private void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (!offsets.isEmpty()) {
            clients.<byte[], byte[]>getConsumer(NAME)
                    .commit(offsets)
                    .subscribe()
                    .with(done -> {}, error -> LOG.warnf("offsets could not be committed: %s", error.getMessage()));
        }
    }

    /** What has kept statuses from being looked at for more than a few tries; empty where nothing does. */
    public Optional<String> obstacle() {
        return Optional.ofNullable(obstacle);
    }

    void stop(@Observes ShutdownEvent event) {
        stopped.countDown();
        lanes.stop();
        books.stop();
        ledger.stop();
    }
}
