package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Confirmation;
import dev.sluice.schemas.message.WeightOrder;
import java.util.List;
import java.util.stream.Stream;

/**
 * Contour's HTTPProxy: {@code spec.routes[].services[].weight} and {@code spec.tcpproxy.services[].weight}, 0 where it is
 * absent; a list in which nobody has a weight is divided evenly. Mirrors are no backends.
 */
public class Contour implements InPlace {
    private static final Kind KIND = Kind.namespaced("projectcontour.io", "httpproxies", "HTTPProxy", "v1");

    @Override
    public String name() {
        return "contour";
    }

    @Override
    public List<Kind> kinds() {
        return List.of(KIND);
    }

    @Override
    public List<List<String>> fields(WeightOrder order) {
        return List.of(List.of("spec", "routes"), List.of("spec", "tcpproxy", "services"));
    }

    @Override
    public Moved moved(Document object, WeightOrder order) {
        var named = RouteIdentity.parse(order.route()).orElseThrow().rule();
        var routes = Stream.concat(
                        object.list("spec", "routes").stream().map(route -> route.list("services")),
                        Stream.of(object.list("spec", "tcpproxy", "services")))
                .map(services -> Moved.Rule.of(backends(services, order)))
                .toList();
        return Moved.of(routes, named, order, "route");
    }

    @Override
    public Confirmation confirmation(Document object) {
        return Conditions.say(object, object.list("status", "conditions"), "Valid");
    }

    private static Backends backends(List<Document> services, WeightOrder order) {
        var hasWeights = services.stream()
                .anyMatch(service ->
                        service.at("weight") instanceof Number weight && weight.longValue() > 0 && !isMirror(service));
        return new Backends(
                services,
                order,
                new WeightKey(service -> isMirror(service) ? null : service.text("name"), 0, !hasWeights));
    }

    private static boolean isMirror(Document service) {
        return Boolean.TRUE.equals(service.at("mirror"));
    }
}
