package dev.sluice.schemas.rollout.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.rollout.mesh.Beside.Form;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Istio: a VirtualService or one of its routes, between two hosts or two subsets of a DestinationRule. */
public final class IstioEntry implements MeshEntry {
    private static final String OBJECT = "virtualService";
    private static final String SUBSETS = "destinationRule";

    @Override
    public String name() {
        return "istio";
    }

    /** Of what isn't HTTP nothing can be told apart but ports and names of servers. */
    @Override
    public Beside beside(JsonNode entry) {
        var service = entry.path(OBJECT);
        return service.has("tlsRouteIndex") || service.has("tcpRouteIndex")
                ? Beside.NOTHING
                : Beside.NOTHING
                        .andHttp(Form.EXACT, Form.PREFIX, Form.REGEX)
                        .andHeadersSet()
                        .andMirrors(FINEST)
                        .andKeptClients();
    }

    /** Subsets are parts of one. */
    @Override
    public boolean hasServices(JsonNode entry) {
        return !entry.has(SUBSETS);
    }

    @Override
    public Optional<Named> read(JsonNode entry) {
        var service = entry.path(OBJECT);
        if (!service.path("name").isTextual()) {
            return Optional.empty();
        }
        return entry.has(SUBSETS) ? ofSubsets(entry, service) : ofHosts(entry, service);
    }

    private static Optional<Named> ofHosts(JsonNode entry, JsonNode service) {
        var active = entry.path("activeService");
        var canary = entry.path("canaryService");
        return active.isTextual() && canary.isTextual()
                ? Optional.of(named(service, active.textValue(), canary.textValue(), Map.of()))
                : Optional.empty();
    }

    private static Optional<Named> ofSubsets(JsonNode entry, JsonNode service) {
        var rule = entry.path(SUBSETS);
        if (!rule.path("name").isTextual()) {
            return Optional.empty();
        }
        var active = rule.path("activeSubsetName").asText("stable");
        var canary = rule.path("canarySubsetName").asText("canary");
        var ruleName = rule.path("name").textValue();
        return Optional.of(named(
                service,
                active,
                canary,
                Map.of(
                        "serviceName",
                        entry.path("serviceName").asText(ruleName),
                        SUBSETS,
                        Map.of("name", ruleName, "activeSubsetName", active, "canarySubsetName", canary))));
    }

    private static Named named(JsonNode service, String active, String canary, Map<String, Object> more) {
        var filled = new HashMap<>(more);
        filled.put(OBJECT, Entries.plain(service));
        if (more.isEmpty()) {
            filled.put("activeService", active);
            filled.put("canaryService", canary);
        }
        return new Named(
                "virtualservices.networking.istio.io",
                service.path("name").textValue(),
                rule(service),
                active,
                canary,
                filled);
    }

    /** HTTP routes have names, the others places. */
    private static String rule(JsonNode service) {
        if (service.path("httpRouteName").isTextual()) {
            return service.path("httpRouteName").textValue();
        }
        for (var protocol : new String[] {"http", "tls", "tcp"}) {
            if (service.path(protocol + "RouteIndex").isInt()) {
                return protocol + ":" + service.path(protocol + "RouteIndex").intValue();
            }
        }
        return null;
    }
}
