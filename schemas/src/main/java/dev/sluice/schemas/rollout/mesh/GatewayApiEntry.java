package dev.sluice.schemas.rollout.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/** Gateway API: an HTTPRoute, GRPCRoute, TCPRoute or TLSRoute, or one of its rules. */
public final class GatewayApiEntry implements MeshEntry {
    private static final Map<String, String> PLURALS = Map.of(
            "HTTPRoute", "httproutes",
            "GRPCRoute", "grpcroutes",
            "TCPRoute", "tcproutes",
            "TLSRoute", "tlsroutes");

    @Override
    public String name() {
        return "gatewayApi";
    }

    @Override
    public Optional<Named> read(JsonNode entry) {
        return Optional.ofNullable(PLURALS.get(entry.path("route").path("kind").asText("HTTPRoute")))
                .flatMap(plural -> Entries.ofServices(
                        entry, plural + ".gateway.networking.k8s.io", "route", "ruleName", "ruleIndex"));
    }
}
