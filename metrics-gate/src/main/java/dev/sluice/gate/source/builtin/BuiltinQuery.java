package dev.sluice.gate.source.builtin;

/**
 * A query for a provider of type {@code prometheus}.
 *
 * @param template names {@code interval}, and of {@code namespace}, {@code workload}, {@code service} and {@code cluster} what
 *     the mesh needs
 * @param samples how many requests it rests on, likewise
 */
public record BuiltinQuery(String template, String samples, Unit unit) {
    public enum Unit {
        /** From 0 to 1. */
        FRACTION,
        MILLISECONDS
    }
}
