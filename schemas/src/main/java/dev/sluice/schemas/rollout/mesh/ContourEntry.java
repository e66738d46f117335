package dev.sluice.schemas.rollout.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Contour: an HTTPProxy, or one of its routes. */
public final class ContourEntry implements MeshEntry {
    @Override
    public String name() {
        return "contour";
    }

    @Override
    public Optional<Named> read(JsonNode entry) {
        return Entries.ofServices(entry, "httpproxies.projectcontour.io", "httpProxy", "routeIndex");
    }
}
