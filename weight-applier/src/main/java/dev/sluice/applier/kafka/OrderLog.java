package dev.sluice.applier.kafka;

import dev.sluice.applier.config.ApplierSettings;
import dev.sluice.applier.shell.Orders;
import dev.sluice.schemas.Topic;
import dev.sluice.telemetry.Tracing;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/** The thread that reads orders and hands them straight to their routes. */
@ApplicationScoped
public class OrderLog {
    private static final Logger LOG = Logger.getLogger(OrderLog.class);
    private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(1);
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private final Clients clients;
    private final Orders routes;
    private final ReportLog reports;
    private final ApplierSettings settings;
    private final Clock clock;
    private final Tracing tracing;
    private final Thread thread = Thread.ofPlatform().name("order-log").unstarted(this::run);
    private volatile Consumer<byte[], byte[]> consumer;
    private volatile OrderReading reading;
    private volatile boolean stopped;
    private volatile boolean caughtUp;

    OrderLog(
            Clients clients, Orders routes, ReportLog reports, ApplierSettings settings, Clock clock, Tracing tracing) {
        this.clients = clients;
        this.routes = routes;
        this.reports = reports;
        this.settings = settings;
        this.clock = clock;
        this.tracing = tracing;
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    /** Leaves the group at once, so that another instance takes over without waiting for a time-out. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        var reading = consumer;
        if (reading != null) {
            reading.wakeup();
        }
        LockSupport.unpark(thread);
        thread.join(GOODBYE.multipliedBy(2));
    }

    /** Whether the log has been read to the ends seen at the last assignment. */
    public boolean isCaughtUp() {
        return caughtUp;
    }

    public boolean isAlive() {
        return thread.isAlive();
    }

    /** What keeps some routes from being served, in words; empty when all are. */
    public Optional<String> obstacle() {
        var current = reading;
        return current == null ? Optional.empty() : current.obstacle();
    }

    private void run() {
        while (!stopped) {
            try (var orders = clients.orders()) {
                consumer = orders;
                this.reading = new OrderReading(orders, routes, reports, clock, tracing);
                read(this.reading);
            } catch (WakeupException onStop) {
                LOG.debug("woken to stop");
            } catch (RuntimeException e) {
                caughtUp = false;
                LOG.error("the order log can't be read; trying again", e);
                LockSupport.parkNanos(PAUSE_AFTER_ERROR.toNanos());
            }
        }
    }

    private void read(OrderReading reading) {
        try {
            reading.subscribe(List.of(Topic.WEIGHTS.name(settings.topics().prefix())));
            while (!stopped) {
                reading.poll();
                caughtUp = reading.isCaughtUp();
            }
        } finally {
            reading.end();
        }
    }
}
