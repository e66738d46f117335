package dev.sluice.schemas.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Mirror;
import dev.sluice.schemas.rollout.Ownership;
import dev.sluice.schemas.rollout.Readiness;
import dev.sluice.schemas.rollout.SessionAffinity;
import dev.sluice.schemas.rollout.TargetPlan.FirstDeployment;
import dev.sluice.schemas.rollout.TargetPlan.OnEndpointsLost;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The desired state of one route, on {@code rollout.weights} (compacted by the route's identity).
 * {@code (generation, sequence)} fences it: an applier never lets a lower pair overwrite a higher one.
 *
 * @param weight the canary backend's percentage; null writes the fence and leaves the weights as they are
 * @param uid the object that an earlier report of this generation named, if any
 * @param begin first order of a generation: never moves live traffic (refused instead)
 * @param end last order of a generation: {@code keep} repairs on, {@code release} leaves the route alone; null otherwise
 * @param deadline past it an applier writes no raise that it had not applied
 * @param firstDeployment of a beginning whose active backend has no ready endpoint: {@code direct} is answered
 *     {@code applied} once it stayed empty for {@code settle}, {@code steps} at once; null: {@code waiting} until one is
 *     ready
 * @param settle how long fresh looks have to find the active backend empty before a first deployment is one
 * @param workload which workloads run behind the two backends ({@code active}, {@code canary}: kind and name; either may be
 *     missing), and {@code revisionFrom}: a label of theirs, {@code image} or {@code podTemplateHash}; null: not known
 * @param selector what the active backend's Service selects; null: that is not looked at
 * @param match requests that go to the canary whatever the weight; null: none
 * @param mirror copies of requests for the canary; null: none
 * @param sessionAffinity keeps clients at the canary while it has some of the traffic, see {@link #affinityAt}; null: none
 * @param check whether it only asks what would stand in its way: nothing is written, it is no state of the route, and it
 *     travels under a key of its own
 * @param observe whether the route is only looked at, and what it is seen to carry reported whenever that changes: another tool
 *     decides there. It is a check as well, and of a form of its own, so that who doesn't know the word writes nothing either
 * @param mesh the mesh's name and the file's entry for it with defaults filled in: exactly one key
 */
public record WeightOrder(
        String rollout,
        String application,
        String target,
        String cluster,
        String namespace,
        String route,
        long generation,
        long sequence,
        String active,
        String canary,
        Weight weight,
        String uid,
        boolean begin,
        End end,
        boolean force,
        Instant deadline,
        String revision,
        Ownership ownership,
        Readiness readiness,
        OnEndpointsLost onEndpointsLost,
        FirstDeployment firstDeployment,
        Duration settle,
        Map<String, Object> workload,
        Selector selector,
        Match match,
        Mirror mirror,
        SessionAffinity sessionAffinity,
        boolean check,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean observe,
        Map<String, Map<String, Object>> mesh) {

    public WeightOrder {
        if (observe && (!check || weight != null || begin || end != null)) {
            throw new IllegalArgumentException(
                    "an order that observes is a check without a weight: it asks for no write");
        }
    }

    /** How a route rests once its rollout has ended. */
    public enum End {
        @JsonProperty("keep")
        KEEP,
        @JsonProperty("release")
        RELEASE
    }

    /** What the Service of the active backend selects. */
    public enum Selector {
        /** What it selected before this generation switched it. */
        @JsonProperty("own")
        OWN,
        /** What the canary's Service selects. */
        @JsonProperty("canary")
        CANARY
    }

    /** Whether it is said which workload runs behind the canary. */
    public boolean namesCanaryWorkload() {
        return workload != null && workload.get("canary") != null;
    }

    /**
     * What keeps clients at the canary once it has that weight; null: nothing does. A canary without traffic keeps nobody,
     * one that has all of it need not, and nothing stays when the rollout ends.
     */
    public SessionAffinity affinityAt(Weight someWeight) {
        var isDivided = someWeight != null && !someWeight.isZero() && !someWeight.equals(Weight.FULL);
        return isDivided && end == null ? sessionAffinity : null;
    }

    public Fence fence() {
        return new Fence(generation, sequence);
    }

    /**
     * What a check is about: the same order, to be carried out.
     *
     * @param inGeneration its generation then
     */
    public WeightOrder toCarryOut(long inGeneration) {
        return new WeightOrder(
                rollout,
                application,
                target,
                cluster,
                namespace,
                route,
                inGeneration,
                sequence,
                active,
                canary,
                weight,
                uid,
                begin,
                end,
                force,
                deadline,
                revision,
                ownership,
                readiness,
                onEndpointsLost,
                firstDeployment,
                settle,
                workload,
                selector,
                match,
                mirror,
                sessionAffinity,
                false,
                false,
                mesh);
    }
}
