package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Confirmation;
import dev.sluice.schemas.message.WeightOrder;
import java.util.List;

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

    /** Every parent has to accept it; one of a Service (GAMMA) may have nobody who says so. */
    @Override
    public Confirmation confirmation(Document object) {
        var conditions = object.list("status", "parents").stream()
                .flatMap(parent -> parent.list("conditions").stream())
                .toList();
        return Conditions.say(object, conditions, "Accepted");
    }
}
