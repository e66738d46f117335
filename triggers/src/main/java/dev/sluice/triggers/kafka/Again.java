package dev.sluice.triggers.kafka;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Tries again in place what nothing may be skipped of, until it is done or the triggers stop. */
@Singleton
class Again {
    private static final Logger LOG = Logger.getLogger(Again.class);
    private static final Duration AFTER = Duration.ofSeconds(1);

    private final CountDownLatch stopped = new CountDownLatch(1);

    /** @param trial answers why it is not done; empty: it is */
    void until(Supplier<Optional<String>> trial) {
        try {
            var obstacle = trial.get();
            while (obstacle.isPresent()) {
                LOG.warnf("tried again: %s", obstacle.get());
                if (stopped.await(AFTER.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("the triggers stop; what is not done is read again");
                }
                obstacle = trial.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the triggers stop; what is not done is read again", e);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopped.countDown();
    }
}
