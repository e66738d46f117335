package dev.sluice.bench.latency;

import java.util.UUID;

/**
 * One application of the fleet and where its rollout stands: at the step that waits for the next approval.
 *
 * @param service its root Service, after which it is named
 * @param rollout the running rollout's id
 * @param approvals given so far
 */
record Canary(String service, String rollout, int approvals) {
    /** Another rollout, not begun. */
    static Canary of(String service) {
        return new Canary(service, UUID.randomUUID().toString(), 0);
    }

    String application() {
        return Names.application(service);
    }

    int percent() {
        return RolloutFile.percent(approvals);
    }

    int waitingStep() {
        return RolloutFile.waitingStep(approvals);
    }

    boolean hasNext() {
        return RolloutFile.hasNext(approvals);
    }

    Canary approved() {
        return new Canary(service, rollout, approvals + 1);
    }
}
