package dev.sluice.schemas.rollout.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.rollout.mesh.Beside.Form;
import java.util.Optional;

/** Kuma: a MeshHTTPRoute, or one of its rules. */
public final class KumaEntry implements MeshEntry {
    @Override
    public String name() {
        return "kuma";
    }

    @Override
    public Beside beside(JsonNode entry) {
        return Beside.NOTHING
                .andHttp(Form.EXACT, Form.PREFIX, Form.REGEX)
                .andHeadersSet()
                .andMirrors(FINEST);
    }

    @Override
    public Optional<Named> read(JsonNode entry) {
        return Entries.ofServices(entry, "meshhttproutes.kuma.io", "meshHTTPRoute", "ruleIndex");
    }
}
