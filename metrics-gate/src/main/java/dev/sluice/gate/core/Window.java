package dev.sluice.gate.core;

import java.time.Duration;

/**
 * What a run looks at: events from {@code startMillis} (included) to {@code endMillis} (excluded).
 *
 * @param over whether the window's events are all there; false while it still fills
 */
public record Window(long startMillis, long endMillis, boolean over) {
    public Duration length() {
        return Duration.ofMillis(endMillis - startMillis);
    }
}
