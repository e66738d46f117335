package dev.sluice.sandbox.shop;

import java.time.Duration;
import java.util.Optional;

/**
 * Times a rollback from outside: from the publishing of the event that broke the limit to the watch that shows the
 * canary at 0. It counts as the rollout file's query does: errors in all requests of the version, once there are enough.
 */
public final class RollbackTimer implements MetricPublisher.Listener {
    private final double limit;
    private final long minimumSamples;
    private String version;
    private String service;
    private long requests;
    private long errors;
    private long broken;
    private long zero;

    /**
     * @param limit share of errors that is still good
     * @param minimumSamples requests below which nothing is judged
     */
    public RollbackTimer(double limit, long minimumSamples) {
        this.limit = limit;
        this.minimumSamples = minimumSamples;
    }

    /** A new canary begins, behind this Service. */
    public synchronized void begin(String canaryVersion, String canaryService) {
        version = canaryVersion;
        service = canaryService;
        requests = errors = broken = zero = 0;
    }

    @Override
    public synchronized void publishing(String publishedVersion, Tally tally, long nanos) {
        if (publishedVersion.equals(version) && broken == 0) {
            requests += tally.requests();
            errors += tally.errors();
            if (requests >= minimumSamples && errors > limit * requests) {
                broken = nanos;
            }
        }
    }

    /** The watch showed this. */
    public synchronized void seen(Split split) {
        if (service != null && split.percent(service) == 0 && broken != 0 && zero == 0) {
            zero = System.nanoTime();
        }
    }

    /** How long it took; none if the limit was not broken or the canary never came to 0 afterwards. */
    public synchronized Optional<Duration> took() {
        return broken == 0 || zero == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(zero - broken));
    }
}
