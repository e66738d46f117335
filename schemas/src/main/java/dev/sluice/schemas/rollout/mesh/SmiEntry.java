package dev.sluice.schemas.rollout.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/** SMI: a TrafficSplit of a root Service. */
public final class SmiEntry implements MeshEntry {
    @Override
    public String name() {
        return "smi";
    }

    @Override
    public Optional<Named> read(JsonNode entry) {
        if (!entry.path("rootServiceName").isTextual()) {
            return Optional.empty();
        }
        var root = entry.path("rootServiceName").textValue();
        var active = entry.path("activeServiceName").asText(root);
        var canary = entry.path("canaryServiceName").asText(root + "-canary");
        var split = entry.path("trafficSplitName").asText(root);
        return Optional.of(new Named(
                "trafficsplits.split.smi-spec.io",
                split,
                null,
                active,
                canary,
                Map.of(
                        "rootServiceName", root,
                        "activeServiceName", active,
                        "canaryServiceName", canary,
                        "trafficSplitName", split)));
    }
}
