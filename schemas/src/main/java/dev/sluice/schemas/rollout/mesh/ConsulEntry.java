package dev.sluice.schemas.rollout.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.rollout.mesh.Beside.Form;
import java.util.Map;
import java.util.Optional;

/**
 * Consul: a ServiceSplitter, between two services or two subsets of its own, and for matches the ServiceRouter that is asked
 * before it.
 */
public final class ConsulEntry implements MeshEntry {
    private static final String KIND = "servicesplitters.consul.hashicorp.com";
    private static final String ROUTER = "serviceRouter";
    private static final Beside BESIDE =
            Beside.NOTHING.andHttp(Form.EXACT, Form.PREFIX, Form.REGEX).andHeadersSet();

    @Override
    public String name() {
        return "consul";
    }

    @Override
    public Beside beside(JsonNode entry) {
        return entry.has(ROUTER)
                ? BESIDE
                : Beside.nothingWithout("name the ServiceRouter in front of the splitter, serviceRouter: {name: "
                        + entry.path("serviceSplitter").path("name").asText("<service>") + "}");
    }

    /** Subsets are parts of one. */
    @Override
    public boolean hasServices(JsonNode entry) {
        return !entry.has("activeSubset");
    }

    @Override
    public Optional<Named> read(JsonNode entry) {
        return splitter(entry).map(named -> Entries.also(named, entry, ROUTER));
    }

    private static Optional<Named> splitter(JsonNode entry) {
        var splitter = entry.path("serviceSplitter").path("name");
        var active = entry.path("activeSubset");
        var canary = entry.path("canarySubset");
        if (!splitter.isTextual() || !active.isTextual() || !canary.isTextual()) {
            return Entries.ofServices(entry, KIND, "serviceSplitter");
        }
        var service = splitter.textValue();
        return Optional.of(new Named(
                KIND,
                service,
                null,
                active.textValue(),
                canary.textValue(),
                Map.of(
                        "serviceSplitter",
                        Map.of("name", service),
                        "subsets",
                        Map.of("active", active.textValue(), "canary", canary.textValue()),
                        "services",
                        services(active.textValue(), canary.textValue(), service))));
    }

    /** Both subsets' endpoints are the service's: which pods are whose only Consul knows. */
    private static Map<String, String> services(String active, String canary, String service) {
        return active.equals(canary) ? Map.of(active, service) : Map.of(active, service, canary, service);
    }
}
