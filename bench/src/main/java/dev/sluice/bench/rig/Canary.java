package dev.sluice.bench.rig;

import java.util.UUID;

/**
 * One application of the fleet and where its rollout stands: at the step that waits for the next approval.
 *
 * @param service its root Service, after which it is named
 * @param rollout the running rollout's id
 * @param approvals given so far
 */
public record Canary(String service, String rollout, int approvals) {
    /** Another rollout, not begun. */
    public static Canary of(String service) {
        return new Canary(service, UUID.randomUUID().toString(), 0);
    }

    public String application() {
        return Names.application(service);
    }

    public int percent() {
        return RolloutFile.percent(approvals);
    }

    public int waitingStep() {
        return RolloutFile.waitingStep(approvals);
    }

    public boolean hasNext() {
        return RolloutFile.hasNext(approvals);
    }

    public Canary approved() {
        return new Canary(service, rollout, approvals + 1);
    }
}
