package dev.sluice.gate.core;

import dev.sluice.schemas.message.AnalysisSet.Variants;
import java.util.Objects;

/**
 * One of the two sides of a rollout.
 *
 * @param revision what runs there, where the engine knows it and it differs from the other side's; else null
 * @param other what runs on the other side, likewise
 */
record Variant(String name, String revision, String other) {
    static final String STABLE = "stable";
    static final String CANARY = "canary";

    static Variant stable(Variants variants) {
        return distinct(variants)
                ? new Variant(STABLE, variants.stable(), variants.canary())
                : new Variant(STABLE, null, null);
    }

    static Variant canary(Variants variants) {
        return distinct(variants)
                ? new Variant(CANARY, variants.canary(), variants.stable())
                : new Variant(CANARY, null, null);
    }

    /** One revision behind both backends says nothing about whose an event is. */
    private static boolean distinct(Variants variants) {
        return variants != null && !Objects.equals(variants.stable(), variants.canary());
    }

    boolean owns(SeriesKey key) {
        return key.variant() == null
                ? revision != null && revision.equals(key.revision())
                : name.equals(key.variant()) && !isContradictedBy(key);
    }

    /** It says this side and a revision that runs elsewhere: the last release's late numbers never judge this one (B45). */
    boolean isContradictedBy(SeriesKey key) {
        if (!name.equals(key.variant()) || key.revision() == null) {
            return false;
        }
        return revision == null ? key.revision().equals(other) : !revision.equals(key.revision());
    }
}
