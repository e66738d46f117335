package dev.sluice.schemas.message;

import dev.sluice.schemas.rollout.AnalysisSpec.Lookback;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Score;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Everything that the gate has to judge for one application and target, on {@code rollout.analyses}: the value is the
 * whole set, so that compaction keeps all of it; an empty list closes the last one.
 *
 * @param revision grows with every set of this key and generation
 * @param begun when the rollout began; what was before is the previous release's. Null: where the first analysis does
 * @param variables what templates of queries may name of the rollout: {@code service}, {@code namespace} …
 * @param variants which revisions run behind the two backends, where the engine knows them
 * @param moved when weights were ordered and when they came into force, oldest first: queries leave out what comes in so soon
 *     after ({@link Query#settle}). Empty where none of them does
 */
public record AnalysisSet(
        String rollout,
        String application,
        String target,
        long generation,
        long revision,
        Instant begun,
        Map<String, String> variables,
        Variants variants,
        List<Instant> moved,
        List<Analysis> analyses) {

    public record Variants(String stable, String canary) {}

    /**
     * One open analysis. Run {@code n} (from 1) covers {@code [from + (n-1) x interval, from + n x interval)} with
     * lookback {@code sliding}, and {@code [from, from + n x interval)} with {@code growing}.
     *
     * @param analysis its id: {@code rollout/target/name/attempt}
     * @param from start of the first run; the initial delay is already added
     * @param runs how many runs are judged; 0 means until closed
     * @param maxWait how long an inconclusive run may be extended to gather samples
     * @param score judges each run in place of its worst query; null for none
     */
    public record Analysis(
            String analysis,
            String name,
            Instant from,
            Duration interval,
            int runs,
            Lookback lookbackMethod,
            Duration maxWait,
            Score score,
            List<Query> queries) {
        /** Judged by its worst query. */
        public Analysis(
                String analysis,
                String name,
                Instant from,
                Duration interval,
                int runs,
                Lookback lookbackMethod,
                Duration maxWait,
                List<Query> queries) {
            this(analysis, name, from, interval, runs, lookbackMethod, maxWait, null, queries);
        }
    }

    public AnalysisSet {
        variables = variables == null ? Map.of() : Map.copyOf(variables);
        moved = moved == null ? List.of() : List.copyOf(moved);
        analyses = List.copyOf(analyses);
    }

    /** Without a word of weights. */
    public AnalysisSet(
            String rollout,
            String application,
            String target,
            long generation,
            long revision,
            Instant begun,
            Map<String, String> variables,
            Variants variants,
            List<Analysis> analyses) {
        this(rollout, application, target, generation, revision, begun, variables, variants, List.of(), analyses);
    }
}
