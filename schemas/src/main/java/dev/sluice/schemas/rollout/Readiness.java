package dev.sluice.schemas.rollout;

/**
 * Ready canary endpoints needed before it gets any weight.
 *
 * @param minimum at least this many
 * @param matchWeight and at least weight x the active backend's ready endpoints
 * @param percent and at least this share of the canary's own endpoints, 1 to 100; null: any
 */
public record Readiness(int minimum, boolean matchWeight, Integer percent) {
    public static final Readiness DEFAULT = new Readiness(1, false);

    public Readiness(int minimum, boolean matchWeight) {
        this(minimum, matchWeight, null);
    }
}
