package dev.sluice.schemas.rollout.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.Weight;
import java.util.Optional;

/** OpenShift: a Route. */
public final class OpenShiftEntry implements MeshEntry {
    @Override
    public String name() {
        return "openshift";
    }

    @Override
    public Weight resolution(JsonNode entry) {
        return WHOLE_PERCENT;
    }

    @Override
    public Optional<Named> read(JsonNode entry) {
        return Entries.ofServices(entry, "routes.route.openshift.io", "route");
    }
}
