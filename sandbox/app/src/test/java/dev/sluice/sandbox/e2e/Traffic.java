package dev.sluice.sandbox.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.wire.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Publishes metric events as an application would, ten times a second, for as long as the trial lasts. */
final class Traffic implements AutoCloseable {
    private static final int REQUESTS = 100;
    private static final long EVERY_MILLIS = 100;

    private final Trial trial;
    private final Map<String, Double> errorShares = new HashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("traffic").factory());
    private String canaryRevision;

    Traffic(Trial trial) {
        this.trial = trial;
        var unused = clock.scheduleAtFixedRate(this::publish, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** From now on this share of the variant's requests (0 to 1) fails: what was sent before is with the broker. */
    synchronized void of(String variant, double errorShare) {
        errorShares.put(variant, errorShare);
    }

    /** From now on the canary says that it is of this revision: late numbers of the last one don't judge it (B45). */
    synchronized void release(String revision) {
        canaryRevision = revision;
    }

    private synchronized void publish() {
        errorShares.forEach((variant, errorShare) -> {
            publish(variant, "200", REQUESTS * (1 - errorShare));
            publish(variant, "503", REQUESTS * errorShare);
        });
    }

    private void publish(String variant, String code, double count) {
        if (count > 0) {
            var event = Json.mapper()
                    .createObjectNode()
                    .put("application", trial.application())
                    .put("target", Trial.TARGET)
                    .put("variant", variant)
                    .put("metric", "http_requests")
                    .put("count", count);
            event.putObject("labels").put("code", code);
            if (variant.equals("canary") && canaryRevision != null) {
                event.put("revision", canaryRevision);
            }
            trial.publish(
                    Topic.METRICS,
                    trial.application() + "/" + Trial.TARGET,
                    event.toString().getBytes(UTF_8));
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
