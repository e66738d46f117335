package dev.sluice.engine.shell;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.kafka.KafkaSettings;
import dev.sluice.engine.kafka.OutboxProducer;
import dev.sluice.engine.kafka.OutboxProducer.Sent;
import dev.sluice.engine.postgres.Database;
import dev.sluice.engine.postgres.Lease;
import dev.sluice.engine.postgres.Outbox;
import dev.sluice.telemetry.Tracing;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * Sends one part of what the outbox holds, in order, on a thread and by a producer of its own: what is wrong with the
 * topics of another lane keeps none of its messages waiting (B39). One instance at a time works on a lane, by a lease;
 * what makes a second one harmless is the broker, which lets no producer go on once another has taken over. Woken by
 * every commit; looks by itself only as often as it renews its lease.
 */
final class Lane {
    private static final Logger LOG = Logger.getLogger(Lane.class);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(8);
    private static final int RENEWALS_PER_LEASE = 3;
    private static final Duration FIRST_AVOIDANCE = Duration.ofSeconds(2);
    private static final Duration LONGEST_AVOIDANCE = Duration.ofMinutes(1);

    /**
     * Which messages a lane carries.
     *
     * @param name of its lease and, behind the prefix, of its transactional id
     * @param topic the topic of orders
     * @param isOfOrders whether it carries that topic, or all the others
     */
    record Load(String name, String topic, boolean isOfOrders) {}

    private final Load load;
    private final Database database;
    private final Outbox outbox;
    private final Lease lease;
    private final KafkaSettings kafka;
    private final EngineConfig.Outbox config;
    private final Meters meters;
    private final Precedence precedence;
    private final Tracing tracing;
    private final String holder = UUID.randomUUID().toString();
    private final Semaphore work = new Semaphore(0);
    private final HandedOver handedOver = new HandedOver();
    /** Whether there may be rows that nobody handed over. */
    private final AtomicBoolean look = new AtomicBoolean(true);

    private volatile boolean relaying;
    private long lookedNanos;
    private final Avoided avoided = new Avoided(FIRST_AVOIDANCE, LONGEST_AVOIDANCE);
    private volatile boolean stopped;
    private volatile long seenNanos = System.nanoTime();
    private OutboxProducer producer;
    private long renewedNanos;
    private Thread thread;

    Lane(
            Load load,
            Database database,
            Outbox outbox,
            Lease lease,
            KafkaSettings kafka,
            EngineConfig.Outbox config,
            Meters meters,
            Precedence precedence,
            Tracing tracing) {
        this.load = load;
        this.database = database;
        this.outbox = outbox;
        this.lease = lease;
        this.kafka = kafka;
        this.config = config;
        this.meters = meters;
        this.precedence = precedence;
        this.tracing = tracing;
    }

    void start() {
        stopped = false;
        thread = Thread.ofPlatform().name("sluice-" + load.name()).start(this::run);
    }

