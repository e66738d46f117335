package dev.sluice.schemas.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Mirror;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Everything a dashboard needs to know about one target, on {@code rollout.status} (compacted; the last value wins).
 *
 * @param step counts from 1; 0 is before the first
 * @param steps how many there are, the implied 100 % included
 * @param stepKind the current step's key in the rollout file, null before the first and after the last
 * @param version grows with every status of this application and target
 * @param queued the rollout that waits for this one to end; null: none
 * @param retryOf the rollout that this one tries again; null: none
 * @param undoOf the rollout whose promotion this one takes back; null: none
 * @param reason for people; {@code reasonCode} is for grouping
 * @param nextAt when something happens by itself next, if anything
 * @param links that those whom the current step called have given; null: none
 * @param match requests that go to the canary whatever its weight, as ordered; null: none
 * @param mirror copies of requests that the canary gets beside, as ordered; null: none
 * @param labels the file's; null: none
 * @param trace id of the trace that the rollout began in, 32 hexadecimal digits; null where nobody traces
 * @param observation what Sluice makes of it where another tool decides; null where Sluice does
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
        String retryOf,
        String undoOf,
        ReasonCode reasonCode,
        String reason,
        String actor,
        Instant startedAt,
        Instant since,
        Instant nextAt,
        Instant updatedAt,
        Instant endedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<Link> links,
        @JsonInclude(JsonInclude.Include.NON_NULL) Match match,
        @JsonInclude(JsonInclude.Include.NON_NULL) Mirror mirror,
        @JsonInclude(JsonInclude.Include.NON_NULL) Map<String, String> labels,
        @JsonInclude(JsonInclude.Include.NON_NULL) String trace,
        @JsonInclude(JsonInclude.Include.NON_NULL) Observation observation) {

    /** Percentages of the canary: ordered, highest that any route carries, and measured (null where not measured). */
    public record Weights(Weight desired, Weight applied, Double observed) {}

    /**
     * @param endpoints ready ones behind the two backends when the applier was last heard; null where nobody counts them
     * @param heardAt when the applier last said something that counted; null: never yet
     */
    public record RouteStatus(
            String route,
            Weight desired,
            Weight applied,
            Boolean inForce,
            @JsonInclude(JsonInclude.Include.NON_NULL) WeightReport.Endpoints endpoints,
            @JsonInclude(JsonInclude.Include.NON_NULL) Instant heardAt) {}

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

    /**
     * @param asked what was asked, with all variables filled in; null where nothing was
     * @param detectable the smallest worsening that would have been found by now; null where it can't be told
     */
    public record QueryStatus(
            String name,
            Verdict.Outcome outcome,
            Double canary,
            Double stable,
            String limit,
            @JsonInclude(JsonInclude.Include.NON_NULL) String asked,
            @JsonInclude(JsonInclude.Include.NON_NULL) Verdict.Detectable detectable) {}

    /** Where a person finds more; {@code url} begins with {@code http://} or {@code https://}. */
    public record Link(String name, String url) {}

    /** Hand edits put back since the rollout began, and who made the last one. */
    public record Drift(long count, String actor) {}
}
