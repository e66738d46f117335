package dev.sluice.engine.shell;

import dev.sluice.engine.kafka.InboundReader;
import dev.sluice.engine.kafka.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Starts the engine's threads once its topics are there, and stops them in an order in which none misses another. */
@ApplicationScoped
public class Engine {
    private static final Logger LOG = Logger.getLogger(Engine.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_BACKLOG_LOOKS = Duration.ofMillis(20);
    /** Longer than a dead member keeps its partitions from others. */
    private static final Duration LONGEST_BACKLOG = Duration.ofSeconds(20);

    private final Topics topics;
    private final InboundReader reader;
    private final Inbound inbound;
    private final Relay relay;
    private final WakeUpCalls wakeUpCalls;
    private final WebhookLane webhooks;
    private final LeftCalls leftCalls;
    private final Followers followers;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private Thread starter;
    private volatile boolean running;
    private volatile String waitingFor = "the topics to be looked at";

    Engine(
            Topics topics,
            InboundReader reader,
            Inbound inbound,
            Relay relay,
            WakeUpCalls wakeUpCalls,
            WebhookLane webhooks,
            LeftCalls leftCalls,
            Followers followers) {
        this.topics = topics;
        this.reader = reader;
        this.inbound = inbound;
        this.relay = relay;
        this.wakeUpCalls = wakeUpCalls;
        this.webhooks = webhooks;
        this.leftCalls = leftCalls;
        this.followers = followers;
    }

    void onStart(@Observes StartupEvent event) {
        starter = Thread.ofPlatform().name("sluice-start").start(this::start);
    }

    /** First no new work, then no new wake-ups and calls, then the messages that these have left. */
    void onStop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping.countDown();
        starter.interrupt();
        starter.join();
        if (running) {
            reader.stop();
            wakeUpCalls.stop();
            webhooks.stop();
            relay.stop();
            followers.stop();
        }
        LOG.info("Stopped");
    }

    private void start() {
        try {
            if (awaitTopics()) {
                followers.start();
                relay.start();
                webhooks.start();
                reader.start(inbound);
                running = true;
                waitingFor = null;
                awaitBacklog();
                wakeUpCalls.start();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What was sent in time counts though it is read late: commands that waited go before wake-ups that are due (B38). A
     * backlog that can't be read keeps no wake-up from its time for long.
     */
    private void awaitBacklog() throws InterruptedException {
        var start = System.nanoTime();
        while (!reader.hasReadBacklog()
                && System.nanoTime() - start < LONGEST_BACKLOG.toNanos()
                && !stopping.await(BETWEEN_BACKLOG_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.debug("Waiting for the backlog of commands");
        }
    }

    private boolean awaitTopics() throws InterruptedException {
        do {
            var wrong = wrongTopics();
            if (wrong.isEmpty()) {
                return true;
            }
            if (!wrong.get().equals(waitingFor)) {
                waitingFor = wrong.get();
                LOG.infof("Waiting for %s", waitingFor);
            }
        } while (!stopping.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS));
        return false;
    }

    private Optional<String> wrongTopics() {
        try {
            return topics.prepare();
        } catch (KafkaException e) {
            return Optional.of("Kafka: " + Reasons.of(e));
        }
    }

    /** A thread that the engine can't do without and that is gone; empty when all live or none was started yet. */
    public Optional<String> deadThread() {
        if (!running || stopping.getCount() == 0) {
            return Optional.empty();
        }
        if (!reader.isRunning()) {
            return Optional.of("the thread that reads Kafka has died");
        }
        if (!webhooks.isRunning()) {
            return Optional.of("the thread that makes webhooks' calls has died");
        }
        return relay.isRunning() ? Optional.empty() : Optional.of("a thread that sends the outbox has died");
    }

    /** Partitions of commands that wait for the end of a sender's transaction, and whose it is; aborts don't wait. */
    public Map<TopicPartition, String> heldByTransactions() {
        return reader.heldByTransactions();
    }

    /** What keeps the engine from working, for whoever asks whether it is ready; empty when it works. */
    public Optional<String> obstacle() {
        if (waitingFor != null) {
            return Optional.of("waiting for " + waitingFor);
        }
        if (reader.stuck().isPresent()) {
            return reader.stuck();
        }
        if (reader.tooNew().isPresent()) {
            return reader.tooNew();
        }
        if (leftCalls.words().isPresent()) {
            return leftCalls.words();
        }
        if (!reader.hasJoined()) {
            return Optional.of("not a member of the consumer group yet");
        }
        return relay.isAlive() ? Optional.empty() : Optional.of("the outbox relay makes no progress");
    }
}
