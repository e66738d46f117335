package dev.sluice.schemas.rollout.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.rollout.mesh.Beside.Form;
import dev.sluice.schemas.rollout.mesh.Beside.Part;
import java.util.Map;
import java.util.Optional;

/** SMI: a TrafficSplit of a root Service, and for matches an HTTPRouteGroup of Sluice's own. */
public final class SmiEntry implements MeshEntry {
    private static final String GROUP = "httpRouteGroup";
    /** The canary's Service is Sluice's then. */
    private static final String SELECTOR = "canarySelector";

    private static final Form[] FORMS = {Form.EXACT, Form.PREFIX, Form.REGEX};
    /** Of cookies one, since all are in one header. */
    private static final Beside MATCHES = Beside.NOTHING
            .and(Part.HEADERS, 16, FORMS)
            .and(Part.COOKIES, 1, FORMS)
            .and(Part.PATH, 1, FORMS)
            .and(Part.METHOD, 1, Form.EXACT);

    @Override
    public String name() {
        return "smi";
    }

    @Override
    public Beside beside(JsonNode entry) {
        return entry.has(GROUP)
                ? MATCHES
                : Beside.nothingWithout(
                        "name an HTTPRouteGroup for Sluice to make, httpRouteGroup: {name: <a free name>,"
                                + " headers: list or map, as the cluster's definition has them}");
    }

    @Override
    public Optional<Named> read(JsonNode entry) {
        return split(entry)
                .map(named -> Entries.also(named, entry, GROUP))
                .map(named -> Entries.also(named, entry, SELECTOR));
    }

    private static Optional<Named> split(JsonNode entry) {
        if (!entry.path("rootServiceName").isTextual()) {
            return Optional.empty();
        }
        var root = entry.path("rootServiceName").textValue();
        var active = entry.path("activeServiceName").asText(root);
        var canary = entry.path("canaryServiceName").asText(root + "-canary");
        var split = entry.path("trafficSplitName").asText(root);
        return Optional.of(new Named(
                "trafficsplits.split.smi-spec.io",
                split,
                null,
                active,
                canary,
                Map.of(
                        "rootServiceName", root,
                        "activeServiceName", active,
                        "canaryServiceName", canary,
                        "trafficSplitName", split)));
    }
}
