package dev.sluice.schemas.rollout.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.rollout.mesh.Beside.Form;
import dev.sluice.schemas.rollout.mesh.Beside.Part;
import java.util.Map;
import java.util.Optional;

/** Gateway API: an HTTPRoute, GRPCRoute, TCPRoute or TLSRoute, or one of its rules. */
public final class GatewayApiEntry implements MeshEntry {
    private static final Map<String, String> PLURALS = Map.of(
            "HTTPRoute", "httproutes",
            "GRPCRoute", "grpcroutes",
            "TCPRoute", "tcproutes",
            "TLSRoute", "tlsroutes");

    private static final Beside HTTP = Beside.NOTHING
            .andHttp(Form.EXACT, Form.PREFIX, Form.REGEX)
            .andHeadersSet()
            .andMirrors(FINEST)
            .andKeptClients();
    /** The path of a call names its service and method. */
    private static final Beside GRPC = Beside.NOTHING
            .and(Part.HEADERS, 16, Form.EXACT, Form.PREFIX, Form.REGEX)
            .and(Part.PATH, 1, Form.EXACT)
            .andHeadersSet()
            .andMirrors(FINEST);

    @Override
    public String name() {
        return "gatewayApi";
    }

    @Override
    public Beside beside(JsonNode entry) {
        return switch (kind(entry)) {
            case "HTTPRoute" -> HTTP;
            case "GRPCRoute" -> GRPC;
            default -> Beside.NOTHING;
        };
    }

    private static String kind(JsonNode entry) {
        return entry.path("route").path("kind").asText("HTTPRoute");
    }

    @Override
    public Optional<Named> read(JsonNode entry) {
        return Optional.ofNullable(PLURALS.get(kind(entry)))
                .flatMap(plural -> Entries.ofServices(
                        entry, plural + ".gateway.networking.k8s.io", "route", "ruleName", "ruleIndex"));
    }
}
