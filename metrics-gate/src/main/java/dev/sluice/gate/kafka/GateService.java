package dev.sluice.gate.kafka;

import dev.sluice.gate.alert.FreezeRules;
import dev.sluice.gate.config.GateConfig;
import dev.sluice.gate.core.Judging;
import dev.sluice.gate.source.MetricProviders;
import dev.sluice.telemetry.Tracing;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Keeps a session running from start to shutdown, and knows how it does. */
@Singleton
public class GateService {
    private static final Logger LOG = Logger.getLogger(GateService.class);
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);
    private static final Duration SHUTDOWN_WITHIN = Duration.ofSeconds(15);

    private final Clients clients;
    private final GateConfig config;
    private final Judging judging;
    private final MetricProviders providers;
    private final FreezeRules freezes;
    private final Meters meters;
    private final Tracing tracing;
    private final Clock clock = Clock.systemUTC();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("sluice-gate").unstarted(this::run);
    private volatile Session session;
    private volatile Instant lastTurn;
    private volatile String failure;

    GateService(
            Clients clients,
            GateConfig config,
            Judging judging,
            MetricProviders providers,
            FreezeRules freezes,
            Meters meters,
            Tracing tracing) {
        this.tracing = tracing;
        this.clients = clients;
        this.config = config;
        this.judging = judging;
        this.providers = providers;
        this.freezes = freezes;
        this.meters = meters;
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped.countDown();
        var running = session;
        if (running != null) {
            running.stop();
        }
        thread.join(SHUTDOWN_WITHIN);
    }

    /** When the loop last went round; null while it is not running. */
    public Instant lastTurn() {
        return lastTurn;
    }

    /** What ended the last session, or keeps the one that runs from judging everything; null where nothing does. */
    public String failure() {
        var running = session;
        return failure == null && running != null ? running.obstacle().orElse(null) : failure;
    }

    /** Whether the thread that judges is gone although nobody stopped it. */
    public boolean isDead() {
        return stopped.getCount() > 0 && thread.getState() == Thread.State.TERMINATED;
    }

    private void run() {
        while (stopped.getCount() > 0) {
            try (var current = new Session(clients, config, judging, providers, freezes, meters, clock, tracing)) {
                session = current;
                current.run(this::goOn);
            } catch (RuntimeException e) {
                failed(e);
            }
        }
    }

    private boolean goOn() {
        lastTurn = clock.instant();
        failure = null;
        return stopped.getCount() > 0;
    }

    private void failed(RuntimeException cause) {
        session = null;
        lastTurn = null;
        if (stopped.getCount() == 0) {
            return;
        }
        failure = cause.getMessage();
        LOG.error("the gate lost Kafka", cause);
        try {
            var stop = stopped.await(AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS);
            LOG.info(stop ? "the gate was stopped meanwhile" : "the gate starts again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
