package dev.sluice.schemas.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.schemas.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What became of an order, or happened to a route afterwards, on {@code rollout.weight-reports}.
 *
 * @param weight the order's weight, repeated
 * @param inForce whether the mesh confirmed the write; null where its kind has nothing to confirm with
 * @param endpoints ready endpoints behind the two backends, where known
 * @param workloads revisions seen behind the two backends, where known
 * @param found weights found in the object by backend name, as the object carries them; of more than 50 backends only
 *     those of the order
 * @param absent the object was not there and nothing was left to roll back on
 * @param activeEmptyFor how long every look has found the active backend without a ready endpoint; null where it has
 *     one or isn't seen
 * @param by the fence found: with {@code superseded} the one that won, with an order that carries no weight the one that
 *     stood on the object before; null otherwise
 * @param reason for people; on {@code refused}: what to do
 * @param actor who edited the object by hand, where seen (its field manager)
 * @param findings what a check found, errors first; empty of all other orders
 * @param observed what a route that is only looked at carries; null of all other orders
 */
public record WeightReport(
        String rollout,
        String application,
        String target,
        String route,
        long generation,
        long sequence,
        Weight weight,
        Outcome outcome,
        Boolean inForce,
        String uid,
        Endpoints endpoints,
        Workloads workloads,
        Map<String, Double> found,
        boolean absent,
        Duration activeEmptyFor,
        Fence by,
        String reason,
        String actor,
        List<Finding> findings,
        Instant time,
        @JsonInclude(JsonInclude.Include.NON_NULL) Observed observed) {

    public enum Outcome {
        @JsonProperty("applied")
        APPLIED,
        @JsonProperty("waiting")
        WAITING,
        @JsonProperty("superseded")
        SUPERSEDED,
        @JsonProperty("refused")
        REFUSED,
        @JsonProperty("drift-repaired")
        DRIFT_REPAIRED,
        @JsonProperty("taken-back")
        TAKEN_BACK,
        @JsonProperty("endpoints-lost")
        ENDPOINTS_LOST,
        /** Nothing was written, nothing has changed: what stands in the way of the order is in {@code findings}. */
        @JsonProperty("checked")
        CHECKED
    }

    public record Endpoints(Ready active, Ready canary) {}

    public record Ready(int ready) {}

    /**
     * @param active the active one's revision; null where nobody saw it, as {@code canary}
     * @param activeRolledOut whether all pods of the active one are of that revision, and one of them is ready; null where nobody
     *     saw
     */
    public record Workloads(String active, String canary, Boolean activeRolledOut) {}

    /** @param weight the canary's percentage, whoever set it; null where it can't be seen, for the report's reason */
    public record Observed(Weight weight) {}

    public WeightReport {
        found = found == null ? Map.of() : Map.copyOf(found);
        findings = findings == null ? List.of() : List.copyOf(findings);
    }

    /** Of an order that is to be carried out, or checked. */
    public WeightReport(
            String rollout,
            String application,
            String target,
            String route,
            long generation,
            long sequence,
            Weight weight,
            Outcome outcome,
            Boolean inForce,
            String uid,
            Endpoints endpoints,
            Workloads workloads,
            Map<String, Double> found,
            boolean absent,
            Duration activeEmptyFor,
            Fence by,
            String reason,
            String actor,
            List<Finding> findings,
            Instant time) {
        this(
                rollout,
                application,
                target,
                route,
                generation,
                sequence,
                weight,
                outcome,
                inForce,
                uid,
                endpoints,
                workloads,
                found,
                absent,
                activeEmptyFor,
                by,
                reason,
                actor,
                findings,
                time,
                null);
    }

    /**
     * What is seen of a route that another tool decides about.
     *
     * @param weight as in {@link Observed}
     * @param found as of all reports
     * @param absent whether its object isn't there
     * @param actor who set the weights, where seen
     */
    public static WeightReport observed(
            WeightOrder order,
            Weight weight,
            Map<String, Double> found,
            boolean absent,
            String reason,
            String actor,
            Instant time) {
        return new WeightReport(
                order.rollout(),
                order.application(),
                order.target(),
                order.route(),
                order.generation(),
                order.sequence(),
                null,
                Outcome.CHECKED,
                null,
                null,
                null,
                null,
                found,
                absent,
                null,
                null,
                reason,
                actor,
                List.of(),
                time,
                new Observed(weight));
    }

    /** What a check found: nothing else of the route is said. */
    public static WeightReport checked(WeightOrder order, List<Finding> findings, String reason, Instant time) {
        return new WeightReport(
                order.rollout(),
                order.application(),
                order.target(),
                order.route(),
                order.generation(),
                order.sequence(),
                order.weight(),
                Outcome.CHECKED,
                null,
                null,
                null,
                null,
                Map.of(),
                false,
                null,
                null,
                reason,
                null,
                findings,
                time);
    }

    public Fence fence() {
        return new Fence(generation, sequence);
    }
}
