package dev.sluice.gate.statistics;

import java.time.Duration;
import java.util.Optional;

/**
 * How long it takes at least, on average, until a rise of the error rate is found by any test that looks always and raises false alarms with
 * probability {@code alpha} at most: {@code ln(1/α) / (R KL(θ‖s))} with R errors of both sides a second (Wald 1945). It is a
 * bound; the tests here need up to a third more.
 *
 * @param requestsPerSecond of both sides together
 * @param errorRate of the stable side, between 0 and 1
 * @param share the canary's, of requests, between 0 and 1
 */
public record Reach(double requestsPerSecond, double errorRate, double share, double alpha) {
    private static final double LONGEST_SECONDS = Duration.ofDays(365).toSeconds();

    /** Empty where it is never found: without errors or traffic on both sides, or without a rise. */
    public Optional<Duration> timeToFind(double ratio) {
        var errors = requestsPerSecond * errorRate * (ratio * share + 1 - share);
        var seconds = nats() / (errors * Nats.between(RateRatioTest.at(ratio, share), share));
        var isFound = ratio > 1 && seconds > 0 && seconds < LONGEST_SECONDS;
        return isFound ? Optional.of(Duration.ofMillis(Math.round(seconds * 1000))) : Optional.empty();
    }

    /** Requests of the canary until then, on average; infinite where it is never found. */
    public double canaryRequestsToFind(double ratio) {
        return timeToFind(ratio)
                .map(time -> time.toMillis() / 1000.0 * requestsPerSecond * share)
                .orElse(Double.POSITIVE_INFINITY);
    }

    private double nats() {
        return Nats.bar(alpha);
    }
}
