package dev.sluice.schemas.message;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Comparator;

/**
 * The pair that orders all writes to a route.
 *
 * @param weight the canary's percentage written with it, where known (a fence read back from an object); else null
 * @param active the active backend named with it, where known; else null
 */
public record Fence(
        long generation,
        long sequence,
        @JsonProperty("weight") dev.sluice.schemas.Weight weight,
        String active) implements Comparable<Fence> {
    private static final long LARGEST_FOREIGN = Long.MAX_VALUE / 2;
    private static final Comparator<Fence> ORDER =
            Comparator.comparingLong(Fence::generation).thenComparingLong(Fence::sequence);

    public Fence(long generation, long sequence) {
        this(generation, sequence, null, null);
    }

    /** By generation, then sequence; weight and active backend don't count. */
    @Override
    public int compareTo(Fence other) {
        return ORDER.compare(this, other);
    }

    public boolean isBelow(Fence other) {
        return compareTo(other) < 0;
    }

    /** Generations are milliseconds since 1970: one that leaves no room above it is nobody's, and counts as unreadable. */
    public boolean leavesRoom() {
        return generation <= LARGEST_FOREIGN;
    }
}
