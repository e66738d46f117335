package dev.sluice.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/**
 * What the process finds around it, handed in so that tests have their own.
 *
 * @param out data, and nothing else
 * @param err progress, and what went wrong
 * @param terminal whether a person sees {@code out} as it comes
 */
public record Surroundings(
        InputStream in, PrintStream out, PrintStream err, Map<String, String> environment, boolean terminal) {
    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** A variable that is set to something. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** By https://no-color.org. */
    public boolean coloured() {
        return terminal && variable("NO_COLOR").isEmpty();
    }
}
