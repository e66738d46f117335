package dev.sluice.applier.core;

import java.time.Duration;

/**
 * How long to leave the API server alone after a failure: doubling from {@code first} to {@code longest}, each wait
 * spread over its upper half so that the routes of a recovering cluster don't come all at once.
 */
public record Backoff(Duration first, Duration longest) {
    public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

    /**
     * The same route and attempt always wait equally long: rules hold no random numbers.
     *
     * @param attempt from 1
     */
    public Duration before(String route, int attempt) {
        var doubled = first.multipliedBy(1L << Math.min(attempt - 1, 20));
        var whole = doubled.compareTo(longest) > 0 ? longest : doubled;
        var spread = Math.floorMod((route + "#" + attempt).hashCode() * 0x9E3779B9, 1000);
        return whole.multipliedBy(1000 + spread).dividedBy(2000);
    }
}
