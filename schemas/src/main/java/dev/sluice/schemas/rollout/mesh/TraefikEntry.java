package dev.sluice.schemas.rollout.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.rollout.mesh.Beside.Form;
import dev.sluice.schemas.rollout.mesh.Beside.Part;
import java.util.Optional;

/** Traefik: a TraefikService, and for matches the IngressRoute that leads to it. */
public final class TraefikEntry implements MeshEntry {
    private static final String INGRESS = "ingressRoute";
    /** Each cookie is a matcher of its own. */
    private static final Beside MATCHES = Beside.NOTHING
            .andHttp(Form.EXACT, Form.PREFIX, Form.REGEX)
            .and(Part.COOKIES, 16, Form.EXACT, Form.PREFIX, Form.REGEX);

    @Override
    public String name() {
        return "traefik";
    }

    @Override
    public Optional<Named> read(JsonNode entry) {
        return Entries.ofServices(entry, "traefikservices.traefik.io", "traefikService")
                .map(named -> Entries.also(named, entry, INGRESS));
    }

    @Override
    public Beside beside(JsonNode entry) {
        var beside = entry.has(INGRESS)
                ? MATCHES
                : Beside.nothingWithout(
                        "name the IngressRoute that leads to the TraefikService, ingressRoute: {name: <its name>}");
        return beside.andKeptClients();
    }
}
