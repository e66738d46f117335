package dev.sluice.engine.kafka;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.schemas.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * The thread that reads what the engine is told, for as long as the engine runs: opens one {@link InboundSession} after
 * the other, should one break.
 */
@ApplicationScoped
public class InboundReader {
    private static final Logger LOG = Logger.getLogger(InboundReader.class);
    private static final Duration BETWEEN_SESSIONS = Duration.ofSeconds(1);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(8);

    private final KafkaSettings settings;
    private final Topics topics;
    private final EngineConfig.Inbound config;
    private final Backlog backlog;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile InboundSession session;
    private volatile String stuck;
    private Thread thread;
    private volatile OpenTransactions transactions;

    InboundReader(KafkaSettings settings, Topics topics, EngineConfig config, Backlog backlog) {
        this.settings = settings;
        this.topics = topics;
        this.config = config.inbound();
        this.backlog = backlog;
    }

    /** Starts to read; every batch goes to {@code inbox}, one at a time per partition. */
    public void start(Inbox inbox) {
        // before the thread that liveness looks at first
        transactions = new OpenTransactions(
                Admin.create(settings.admin()), settings::uncommittedConsumer, this::commands, inbox::ahead);
        transactions.start();
        thread = Thread.ofPlatform().name("sluice-inbound").start(() -> read(inbox));
    }

    private Set<TopicPartition> commands() {
        var open = session;
        return open == null ? Set.of() : open.commands();
    }

    /** Partitions of commands that wait for the end of somebody's transaction, and whose it is. */
    public Map<TopicPartition, String> heldByTransactions() {
        var looking = transactions;
        return looking == null ? Map.of() : looking.holders();
    }

    /** Ends after the batches at hand, leaves the group, and returns when both are done. */
    public void stop() {
        stopping.countDown();
        var open = session;
        if (open != null) {
            open.stop();
        }
        if (transactions != null) {
            transactions.close();
        }
        join();
    }

    /** Whether partitions are assigned, or known to be all with other instances. */
    public boolean hasJoined() {
        var open = session;
        return open != null && open.hasJoined();
    }

    /** Whether the commands that were waiting when this instance came have been worked off. */
    public boolean hasReadBacklog() {
        var open = session;
        return open != null && open.hasReadBacklog();
    }

    /** Why a partition stands still until this instance is upgraded; empty when none does. */
    public Optional<String> tooNew() {
        var open = session;
        return open == null ? Optional.empty() : open.tooNew().stream().findFirst();
    }

    /** Whether the thread lives, or has told why it doesn't. */
    public boolean isRunning() {
        return stuck != null || (thread != null && thread.isAlive() && transactions.isRunning());
    }

    /** Why a partition can't go on until a person has looked; empty when all is well. */
    public Optional<String> stuck() {
        return Optional.ofNullable(stuck);
    }

    private void read(Inbox inbox) {
        while (!isStopped()) {
            try (var consumer = new KafkaConsumer<>(
                    settings.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                session = new InboundSession(consumer, topicsByName(), topics::ids, inbox, config, backlog);
                session.run(this::isStopped);
            } catch (WakeupException e) {
                LOG.debug("Woken up to stop");
            } catch (PartitionStuck | KafkaException e) {
                if (e.getCause() instanceof PartitionStuck || e instanceof PartitionStuck) {
                    // thrown inside a rebalance, Kafka's client wraps it
                    stuck = e instanceof PartitionStuck
                            ? e.getMessage()
                            : e.getCause().getMessage();
                    LOG.errorf("Stopped reading: %s", stuck);
                    return;
                }
                LOG.warnf(e, "Reading broke off, trying again");
            } catch (RuntimeException e) {
                // a bug must not end the thread that aborts come through
                LOG.error("Reading broke off for a reason that nobody expected, trying again", e);
            }
            pause();
        }
    }

    private Map<String, Topic> topicsByName() {
        var byName = KafkaSettings.INBOUND.stream()
                .collect(Collectors.toMap(topic -> topic.name(settings.prefix()), Function.identity()));
        topics.commands().forEach(name -> byName.put(name, Topic.COMMANDS));
        return byName;
    }

    private boolean isStopped() {
        return stopping.getCount() == 0;
    }

    private void pause() {
        try {
            if (stopping.await(BETWEEN_SESSIONS.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("Stopping");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.countDown();
        }
    }

    private void join() {
        try {
            if (thread != null && !thread.join(LONGEST_STOP)) {
                LOG.warn("The reader did not end in time; its group finds out by the session time-out");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
