package dev.sluice.gate.source.builtin;

/**
 * A query for a provider of type {@code prometheus}.
 *
 * @param template names {@code interval}, and of {@code namespace}, {@code workload}, {@code service} and {@code cluster} what
 *     the mesh needs
 * @param samples how many requests it rests on, likewise
 * @param whenNothing what is likely where there is no data, and what to write in its place; null where nothing is known of that
 */
public record BuiltinQuery(String template, String samples, Unit unit, String whenNothing) {
    public enum Unit {
        /** From 0 to 1. */
        FRACTION,
        MILLISECONDS
    }
}
