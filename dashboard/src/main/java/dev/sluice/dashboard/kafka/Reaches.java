package dev.sluice.dashboard.kafka;

import dev.sluice.dashboard.config.DashboardConfig;
import dev.sluice.dashboard.metrics.Meters;
import dev.sluice.schemas.Topic;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** How far each channel has read. Asks the brokers now and then, so that what is shown can be as old as it says, and no older. */
@ApplicationScoped
public class Reaches {
    static final List<Topic> TOPICS = List.of(Topic.STATUS, Topic.AUDIT, Topic.VERDICTS);

    private static final Logger LOG = Logger.getLogger(Reaches.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_FIRST_LOOKS = Duration.ofMillis(100);
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(10);

    private final Map<Topic, Reach> reaches = new EnumMap<>(Topic.class);
    private final KafkaClientService clients;
    private final Clock clock;
    private final Instant readFrom;
    private final CountDownLatch stopped = new CountDownLatch(1);

    Reaches(KafkaClientService clients, DashboardConfig config, Meters meters, Clock clock) {
        this.clients = clients;
        this.clock = clock;
        this.readFrom = clock.instant().minus(config.dashboard().memory().history());
        TOPICS.forEach(topic -> reaches.put(topic, new Reach()));
        meters.statusAge(this::ageSeconds);
    }

    private double ageSeconds() {
        var asOf = asOf();
        return asOf == null
                ? Double.NaN
                : Duration.between(asOf, clock.instant()).toMillis() / 1000.0;
    }

    Reach of(Topic topic) {
        return reaches.get(topic);
    }

    /** As of when all statuses are known; null: not yet all that there were at the start. */
    public Instant asOf() {
        return of(Topic.STATUS).asOf();
    }

    /** When the newest status was sent; null where there was none. */
    public Instant newest() {
        return of(Topic.STATUS).newest();
    }

    /** Whether audit and verdicts have been read from {@link #readFrom} on. */
    public boolean hasHistory() {
        return of(Topic.AUDIT).asOf() != null && of(Topic.VERDICTS).asOf() != null;
    }

    /** The beginning of what is read of audit and verdicts. */
    public Instant readFrom() {
        return readFrom;
    }

    void start(@Observes StartupEvent event) {
        Thread.ofVirtual().name("sluice-reaches").start(this::look);
    }

    void stop(@Observes ShutdownEvent event) {
        stopped.countDown();
    }

    private void look() {
        try {
            var pause = BETWEEN_FIRST_LOOKS;
            while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                TOPICS.forEach(this::look);
                pause = asOf() == null || !hasHistory() ? BETWEEN_FIRST_LOOKS : BETWEEN_LOOKS;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Topic topic) {
        try {
            clients.<byte[], byte[]>getConsumer(topic.word())
                    .runOnPollingThread(consumer -> {
                        of(topic).look(consumer, clock.instant());
                        return null;
                    })
                    .await()
                    .atMost(LOOK_LIMIT);
        } catch (RuntimeException e) {
            // whoever watches sees it by the age of the picture
            LOG.debugf(e, "Cannot tell how far %s has been read", topic.word());
        }
    }
}
