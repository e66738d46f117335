package dev.sluice.schemas.rollout.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.rollout.mesh.Beside.Form;
import dev.sluice.schemas.rollout.mesh.Beside.Part;
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

    /** An expression would be of the path and the query together. */
    @Override
    public Beside beside(JsonNode entry) {
        return Beside.NOTHING
                .and(Part.HEADERS, 16, Form.EXACT, Form.PREFIX, Form.REGEX)
                .and(Part.COOKIES, 16, Form.EXACT, Form.PREFIX, Form.REGEX)
                .and(Part.QUERY_PARAMETERS, 16, Form.EXACT, Form.PREFIX, Form.REGEX)
                .and(Part.PATH, 1, Form.EXACT, Form.PREFIX)
                .and(Part.METHOD, 1, Form.EXACT)
                .andHeadersSet();
    }

    @Override
    public Optional<Named> read(JsonNode entry) {
        return Entries.ofServices(entry, "virtualservers.k8s.nginx.org", "virtualServer", "routeIndex");
    }
}
