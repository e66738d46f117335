package dev.sluice.schemas.rollout.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.rollout.mesh.Beside.Form;
import dev.sluice.schemas.rollout.mesh.Beside.Part;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** AWS App Mesh: a VirtualRouter or one of its routes, between two VirtualNodes. */
public final class AppMeshEntry implements MeshEntry {
    @Override
    public String name() {
        return "appMesh";
    }

    @Override
    public Weight resolution(JsonNode entry) {
        return WHOLE_PERCENT;
    }

    /** Of HTTP; a route of gRPC can tell less apart, one of TCP nothing, which is seen with the object. */
    @Override
    public Beside beside(JsonNode entry) {
        return Beside.NOTHING
                .and(Part.HEADERS, 10, Form.EXACT, Form.PREFIX, Form.REGEX)
                .and(Part.COOKIES, 1, Form.EXACT, Form.PREFIX, Form.REGEX)
                .and(Part.QUERY_PARAMETERS, 10, Form.EXACT)
                .and(Part.PATH, 1, Form.EXACT, Form.PREFIX, Form.REGEX)
                .and(Part.METHOD, 1, Form.EXACT);
    }

    @Override
    public Optional<Named> read(JsonNode entry) {
        var router = entry.path("virtualRouter");
        var active = entry.path("activeVirtualNode");
        var canary = entry.path("canaryVirtualNode");
        if (!router.path("name").isTextual() || !active.isTextual() || !canary.isTextual()) {
            return Optional.empty();
        }
        var services = new HashMap<String, String>();
        services.put(active.textValue(), entry.path("activeService").asText(active.textValue()));
        services.put(canary.textValue(), entry.path("canaryService").asText(canary.textValue()));
        return Optional.of(new Named(
                "virtualrouters.appmesh.k8s.aws",
                router.path("name").textValue(),
                Entries.rule(router, "routeName"),
                active.textValue(),
                canary.textValue(),
                Map.of(
                        "virtualRouter", Entries.plain(router),
                        "activeVirtualNode", active.textValue(),
                        "canaryVirtualNode", canary.textValue(),
                        "services", Map.copyOf(services))));
    }
}
