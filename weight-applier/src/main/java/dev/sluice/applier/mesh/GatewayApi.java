package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Confirmation;
import dev.sluice.applier.mesh.RouteRules.Copies;
import dev.sluice.applier.mesh.RouteRules.Limits;
import dev.sluice.applier.mesh.RouteRules.Shape;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gateway API's routes, of a Gateway or (GAMMA) of a Service: {@code spec.rules[].backendRefs[].weight}, 1 where it is
 * absent. Weights are relative, up to 1,000,000.
 */
public class GatewayApi implements InPlace {
    private static final String GROUP = "gateway.networking.k8s.io";
    private static final List<Kind> KINDS = List.of(
            Kind.namespaced(GROUP, "httproutes", "HTTPRoute", "v1", "v1beta1"),
            Kind.namespaced(GROUP, "grpcroutes", "GRPCRoute", "v1"),
            Kind.namespaced(GROUP, "tcproutes", "TCPRoute", "v1", "v1alpha2"),
            Kind.namespaced(GROUP, "tlsroutes", "TLSRoute", "v1", "v1alpha3", "v1alpha2"));

    private static final Limits LIMITS = new Limits(16, 64, 128);
    private static final Copies COPIES = new Copies(List.of("percent", "fraction"), GatewayApi::share, false);
    private static final Shape HTTP = new Shape(new HttpMatches(false), null, LIMITS, COPIES);
    private static final Shape GRPC = new Shape(new GrpcMatches(), null, LIMITS, COPIES);

    @Override
    public String name() {
        return "gatewayApi";
    }

    @Override
    public List<Kind> kinds() {
        return KINDS;
    }

    @Override
    public List<List<String>> fields(WeightOrder order) {
        return List.of(List.of("spec", "rules"));
    }

    @Override
    public Moved moved(Document object, WeightOrder order) {
        return BackendRefs.moved(object, order);
    }

    @Override
    public Optional<RuleForm> ruleForm(Document object, WeightOrder order) {
        return switch (object.text("kind")) {
            case "HTTPRoute" -> Optional.of(BackendRefs.form(order, HTTP));
            case "GRPCRoute" -> Optional.of(BackendRefs.form(order, GRPC));
            case null, default -> Optional.empty();
        };
    }

    /** In whole percents, or where that can't say it as a fraction. */
    private static Map<String, Object> share(Weight share) {
        return share.hundredths() % 100 == 0
                ? Map.of("percent", share.hundredths() / 100)
                : Map.of(
                        "fraction",
                        new LinkedHashMap<>(Map.of("numerator", share.hundredths(), "denominator", 100_00)));
    }

    /** Every parent has to accept it; one of a Service (GAMMA) may have nobody who says so. */
    @Override
    public Confirmation confirmation(Document object) {
        var conditions = object.list("status", "parents").stream()
                .flatMap(parent -> parent.list("conditions").stream())
                .toList();
        return Conditions.say(object, conditions, "Accepted");
    }
}
