package dev.sluice.gate.core;

/** Which of a rollout's backends was measured. */
public enum Side {
    CANARY(0),
    STABLE(1);

    private final int place;

    Side(int place) {
        this.place = place;
    }

    /** Among the sums of a selector. */
    int place() {
        return place;
    }

    /** As events and people name it. */
    public String word() {
        return this == CANARY ? Variant.CANARY : Variant.STABLE;
    }
}
