package dev.sluice.gate.core;

import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Which series an event is of. Whoever reads events finds the same name again for the same words, and the windows remember in it
 * where they keep the series: the next event needs no look-up.
 */
public final class SeriesName {
    private static final int UNKNOWN = -1;

    private final TargetKey target;
    private final String instance;
    private SeriesKey key;
    private int partition = UNKNOWN;
    private Series kept;

    /**
     * @param variant null where the event has none; then {@code revision} says whose it is
     * @param revision null where the event has none
     * @param instance which process measured it; no part of the series. Null where the event has none
     */
    public SeriesName(
            String application,
            String target,
            String variant,
            String revision,
            String metric,
            Map<String, String> labels,
            String instance) {
        this.instance = instance;
        this.target = new TargetKey(application, target);
        this.key = new SeriesKey(metric, variant, revision, labels);
    }

    /** Another of the same process. */
    SeriesName of(String metric, Map<String, String> labels) {
        return new SeriesName(
                target.application(), target.target(), key.variant(), key.revision(), metric, labels, instance);
    }

    public TargetKey target() {
        return target;
    }

    /** Null where its events name none. */
    public String instance() {
        return instance;
    }

    SeriesKey key() {
        return key;
    }

    /** Where the series belongs; asked for once. */
    public int partition(ToIntFunction<TargetKey> partitionOf) {
        if (partition == UNKNOWN) {
            partition = partitionOf.applyAsInt(target);
        }
        return partition;
    }

    /** Null where it isn't known, or is no longer kept. */
    Series kept() {
        if (kept != null && kept.isGone()) {
            kept = null;
        }
        return kept;
    }

    void keptAs(Series series) {
        kept = series;
        // the same words, once in memory
        key = series.key();
    }

    @Override
    public String toString() {
        return target + " " + key + " " + instance;
    }
}
