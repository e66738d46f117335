package dev.sluice.schemas.rollout;

/**
 * Ready canary endpoints needed before it gets any weight.
 *
 * @param minimum at least this many
 * @param matchWeight and at least weight x the active backend's ready endpoints
 */
public record Readiness(int minimum, boolean matchWeight) {
    public static final Readiness DEFAULT = new Readiness(1, false);
}
