package dev.sluice.sandbox.demo;

import dev.sluice.schemas.message.Phase;
import java.time.Duration;
import java.util.Optional;

/**
 * How a release's rollout ended.
 *
 * @param phase none if it did not end in time
 * @param rollback from publishing the event that broke the limit to weight 0 on the watch, where that happened
 */
public record Outcome(
        Release release, Optional<Phase> phase, String reason, Duration took, Optional<Duration> rollback) {

    public boolean asExpected() {
        var fellFast = release.expected() != Phase.ROLLED_BACK || rollback.isPresent();
        return phase.equals(Optional.of(release.expected())) && fellFast;
    }

    /** One line for the summary. */
    public String line() {
        var ended = phase.map(Phase::word).orElse("did not end");
        return "  %s  %-6s %-11s after %4.1f s  %s"
                .formatted(asExpected() ? "ok" : "NO", release.version(), ended, took.toMillis() / 1000.0, reason);
    }
}
