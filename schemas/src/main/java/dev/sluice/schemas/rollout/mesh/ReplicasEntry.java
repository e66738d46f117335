package dev.sluice.schemas.rollout.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * No mesh at all: two workloads behind one Service, whose numbers of replicas are the weight. Any weight may be asked for;
 * it is rounded to whole replicas, of which more than nothing is at least one and less than all leaves at least one.
 */
public final class ReplicasEntry implements MeshEntry {
    private static final String ACTIVE = "activeWorkload";
    private static final String CANARY = "canaryWorkload";
    private static final Map<String, String> KINDS = Map.of(
            "Deployment", "deployments.apps",
            "StatefulSet", "statefulsets.apps",
            "ReplicaSet", "replicasets.apps");

    @Override
    public String name() {
        return "replicas";
    }

    @Override
    public boolean hasServices(JsonNode entry) {
        return false;
    }

    @Override
    public Optional<Named> read(JsonNode entry) {
        var kind = entry.path("kind").asText("Deployment");
        if (!entry.path(ACTIVE).isTextual() || !KINDS.containsKey(kind)) {
            return Optional.empty();
        }
        var active = entry.path(ACTIVE).textValue();
        var canary = entry.path(CANARY).asText(active + "-canary");
        var filled = new HashMap<String, Object>(Map.of("kind", kind, ACTIVE, active, CANARY, canary));
        if (entry.path("total").isInt()) {
            filled.put("total", entry.path("total").intValue());
        }
        return Optional.of(new Named(KINDS.get(kind), active, null, active, canary, filled));
    }
}
