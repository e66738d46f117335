package dev.sluice.schemas.rollout.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.rollout.mesh.Beside.Form;
import dev.sluice.schemas.rollout.mesh.Beside.Part;
import java.util.Optional;

/** Contour: an HTTPProxy, or one of its routes. */
public final class ContourEntry implements MeshEntry {
    @Override
    public String name() {
        return "contour";
    }

    @Override
    public Beside beside(JsonNode entry) {
        return Beside.NOTHING
                .andHttp(Form.EXACT, Form.PREFIX, Form.REGEX)
                .and(Part.COOKIES, 16, Form.EXACT, Form.PREFIX, Form.REGEX)
                .andHeadersSet()
                .andMirrors(WHOLE_PERCENT);
    }

    @Override
    public Optional<Named> read(JsonNode entry) {
        return Entries.ofServices(entry, "httpproxies.projectcontour.io", "httpProxy", "routeIndex");
    }
}
