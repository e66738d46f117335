package dev.sluice.applier.mesh;

import dev.sluice.schemas.message.WeightOrder;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * F5 NGINX's VirtualServer: {@code spec.routes[].splits[].weight}, whole numbers that make exactly 100. Backends are the
 * Services behind the upstreams that the splits pass to.
 */
public class Nginx implements InPlace {
    private static final Kind KIND = Kind.namespaced("k8s.nginx.org", "virtualservers", "VirtualServer", "v1");

    @Override
    public String name() {
        return "nginx";
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
        var form = Totalled.percents(new WeightKey(split -> backend(object, split), 0));
        var routes = object.list("spec", "routes").stream()
                .map(route -> Moved.Rule.of(route, new Backends(route.list("splits"), order, form)))
                .toList();
        return Moved.of(routes, named, order, "route");
    }

    @Override
    public Optional<RuleForm> ruleForm(Document object, WeightOrder order) {
        return Optional.of(
                new NginxRoutes(document -> moved(document, order), action -> backend(object, action), order.canary()));
    }

    /** What passes or proxies is the Service behind its upstream; what answers by itself has a share as well. */
    private static String backend(Document object, Document split) {
        var pass = split.text("action", "pass");
        var upstream = pass == null ? split.text("action", "proxy", "upstream") : pass;
        return upstream == null ? String.valueOf(split.at("action")) : service(object, upstream);
    }

    private static String service(Document object, String upstream) {
        return object.list("spec", "upstreams").stream()
                .filter(candidate -> upstream != null && upstream.equals(candidate.text("name")))
                .map(candidate -> candidate.text("service"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(upstream);
    }
}
