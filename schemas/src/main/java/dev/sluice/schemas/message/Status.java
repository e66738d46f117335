package dev.sluice.schemas.message;

import dev.sluice.schemas.Weight;
import java.time.Instant;
import java.util.List;

/**
 * Everything a dashboard needs to know about one target, on {@code rollout.status} (compacted; the last value wins).
 *
 * @param step counts from 1; 0 is before the first
 * @param steps how many there are, the implied 100 % included
 * @param stepKind the current step's key in the rollout file, null before the first and after the last
 * @param version grows with every status of this application and target
 * @param reason for people; {@code reasonCode} is for grouping
 * @param nextAt when something happens by itself next, if anything
 */
public record Status(
        String rollout,
        String application,
        String target,
        String cluster,
        String revision,
        String stableRevision,
        Phase phase,
        int step,
        int steps,
        String stepKind,
        Weights weight,
        List<RouteStatus> routes,
        String active,
        long generation,
        long sequence,
        long version,
        WaitingFor waitingFor,
        AnalysisStatus analysis,
        Drift drift,
        boolean degraded,
        String queued,
        ReasonCode reasonCode,
        String reason,
        String actor,
        Instant startedAt,
        Instant since,
        Instant nextAt,
        Instant updatedAt,
        Instant endedAt) {

    /** Percentages of the canary: ordered, highest that any route carries, and measured (null where not measured). */
    public record Weights(Weight desired, Weight applied, Double observed) {}

    public record RouteStatus(String route, Weight desired, Weight applied, Boolean inForce) {}

    /**
     * Who or what the target waits for.
     *
     * @param kind one of those that the schema lists
     * @param name which one, where there are several (a target's name, a route)
     * @param approvals for an approval; null for everything else
     */
    public record WaitingFor(String kind, String name, List<String> roles, Instant until, Approvals approvals) {
        public WaitingFor(String kind, String name, List<String> roles, Instant until) {
            this(kind, name, roles, until, null);
        }
    }

    /**
     * How far an approval has come.
     *
     * @param by who has given it so far
     * @param needed how many different people have to
     * @param notBy who started the rollout, where their own doesn't count; else null
     */
    public record Approvals(List<String> by, int needed, String notBy) {}

    public record AnalysisStatus(String name, int run, int runs, Verdict.Outcome outcome, List<QueryStatus> queries) {}

    public record QueryStatus(String name, Verdict.Outcome outcome, Double canary, Double stable, String limit) {}

    /** Hand edits put back since the rollout began, and who made the last one. */
    public record Drift(long count, String actor) {}
}
