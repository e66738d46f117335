package dev.sluice.cli.trial;

import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What something is as time passes.
 *
 * @param from each value with when it begins, counted from the release's beginning; the first one was there before
 */
record OverTime<T>(NavigableMap<Duration, T> from) {
    OverTime {
        from = new TreeMap<>(from);
        if (from.isEmpty()) {
            throw new IllegalArgumentException("there is no value");
        }
    }

    static <T> OverTime<T> always(T value) {
        return new OverTime<>(new TreeMap<>(Map.of(Duration.ZERO, value)));
    }

    T at(Duration time) {
        var begun = from.floorEntry(time);
        return begun == null ? from.firstEntry().getValue() : begun.getValue();
    }

    /** When it became what it is then; empty where it was so from the first on. */
    Optional<Duration> changedBy(Duration time) {
        return Optional.ofNullable(from.floorKey(time)).filter(change -> !change.equals(from.firstKey()));
    }
}
