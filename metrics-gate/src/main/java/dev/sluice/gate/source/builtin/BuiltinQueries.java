package dev.sluice.gate.source.builtin;

import dev.sluice.gate.source.builtin.BuiltinQuery.Unit;
import java.util.List;

/** What a file's {@code use: builtin/…} stands for. */
public final class BuiltinQueries {
    public static final String PREFIX = "builtin/";

    private static final String SUCCESS_RATE = "success-rate";
    private static final String LATENCY = "latency";
    /** Carried out by several meshes, each with metrics of its own. */
    private static final String SPLIT_ALONE = "smi";

    private BuiltinQueries() {}

    public static List<String> names() {
        return List.of(LATENCY, SUCCESS_RATE);
    }

    /** As the rollout file names them. */
    public static List<String> meshes() {
        return MeshMetrics.allWords();
    }

    /**
     * @param mesh the route's
     * @param name {@code success-rate}: the fraction, 0 to 1, of a backend's requests that didn't fail; or {@code latency}: the
     *     99th percentile of their durations in milliseconds; with or without {@value #PREFIX}. A mesh may be named before it, {@code
     *     linkerd/latency}, where another's proxies than the route's count
     * @throws IllegalArgumentException names what there is
     */
    public static BuiltinQuery of(String mesh, String name) {
        var asked = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
        var slash = asked.indexOf('/');
        var metrics = metrics(slash < 0 ? mesh : asked.substring(0, slash));
        return switch (asked.substring(slash + 1)) {
            case SUCCESS_RATE ->
                new BuiltinQuery(metrics.successRate(), metrics.requests(), Unit.FRACTION, metrics.whenNothing());
            case LATENCY ->
                new BuiltinQuery(metrics.latency(), metrics.measured(), Unit.MILLISECONDS, metrics.whenNothing());
            default ->
                throw new IllegalArgumentException(
                        "there is no built-in query " + name + "; there are " + String.join(", ", names()));
        };
    }

    private static MeshMetrics metrics(String mesh) {
        return MeshMetrics.of(mesh)
                .orElseThrow(() -> new IllegalArgumentException((SPLIT_ALONE.equals(mesh)
                                ? SPLIT_ALONE + " says how traffic is divided, and not who counts it"
                                : "there are no built-in queries for " + mesh)
                        + "; there are for " + String.join(", ", meshes())
                        + ": name the one whose proxies count, as in " + PREFIX + "linkerd/" + SUCCESS_RATE
                        + ", or write a queryTemplate"));
    }
}
