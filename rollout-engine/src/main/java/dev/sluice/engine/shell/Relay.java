package dev.sluice.engine.shell;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.kafka.KafkaSettings;
import dev.sluice.engine.kafka.OutboxProducer;
import dev.sluice.engine.kafka.OutboxProducer.Sent;
import dev.sluice.engine.postgres.Database;
import dev.sluice.engine.postgres.Lease;
import dev.sluice.engine.postgres.Outbox;
import dev.sluice.schemas.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * Sends what the outbox holds, in order. One relay at a time works, by a lease; what makes a second one harmless is the
 * broker, which lets no producer go on once another has taken over. Woken by every commit; looks by itself only as often
 * as it renews its lease.
 */
@ApplicationScoped
class Relay {
    private static final Logger LOG = Logger.getLogger(Relay.class);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(8);
    private static final int RENEWALS_PER_LEASE = 3;

    private final Database database;
    private final Outbox outbox;
    private final Lease lease;
    private final KafkaSettings kafka;
    private final EngineConfig.Outbox config;
    private final Meters meters;
    private final String orders;
    private final String holder = UUID.randomUUID().toString();
    private final Semaphore work = new Semaphore(0);
    private volatile boolean stopped;
    private volatile long seenNanos = System.nanoTime();
    private OutboxProducer producer;
    private long renewedNanos;
    private Thread thread;

    Relay(
            Database database,
            Outbox outbox,
            Lease lease,
            KafkaSettings kafka,
            EngineConfig config,
            Meters meters,
            Commits commits) {
        this.database = database;
        this.outbox = outbox;
        this.lease = lease;
        this.kafka = kafka;
        this.config = config.outbox();
        this.meters = meters;
        this.orders = Topic.WEIGHTS.name(kafka.prefix());
        commits.onCommit(this::wake);
    }

    void start() {
        stopped = false;
        thread = Thread.ofPlatform().name("sluice-relay").start(this::run);
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

    private void wake() {
        work.release();
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
                LOG.warnf("Relay broke off, trying again: %s", Reasons.of(e));
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
        if (database.alone(session -> lease.renew(session, holder, config.lease()))) {
            renewedNanos = now;
            seenNanos = now;
            return true;
        }
        LOG.info("Another relay holds the lease");
        closeProducer();
        return false;
    }

    private void standBy() {
        if (database.alone(session -> lease.take(session, holder, config.lease()))) {
            // before any row is read: from here on nothing that a former relay began can be committed
            producer = OutboxProducer.takeOver(kafka);
            renewedNanos = 0;
            LOG.info("Relaying the outbox");
        } else {
            seenNanos = System.nanoTime();
            rest();
        }
    }

    private int sendNext() {
        work.drainPermits();
        var rows = database.alone(session -> outbox.unsent(session, config.batchSize()));
        // orders alone and first: each topic that a transaction writes to makes its readers wait longer for it
        var byUrgency = rows.stream().collect(Collectors.partitioningBy(this::isOrder));
        if (areSent(byUrgency.get(true)) && areSent(byUrgency.get(false)) && !rows.isEmpty()) {
            sent(rows);
        }
        return rows.size();
    }

    private boolean isOrder(Outbox.Row row) {
        return row.record().topic().equals(orders);
    }

    /** False when some were set aside instead; then all are looked at again. */
    private boolean areSent(List<Outbox.Row> rows) {
        if (rows.isEmpty()) {
            return true;
        }
        return switch (producer.send(rows.stream().map(Outbox.Row::record).toList())) {
            case Sent.Whole whole -> true;
            case Sent.Refused refused -> {
                refused.reasons().forEach((i, reason) -> setAside(rows.get(i), reason));
                yield false;
            }
            case Sent.Over over -> throw new KafkaException(over.reason());
        };
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

    private void handOn() {
        closeProducer();
        try {
            database.alone(session -> lease.release(session, holder));
        } catch (RuntimeException e) {
            LOG.debugf("The lease runs out by itself: %s", Reasons.of(e));
        }
    }

    private void closeProducer() {
        if (producer != null) {
            producer.close();
            producer = null;
        }
    }
}
