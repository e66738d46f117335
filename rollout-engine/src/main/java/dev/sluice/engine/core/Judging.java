package dev.sluice.engine.core;

import dev.sluice.schemas.message.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A target's analyses.
 *
 * @param step the current step's analysis, open; else null
 * @param background the one beside the steps, open; else null
 * @param attempts how often each analysis, by name, was opened in this rollout
 * @param revision grows whenever the set of open analyses changes
 * @param observed the canary's measured share of requests in percent; null where not measured
 * @param toldAt when a verdict last led to a status; null before the first
 */
public record Judging(
        AnalysisRun step,
        AnalysisRun background,
        Map<String, Integer> attempts,
        long revision,
        Double observed,
        Instant toldAt) {
    static final Judging NONE = new Judging(null, null, Map.of(), 0, null, null);
    /** Runs that pass one like the other are told this often at most. */
    private static final Duration BETWEEN_TELLINGS = Duration.ofSeconds(5);

    Stream<AnalysisRun> open() {
        return Stream.of(Optional.ofNullable(step), Optional.ofNullable(background))
                .flatMap(Optional::stream);
    }

    Optional<AnalysisRun> find(String analysis) {
        return open().filter(run -> run.id().equals(analysis)).findFirst();
    }

    int nextAttempt(String name) {
        return attempts.getOrDefault(name, 0) + 1;
    }

    Judging opened(AnalysisRun run) {
        var counted = new HashMap<>(attempts);
        counted.merge(run.name(), 1, Integer::sum);
        return run.isBackground()
                ? new Judging(step, run, Map.copyOf(counted), revision + 1, observed, toldAt)
                : new Judging(run, background, Map.copyOf(counted), revision + 1, observed, toldAt);
    }

    Judging closed(String analysis) {
        return new Judging(
                isOpen(step, analysis) ? null : step,
                isOpen(background, analysis) ? null : background,
                attempts,
                revision + 1,
                observed,
                toldAt);
    }

    Judging judged(AnalysisRun now, Verdict.Share share) {
        return new Judging(
                isOpen(step, now.id()) ? now : step,
                isOpen(background, now.id()) ? now : background,
                attempts,
                revision,
                share == null ? observed : Double.valueOf(share.observed()),
                toldAt);
    }

    boolean isToBeToldAt(Instant at) {
        return toldAt == null || !at.isBefore(toldAt.plus(BETWEEN_TELLINGS));
    }

    Judging told(Instant at) {
        return new Judging(step, background, attempts, revision, observed, at);
    }

    private static boolean isOpen(AnalysisRun run, String analysis) {
        return run != null && run.id().equals(analysis);
    }
}
