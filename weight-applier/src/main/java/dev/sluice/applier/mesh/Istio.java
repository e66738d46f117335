package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Placement;
import dev.sluice.applier.core.Routed;
import dev.sluice.applier.core.Traits;
import dev.sluice.schemas.message.WeightOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Istio's VirtualService: {@code spec.http[].route[].weight}, of {@code tls} and {@code tcp} alike, 0 where it is absent
 * beside others. Backends are hosts, or subsets of a DestinationRule, which is read and never written. Weights add up to
 * 100 wherever that can say the share, as Istio before 1.15 (OpenShift Service Mesh 2.1) demands.
 */
public class Istio implements Mesh {
    private static final String[] VERSIONS = {"v1", "v1beta1", "v1alpha3"};
    private static final Kind SERVICE =
            Kind.namespaced("networking.istio.io", "virtualservices", "VirtualService", VERSIONS);
    private static final Kind RULE =
            Kind.namespaced("networking.istio.io", "destinationrules", "DestinationRule", VERSIONS);
    private static final List<String> PROTOCOLS = List.of("http", "tls", "tcp");

    @Override
    public String name() {
        return "istio";
    }

    @Override
    public List<Kind> kinds() {
        return List.of(SERVICE, RULE);
    }

    @Override
    public Use use(Kind kind) {
        return kind.equals(RULE) ? Use.READ : Use.EDIT;
    }

    @Override
    public List<List<String>> fields(WeightOrder order) {
        return PROTOCOLS.stream().map(protocol -> List.of("spec", protocol)).toList();
    }

    @Override
    public Traits traits(WeightOrder order) {
        return Traits.EDITED;
    }

    @Override
    public List<ObjectRef> objects(WeightOrder order, RouteIdentity route) {
        if (!route.kind().equals(SERVICE.name())) {
            return List.of();
        }
        return Stream.concat(Stream.of(ObjectRef.of(SERVICE, route)), rule(order).stream())
                .toList();
    }

    /** Empty where backends are hosts. */
    private Optional<ObjectRef> rule(WeightOrder order) {
        return Optional.ofNullable(entry(order).text("destinationRule", "name"))
                .map(name -> new ObjectRef(RULE, order.namespace(), name));
    }

    @Override
    public String service(WeightOrder order, String backend) {
        return rule(order).isPresent() ? entry(order).text("serviceName") : backend;
    }

    @Override
    public Map<String, String> labels(RouteObjects objects, WeightOrder order, String backend) {
        var labels = new HashMap<String, String>();
        rule(order).flatMap(objects::get).flatMap(rule -> subset(rule, backend)).ifPresent(subset -> {
            if (subset.at("labels") instanceof Map<?, ?> map) {
                map.forEach((name, value) -> labels.put(String.valueOf(name), String.valueOf(value)));
            }
        });
        return labels;
    }

    @Override
    public boolean readsPods() {
        return true;
    }

    private static Optional<Document> subset(Document rule, String name) {
        return rule.list("spec", "subsets").stream()
                .filter(subset -> name.equals(subset.text("name")))
                .findFirst();
    }

    @Override
    public Routed read(RouteObjects objects, WeightOrder order) {
        var routed = own(order).read(objects.main());
        var flaw = rule(order).map(ref -> unfit(objects, ref, order)).orElse(null);
        return flaw == null ? routed : routed.but(flaw);
    }

    /** Traffic to a subset that no DestinationRule has is answered with 503. */
    private String unfit(RouteObjects objects, ObjectRef ref, WeightOrder order) {
        var rule = objects.get(ref).orElse(null);
        if (rule == null) {
            return "the DestinationRule " + ref.name() + " isn't there: create it with the subsets " + order.active()
                    + " and " + order.canary();
        }
        var host = rule.text("spec", "host");
        var service = entry(order).text("serviceName");
        if (!isHostOf(host, service, order.namespace())) {
            return "the DestinationRule " + ref.name() + " is of host " + host + ", not of " + service
                    + ": name that Service as serviceName, or another DestinationRule";
        }
        return Stream.of(order.active(), order.canary())
                .filter(name -> subset(rule, name).isEmpty())
                .findFirst()
                .map(name -> "the DestinationRule " + ref.name() + " has no subset " + name + ": add it")
                .orElse(null);
    }

    @Override
    public List<Write> plan(RouteObjects objects, Placement placement) {
        var own = own(placement.order());
        var planned = placement.weight() == null
                ? own.withoutWeight(objects.main())
                : own.planned(objects.main(), placement.weight());
        return List.of(new Write.Update(objects.mainRef(), planned));
    }

    private OwnRules own(WeightOrder order) {
        var form = new IstioRoutes(
                object -> moved(object, order), destination -> backend(destination, order), order.canary());
        return new OwnRules(form, order);
    }

    private Moved moved(Document object, WeightOrder order) {
        var named = RouteIdentity.parse(order.route()).orElseThrow().rule();
        var form = new WeightKey(destination -> backend(destination, order), 0);
        var routes = PROTOCOLS.stream()
                .flatMap(protocol -> routes(object, protocol, form, order))
                .toList();
        var moved = Moved.of(routes, named, order, "route");
        var delegates = delegates(object, order);
        return moved.unfit() == null || delegates.isEmpty()
                ? moved
                : new Moved(
                        moved.rules(),
                        moved.unfit() + "; or name the VirtualService that has them, for it delegates to " + delegates);
    }

    /** VirtualServices that this one leaves requests to. */
    private static List<String> delegates(Document object, WeightOrder order) {
        return object.list("spec", "http").stream()
                .filter(route -> route.text("delegate", "name") != null)
                .map(route -> Objects.requireNonNullElse(route.text("delegate", "namespace"), order.namespace()) + "/"
                        + route.text("delegate", "name"))
                .toList();
    }

    /** HTTP routes may have names; all are named by their place too, such as {@code tcp:0}. */
    private static Stream<Moved.Rule> routes(Document object, String protocol, Backends.Form form, WeightOrder order) {
        var routes = OwnRules.others(object, object.list("spec", protocol));
        return IntStream.range(0, routes.size()).mapToObj(i -> {
            return new Moved.Rule(
                    routes.get(i).text("name"),
                    protocol + ":" + i,
                    routes.get(i),
                    new Backends(routes.get(i).list("route"), order, form));
        });
    }

    private String backend(Document destination, WeightOrder order) {
        var host = destination.text("destination", "host");
        var subset = destination.text("destination", "subset");
        if (rule(order).isEmpty()) {
            return Stream.of(order.active(), order.canary())
                    .filter(service -> isHostOf(host, service, order.namespace()))
                    .findFirst()
                    .orElse(host + (subset == null ? "" : "/" + subset));
        }
        var isOfService = isHostOf(host, entry(order).text("serviceName"), order.namespace());
        return isOfService && subset != null ? subset : host + "/" + Objects.requireNonNullElse(subset, "");
    }

    /** Short names are of the VirtualService's own namespace. */
    private static boolean isHostOf(String host, String service, String namespace) {
        var full = service + "." + namespace;
        return host != null
                && (host.equals(service)
                        || host.equals(full)
                        || host.equals(full + ".svc")
                        || host.startsWith(full + ".svc."));
    }
}
