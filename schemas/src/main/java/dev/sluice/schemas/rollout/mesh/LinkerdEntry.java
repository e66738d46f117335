package dev.sluice.schemas.rollout.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.rollout.mesh.Beside.Form;
import java.util.Optional;

/** Linkerd: its own HTTPRoute or one of its rules, or a ServiceProfile. */
public final class LinkerdEntry implements MeshEntry {
    @Override
    public String name() {
        return "linkerd";
    }

    /** Its proxies make no copies, and a ServiceProfile's shares are of all requests. */
    @Override
    public Beside beside(JsonNode entry) {
        return entry.has("serviceProfile")
                ? Beside.NOTHING
                : Beside.NOTHING
                        .andHttp(Form.EXACT, Form.PREFIX, Form.REGEX)
                        .andHeadersSet()
                        .andKeptClients();
    }

    @Override
    public Optional<Named> read(JsonNode entry) {
        return entry.has("serviceProfile")
                ? Entries.ofServices(entry, "serviceprofiles.linkerd.io", "serviceProfile")
                : Entries.ofServices(entry, "httproutes.policy.linkerd.io", "route", "ruleName", "ruleIndex");
    }
}
