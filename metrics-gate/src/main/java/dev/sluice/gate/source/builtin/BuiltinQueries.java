package dev.sluice.gate.source.builtin;

import dev.sluice.gate.source.builtin.BuiltinQuery.Unit;
import java.util.List;

/** What a file's {@code use: builtin/…} stands for. */
public final class BuiltinQueries {
    public static final String PREFIX = "builtin/";

    private static final String SUCCESS_RATE = "success-rate";
    private static final String LATENCY = "latency";

    private BuiltinQueries() {}

    public static List<String> names() {
        return List.of(LATENCY, SUCCESS_RATE);
    }

    /** As the rollout file names them. */
    public static List<String> meshes() {
        return MeshMetrics.allWords();
    }

    /**
     * @param name {@code success-rate}: the fraction, 0 to 1, of a backend's requests that didn't fail; or {@code latency}: the
     *     99th percentile of their durations in milliseconds; with or without {@value #PREFIX}
     * @throws IllegalArgumentException names what there is
     */
    public static BuiltinQuery of(String mesh, String name) {
        var metrics = MeshMetrics.of(mesh)
                .orElseThrow(() -> new IllegalArgumentException("there are no built-in queries for " + mesh
                        + "; there are for " + String.join(", ", meshes())));
        return switch (name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name) {
            case SUCCESS_RATE -> new BuiltinQuery(metrics.successRate(), metrics.requests(), Unit.FRACTION);
            case LATENCY -> new BuiltinQuery(metrics.latency(), metrics.measured(), Unit.MILLISECONDS);
            default ->
                throw new IllegalArgumentException(
                        "there is no built-in query " + name + "; there are " + String.join(", ", names()));
        };
    }
}
