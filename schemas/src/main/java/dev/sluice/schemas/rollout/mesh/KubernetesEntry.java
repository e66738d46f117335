package dev.sluice.schemas.rollout.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.Weight;
import java.util.Map;
import java.util.Optional;

/** Blue/green without a mesh: the Service that carries the traffic, and the one that shows the new version. */
public final class KubernetesEntry implements MeshEntry {
    @Override
    public String name() {
        return "kubernetes";
    }

    /** All or nothing. */
    @Override
    public Weight resolution(JsonNode entry) {
        return Weight.FULL;
    }

    @Override
    public boolean hasServices(JsonNode entry) {
        return false;
    }

    @Override
    public Optional<Named> read(JsonNode entry) {
        if (!entry.path("activeService").isTextual()) {
            return Optional.empty();
        }
        var active = entry.path("activeService").textValue();
        var preview = entry.path("previewService").asText(active + "-preview");
        return Optional.of(new Named(
                "services", active, null, active, preview, Map.of("activeService", active, "previewService", preview)));
    }
}