    /** Ends after the messages at hand and hands the lease on. */
    void stop() {
        stopped = true;
        wake();
        try {
            if (thread != null && !thread.join(LONGEST_STOP)) {
                LOG.warn("The relay did not end in time; its lease runs out by itself");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it worked, or saw another at work, within the last few leases. */
    boolean isAlive() {
        return System.nanoTime() - seenNanos < config.lease().multipliedBy(5).toNanos();
    }

    /** There may be rows that nobody hands over. */
    void wake() {
        look.set(true);
        work.release();
    }

    /**
     * Rows that this instance has just committed, those of an application in their order.
     *
     * @param others whether earlier ones were on their way out, of which nobody here may know
     */
    void handOver(List<Outbox.Row> rows, boolean others) {
        if (relaying) {
            precedence.ordersWait();
        }
        if (others || !relaying) {
            wake();
        } else {
            handedOver.add(rows);
            work.release();
        }
    }

    boolean isRelaying() {
        return relaying;
    }

    private void run() {
        while (!stopped) {
            try {
                if (!isHolding()) {
                    standBy();
                } else if (sendNext() == 0) {
                    rest();
                }
            } catch (RuntimeException e) {
                LOG.warnf("Lane %s broke off, trying again: %s", load.name(), Reasons.of(e));
                handOn();
                rest();
            }
        }
        sendRest();
        handOn();
    }

    /** What was committed before the stop; another relay would send it too, but later. */
    private void sendRest() {
        try {
            while (isHolding() && sendNext() > 0) {
                LOG.debug("Sending the rest");
            }
        } catch (RuntimeException e) {
            LOG.infof("The rest of the outbox is left to the next relay: %s", Reasons.of(e));
        }
    }

    /** Renews in time; whoever finds the lease gone takes over anew before sending anything. */
    private boolean isHolding() {
        if (producer == null) {
            return false;
        }
        var now = System.nanoTime();
        if (now - renewedNanos < renewal().toNanos()) {
            return true;
        }
        if (database.alone(session -> lease.renew(session, load.name(), holder, config.lease()))) {
            renewedNanos = now;
            seenNanos = now;
            return true;
        }
        LOG.infof("Another instance holds the lease of lane %s", load.name());
        closeProducer();
        return false;
    }

    private void standBy() {
        if (database.alone(session -> lease.take(session, load.name(), holder, config.lease()))) {
            // before any row is read: from here on nothing that a former relay began can be committed
            producer = OutboxProducer.takeOver(kafka, load.name());
            handedOver.beginAbove(database.alone(outbox::lastId));
            look.set(true);
            relaying = true;
            renewedNanos = 0;
            LOG.infof("Relaying lane %s", load.name());
        } else {
            seenNanos = System.nanoTime();
            rest();
        }
    }

    private int sendNext() {
        work.drainPermits();
        if (!load.isOfOrders()) {
            precedence.giveWay();
        }
        var rows = next();
        if (rows.isEmpty()) {
            noneWait();
            return 0;
        }
        switch (send(rows)) {
            case Sent.Whole whole -> sent(rows);
            case Sent.Refused refused -> refused.reasons().forEach((i, reason) -> setAside(rows.get(i), reason));
            case Sent.Over over -> sendTopicByTopic(rows, over);
        }
        return rows.size();
    }

    /**
     * What was handed over needs not be asked for, as long as all of it is in order. Otherwise the database says what is
     * unsent; until it says that nothing is, it is asked again.
     */
    private List<Outbox.Row> next() {
        var isTimeToLook = System.nanoTime() - lookedNanos > renewal().toNanos();
        var inOrder = handedOver.take(config.batchSize());
        if (inOrder.isEmpty()) {
            look.set(true);
        } else if (!look.get() && !isTimeToLook && !inOrder.get().isEmpty()) {
            return inOrder.get();
        }
        if (!look.getAndSet(false) && !isTimeToLook) {
            return List.of();
        }
        var avoid = avoided.now(System.nanoTime());
        var rows = database.alone(
                session -> outbox.unsent(session, load.topic(), load.isOfOrders(), avoid, config.batchSize()));
        lookedNanos = System.nanoTime();
        if (!rows.isEmpty()) {
            look.set(true);
            handedOver.beginAbove(rows.getLast().id());
        }
        return rows;
    }

    private Sent send(List<Outbox.Row> rows) {
        var records = rows.stream().map(Outbox.Row::record).toList();
        var sending = tracing.send(records);
        try {
            var sent = producer.send(sending.records());
            switch (sent) {
                case Sent.Whole whole -> sending.taken();
                case Sent.Refused refused -> sending.failed("refused by the broker");
                case Sent.Over over -> sending.failed(over.reason());
            }
            return sent;
        } catch (RuntimeException e) {
            sending.over(e);
            throw e;
        } finally {
            noneWait();
        }
    }

    /** One topic that can't be written keeps the others of its lane no longer than it takes to find out. */
    private void sendTopicByTopic(List<Outbox.Row> rows, Sent.Over whole) {
        var byTopic = rows.stream()
                .collect(Collectors.groupingBy(row -> row.record().topic(), LinkedHashMap::new, Collectors.toList()));
        if (byTopic.size() == 1 && load.isOfOrders()) {
            throw new KafkaException(whole.reason());
        }
        LOG.warnf("Lane %s goes topic by topic: %s", load.name(), whole.reason());
        if (byTopic.size() == 1) {
            avoided.add(byTopic.keySet().iterator().next(), System.nanoTime());
            goOnAfterFailure();
            return;
        }
        for (var one : byTopic.entrySet()) {
            goOnAfterFailure();
            if (send(one.getValue()) instanceof Sent.Whole) {
                avoided.forget(one.getKey());
                sent(one.getValue());
            } else {
                LOG.warnf("Topic %s can't be written now; its messages wait for it, and no others do", one.getKey());
                avoided.add(one.getKey(), System.nanoTime());
            }
        }
        goOnAfterFailure();
    }

    /**
     * With a producer anew, and only while the lease is still held. It is looked at once the new producer has fenced all
     * others: a relay that took the lease meanwhile has sent these rows and later ones, after which they must not come.
     *
     * @throws KafkaException where another relay holds the lease
     */
    private void goOnAfterFailure() {
        closeProducer();
        producer = OutboxProducer.takeOver(kafka, load.name());
        renewedNanos = 0;
        if (!isHolding()) {
            throw new KafkaException("another relay has taken over lane " + load.name());
        }
        look.set(true);
        relaying = true;
    }

    private void sent(List<Outbox.Row> rows) {
        var ids = rows.stream().map(Outbox.Row::id).toList();
        database.alone(session -> outbox.delete(session, ids));
        meters.sent(rows.size());
    }

    private void setAside(Outbox.Row row, String reason) {
        LOG.errorf(
                "Message %d for %s can't be sent and was set aside in table outbox: %s",
                row.id(), row.record().topic(), reason);
        database.alone(session -> outbox.refuse(session, row.id(), reason));
    }

    private void rest() {
        try {
            if (!stopped) {
                var woken = work.tryAcquire(renewal().toMillis(), TimeUnit.MILLISECONDS);
                LOG.tracef("Woken by a commit: %s", woken);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
    }

    private Duration renewal() {
        return config.lease().dividedBy(RENEWALS_PER_LEASE);
    }

    /** Whether its thread lives; one that died says so by liveness. */
    boolean isRunning() {
        return thread != null && thread.isAlive();
    }

    private void handOn() {
        closeProducer();
        try {
            database.alone(session -> lease.release(session, load.name(), holder));
        } catch (RuntimeException e) {
            LOG.debugf("The lease runs out by itself: %s", Reasons.of(e));
        }
    }

    private void noneWait() {
        if (load.isOfOrders()) {
            precedence.ordersAreOut();
        }
    }

    private void closeProducer() {
        relaying = false;
        noneWait();
        if (producer != null) {
            producer.close();
            producer = null;
        }
    }
}
