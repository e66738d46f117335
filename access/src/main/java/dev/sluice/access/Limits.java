package dev.sluice.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How often who may ask. Remembers those who asked last, as many as fit, so that nobody fills its memory. */
@ApplicationScoped
class Limits {
    private static final int MOST = 10_000;

    private final AccessConfig config;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST;
        }
    };

    Limits(AccessConfig config) {
        this.config = config;
    }

    /** Empty where this request may come; else how long to wait. */
    Optional<Duration> ask(Caller caller, long nowNanos) {
        return ask("caller " + caller.name(), nowNanos);
    }

    /** The same of those whom nobody knows, by where they are. */
    Optional<Duration> ask(String address, long nowNanos) {
        Bucket bucket;
        synchronized (buckets) {
            bucket = buckets.computeIfAbsent(address, one -> new Bucket(config.rate(), config.burst(), nowNanos));
        }
        return bucket.take(nowNanos);
    }
}
