package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Confirmation;
import dev.sluice.schemas.message.WeightOrder;
import java.util.List;
import java.util.Optional;

/**
 * AWS App Mesh's VirtualRouter: {@code spec.routes[].{http,http2,grpc,tcp}Route.action.weightedTargets[].weight}, whole
 * numbers that make 100. Backends are VirtualNodes.
 */
public class AppMesh implements InPlace {
    private static final Kind KIND = Kind.namespaced("appmesh.k8s.aws", "virtualrouters", "VirtualRouter", "v1beta2");
    static final List<String> PROTOCOLS = List.of("httpRoute", "http2Route", "grpcRoute", "tcpRoute");

    @Override
    public String name() {
        return "appMesh";
    }

    @Override
    public List<Kind> kinds() {
        return List.of(KIND);
    }

    @Override
    public List<List<String>> fields(WeightOrder order) {
        return List.of(List.of("spec", "routes"));
    }

    @Override
    public Moved moved(Document object, WeightOrder order) {
        var named = RouteIdentity.parse(order.route()).orElseThrow().rule();
        var routes = OwnRules.others(object, object.list("spec", "routes")).stream()
                .flatMap(route -> PROTOCOLS.stream()
                        .filter(protocol -> route.at(protocol) != null)
                        .map(protocol -> rule(route, protocol, order)))
                .toList();
        return Moved.of(routes, named, order, "route");
    }

    @Override
    public Optional<RuleForm> ruleForm(Document object, WeightOrder order) {
        return Optional.of(new AppMeshRoutes(document -> moved(document, order), AppMesh::node, order.canary()));
    }

    /** The controller says once for all conditions which generation they are of. */
    @Override
    public Confirmation confirmation(Document object) {
        var said = Conditions.say(object, object.list("status", "conditions"), "VirtualRouterActive");
        return said == null || Conditions.isCurrent(object, object.at("status", "observedGeneration"))
                ? said
                : Confirmation.AWAITED;
    }

    private static String node(Document target) {
        var name = target.text("virtualNodeRef", "name");
        return name == null ? String.valueOf(target.text("virtualNodeARN")) : name;
    }

    private static Moved.Rule rule(Document route, String protocol, WeightOrder order) {
        var form = Totalled.percents(new WeightKey(AppMesh::node, 0));
        return Moved.Rule.of(route, new Backends(route.list(protocol, "action", "weightedTargets"), order, form));
    }
}
