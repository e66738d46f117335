package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Confirmation;
import dev.sluice.schemas.message.WeightOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
                        OwnRules.others(object, object.list("spec", "routes")).stream()
                                .map(route -> rule(null, route, order)),
                        tcp(object).map(proxy -> rule(ContourRoutes.TCP, proxy, order)))
                .toList();
        return Moved.of(routes, named, order, "route");
    }

    private static Stream<Document> tcp(Document object) {
        return object.at("spec", "tcpproxy") instanceof Map<?, ?> proxy
                ? Stream.of(Document.of(proxy))
                : Stream.empty();
    }

    private static Moved.Rule rule(String name, Document content, WeightOrder order) {
        return new Moved.Rule(name, null, content, backends(content.list("services"), order));
    }

    @Override
    public Optional<RuleForm> ruleForm(Document object, WeightOrder order) {
        var hasHost = object.at("spec", "virtualhost") instanceof Map;
        return Optional.of(new ContourRoutes(document -> moved(document, order), order.canary(), hasHost));
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

    static boolean isMirror(Document service) {
        return Boolean.TRUE.equals(service.at("mirror"));
    }
}
