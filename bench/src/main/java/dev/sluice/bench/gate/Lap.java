package dev.sluice.bench.gate;

/**
 * The whole topic read once.
 *
 * @param nanos from when the first records were there to the last one's effect
 * @param cpuNanos that the thread was on a core for it, which others on the machine can't lengthen so much
 * @param parseNanos of {@code nanos}, those in which records became events; 0 where nobody looked
 * @param coreNanos of {@code nanos}, those in which events were added up and judged; 0 where nobody looked
 * @param verdicts that left meanwhile
 */
public record Lap(long events, long nanos, long cpuNanos, long parseNanos, long coreNanos, long verdicts) {
    private static final String WORD = "LAP";

    /** As one line of text, for the process that asked. */
    String line() {
        return "%s %d %d %d %d %d %d".formatted(WORD, events, nanos, cpuNanos, parseNanos, coreNanos, verdicts);
    }

    static boolean isLine(String text) {
        return text.startsWith(WORD + " ");
    }

    static Lap of(String line) {
        var parts = line.split(" ");
        return new Lap(
                Long.parseLong(parts[1]),
                Long.parseLong(parts[2]),
                Long.parseLong(parts[3]),
                Long.parseLong(parts[4]),
                Long.parseLong(parts[5]),
                Long.parseLong(parts[6]));
    }

    double nanosPerEvent() {
        return (double) nanos / events;
    }

    double cpuNanosPerEvent() {
        return (double) cpuNanos / events;
    }
}
