package dev.sluice.schemas.rollout.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Kuma: a MeshHTTPRoute, or one of its rules. */
public final class KumaEntry implements MeshEntry {
    @Override
    public String name() {
        return "kuma";
    }

    @Override
    public Optional<Named> read(JsonNode entry) {
        return Entries.ofServices(entry, "meshhttproutes.kuma.io", "meshHTTPRoute", "ruleIndex");
    }
}
