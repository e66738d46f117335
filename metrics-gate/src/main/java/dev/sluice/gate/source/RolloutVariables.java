package dev.sluice.gate.source;

import java.util.HashMap;
import java.util.Map;

/** What templates say of a rollout: what Sluice knows under its own names, and by the names of CD-as-a-Service. */
public final class RolloutVariables {
    /** Ours by theirs. */
    private static final Map<String, String> ARMORY = Map.of(
            "armory.applicationName", "application",
            "armory.environmentName", "target",
            "armory.deploymentId", "rollout",
            "armory.replicaSetName", "replicaSet",
            "armory.namespace", "namespace",
            "armory.accountName", "cluster");

    private RolloutVariables() {}

    /**
     * @param known such as {@code application}, {@code target}, {@code rollout}, {@code revision}, {@code stableRevision},
     *     {@code namespace}, {@code service}, {@code workload}; only what is known, so that a template that needs more is
     *     refused instead of filled with nothing
     * @param context the file's and the start command's
     */
    public static Map<String, String> of(Map<String, String> known, Map<String, String> context) {
        var names = new HashMap<>(known);
        ARMORY.forEach((theirs, ours) -> {
            if (known.containsKey(ours)) {
                names.put(theirs, known.get(ours));
            }
        });
        context.forEach((key, value) -> names.put("context." + key, value));
        return Map.copyOf(names);
    }
}
