package dev.sluice.gate.core;

import dev.sluice.schemas.message.AnalysisSet.Variants;
import java.util.Objects;

/** One of the two sides of a rollout, and the revision that runs there where the engine knows it. */
record Variant(String name, String revision) {
    static final String STABLE = "stable";
    static final String CANARY = "canary";

    static Variant stable(Variants variants) {
        return new Variant(STABLE, distinct(variants) ? variants.stable() : null);
    }

    static Variant canary(Variants variants) {
        return new Variant(CANARY, distinct(variants) ? variants.canary() : null);
    }

    /** One revision behind both backends says nothing about whose an event is. */
    private static boolean distinct(Variants variants) {
        return variants != null && !Objects.equals(variants.stable(), variants.canary());
    }

    boolean owns(SeriesKey key) {
        return key.variant() != null ? name.equals(key.variant()) : revision != null && revision.equals(key.revision());
    }
}
