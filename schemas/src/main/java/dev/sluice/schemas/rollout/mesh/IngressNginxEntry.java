package dev.sluice.schemas.rollout.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.rollout.mesh.Beside.Form;
import dev.sluice.schemas.rollout.mesh.Beside.Part;
import java.util.Map;
import java.util.Optional;

/** ingress-nginx: an Ingress, and the canary Ingress that Sluice makes beside it. */
public final class IngressNginxEntry implements MeshEntry {
    @Override
    public String name() {
        return "ingressNginx";
    }

    /** One header or one cookie, which are both annotations of the canary Ingress. */
    @Override
    public Beside beside(JsonNode entry) {
        return Beside.NOTHING
                .and(Part.HEADERS, 1, Form.EXACT, Form.PREFIX, Form.REGEX)
                .and(Part.COOKIES, 1, Form.EXACT, Form.PREFIX, Form.REGEX);
    }

    @Override
    public Optional<Named> read(JsonNode entry) {
        return Entries.ofServices(entry, "ingresses.networking.k8s.io", "ingress")
                .map(named -> {
                    var stable = named.object();
                    var canary = entry.path("canaryIngress").asText(stable + "-canary");
                    return new Named(
                            named.kind(),
                            canary,
                            null,
                            named.active(),
                            named.canary(),
                            Map.of(
                                    "ingress", Map.of("name", stable),
                                    "canaryIngress", canary,
                                    "activeService", named.active(),
                                    "canaryService", named.canary()));
                });
    }
}
