package dev.sluice.schemas.rollout.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.Weight;
import java.util.Optional;

/** F5 NGINX: a VirtualServer, or one of its routes. */
public final class NginxEntry implements MeshEntry {
    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public Weight resolution(JsonNode entry) {
        return WHOLE_PERCENT;
    }

    @Override
    public Optional<Named> read(JsonNode entry) {
        return Entries.ofServices(entry, "virtualservers.k8s.nginx.org", "virtualServer", "routeIndex");
    }
}
