package dev.sluice.gate.source;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a provider is asked about one window.
 *
 * @param query in the provider's own language; {@code {{names}}} are filled in by the provider, which knows how its language
 *     quotes
 * @param samples a query for how many samples the answer rests on; null for none, or where the source says it otherwise
 * @param from the window's start
 * @param to the window's end, excluded
 * @param step the time between two judgements: the resolution that is worth asking for
 * @param variables what {@code {{names}}} stand for, beside those of the window: {@link RolloutVariables}
 */
public record Question(
        String query, String samples, Instant from, Instant to, Duration step, Map<String, String> variables) {
    public Question {
        variables = Map.copyOf(variables);
    }

    public Question(String query, Instant from, Instant to, Duration step, Map<String, String> variables) {
        this(query, null, from, to, step, variables);
    }

    /** All that a template may name: those given, and those of the window. */
    public Map<String, String> names() {
        var names = new TreeMap<>(variables);
        names.putAll(WindowVariables.of(from, to, step));
        return names;
    }
}
