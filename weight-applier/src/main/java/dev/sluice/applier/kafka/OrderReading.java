package dev.sluice.applier.kafka;

import dev.sluice.applier.shell.Orders;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.wire.Keys;
import dev.sluice.schemas.wire.MessageReader;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.Reading;
import dev.sluice.telemetry.Arrival;
import dev.sluice.telemetry.Hop;
import dev.sluice.telemetry.Tracing;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** One membership in the group: what was read, from where, and whether all of it was. Used by one thread. */
final class OrderReading implements ConsumerRebalanceListener {
    private static final Logger LOG = Logger.getLogger(OrderReading.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    /** An empty log is caught up with although no record ends the poll. */
    private static final Duration POLL_AT_START = Duration.ofMillis(50);

    private final Consumer<byte[], byte[]> consumer;
    private final Orders routes;
    private final ReportLog reports;
    private final Clock clock;
    private final Tracing tracing;
    private final MessageReader reader = new MessageReader();
    private final CatchUp catchUp = new CatchUp();
    private final Origins origins = new Origins(WeightOrder::route);
    private final Origins observed = new Origins(OrderReading::observed);
    private final Map<TopicPartition, Long> buriedBefore = new HashMap<>();
    private final Map<TopicPartition, String> newer = new ConcurrentHashMap<>();
    private boolean caughtUp;
    private boolean hasNews;

    OrderReading(Consumer<byte[], byte[]> consumer, Orders routes, ReportLog reports, Clock clock, Tracing tracing) {
        this.tracing = tracing;
        this.consumer = consumer;
        this.routes = routes;
        this.reports = reports;
        this.clock = clock;
    }

    void subscribe(List<String> topics) {
        consumer.subscribe(topics, this);
    }

    boolean isCaughtUp() {
        return caughtUp;
    }

    void poll() {
        var records = consumer.poll(caughtUp ? POLL : POLL_AT_START);
        records.forEach(this::take);
        var read = catchUp.done(consumer);
        if (!read.isEmpty()) {
            routes.read(origins.of(read));
        }
        if (!caughtUp && catchUp.isDone()) {
            caughtUp = true;
            LOG.infof(
                    "the order log is read partitions=%d", consumer.assignment().size());
        }
        hasNews |= !records.isEmpty();
        // what is committed says which dead letters were told; nothing waits for it
        if (hasNews && !reports.isBurying()) {
            hasNews = false;
            consumer.commitAsync();
        }
    }

    /** Nothing of this membership is written any more. */
    void end() {
        onPartitionsLost(consumer.assignment());
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> added) {
        catchUp.begin(consumer, added);
        if (added.isEmpty()) {
            return; // seeking nothing to the beginning would seek everything
        }
        caughtUp = false;
        consumer.seekToBeginning(added);
        consumer.committed(new HashSet<>(added)).forEach(this::remember);
    }

    private void remember(TopicPartition partition, OffsetAndMetadata committed) {
        buriedBefore.put(partition, committed == null ? 0 : committed.offset());
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        origins.lost(revoked).forEach(routes::drop);
        observed.lost(revoked).forEach(routes::unobserve);
        catchUp.forget(revoked);
        newer.keySet().removeAll(revoked);
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        switch (reader.read(MessageType.WEIGHT_ORDER, record.value(), record.headers())) {
            case Reading.Message<WeightOrder>(WeightOrder order, var attributes) -> {
                if (!routes.serves(order.cluster())) {
                    return;
                }
                var isPast = catchUp.isReading(new TopicPartition(record.topic(), record.partition()));
                try (var hop = begin(Arrival.of(record, attributes), order, isPast)) {
                    if (order.observe()) {
                        observed.read(order, record.partition());
                        routes.observe(order, hop.lineage());
                    } else if (order.check()) {
                        routes.check(order, hop.lineage(), isPast);
                    } else {
                        origins.read(order, record.partition());
                        routes.order(order, hop.lineage(), isPast);
                    }
                }
            }
            case Reading.Tombstone<WeightOrder> tombstone -> forget(record.key());
            case Reading.Unreadable<WeightOrder>(String reason) -> bury(record, reason);
            case Reading.Newer<WeightOrder>(String reason) -> leaveToNewer(record, reason);
        }
    }

    /** What was handled before this instance began to read is no part of its trace any more. */
    private Hop begin(Arrival arrival, WeightOrder order, boolean isPast) {
        return isPast
                ? Hop.unseen(arrival.lineage())
                : tracing.process(arrival)
                        .about("application", order.application())
                        .about("target", order.target())
                        .about("rollout", order.rollout())
                        .about("route", order.route())
                        .about("sequence", order.sequence());
    }

    /** A later version is about to take over: until then nothing is written for the route, and nothing is lost (B42). */
    private void leaveToNewer(ConsumerRecord<byte[], byte[]> record, String reason) {
        LOG.errorf(
                "an order is of a later version and is left to it source=%s/%d/%d reason=%s",
                record.topic(), record.partition(), record.offset(), reason);
        newer.put(new TopicPartition(record.topic(), record.partition()), reason);
        if (record.key() != null) {
            routes.drop(new String(record.key(), StandardCharsets.UTF_8));
        }
    }

    /** Why some routes are left to a later version; empty where none is. */
    Optional<String> obstacle() {
        return newer.values().stream().findFirst().map(reason -> "an order is of a later version: " + reason);
    }

    private void forget(byte[] bytes) {
        if (bytes == null) {
            return;
        }
        var key = new String(bytes, StandardCharsets.UTF_8);
        if (Keys.isObserved(key)) {
            observed.forget(key);
            routes.unobserve(key);
        } else {
            origins.forget(key);
            routes.drop(key);
        }
    }

    private static String observed(WeightOrder order) {
        return Keys.observed(order.application(), order.route());
    }

    /** The log is read from its beginning at each start; its dead letters are told once. */
    private void bury(ConsumerRecord<byte[], byte[]> record, String reason) {
        var partition = new TopicPartition(record.topic(), record.partition());
        if (record.offset() >= buriedBefore.getOrDefault(partition, 0L)) {
            reports.bury(record, reason, clock.instant());
        }
    }
}
