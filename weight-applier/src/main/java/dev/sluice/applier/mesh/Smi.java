package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Annotations;
import dev.sluice.applier.core.Placement;
import dev.sluice.applier.core.Routed;
import dev.sluice.applier.core.Traits;
import dev.sluice.schemas.message.WeightOrder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * SMI's TrafficSplit, v1alpha1 to v1alpha4. Weights are whole numbers in every version, since v1alpha1's quantities
 * read an integer too and objects may be stored as one version and read as another; zero is written, never left out.
 *
 * <p>Requests that match are told apart by an HTTPRouteGroup of Sluice's own, where the entry names one: {@link SmiMatch}.
 */
public class Smi implements Mesh {
    private static final Kind KIND = Kind.namespaced(
            "split.smi-spec.io", "trafficsplits", "TrafficSplit", "v1alpha4", "v1alpha3", "v1alpha2", "v1alpha1");

    private static final Kind GROUP =
            Kind.namespaced("specs.smi-spec.io", "httproutegroups", "HTTPRouteGroup", "v1alpha4", "v1alpha3");

    @Override
    public String name() {
        return "smi";
    }

    @Override
    public List<Kind> kinds() {
        return List.of(KIND, GROUP);
    }

    @Override
    public Set<Kind> kindsOfMatches() {
        return Set.of(GROUP);
    }

    @Override
    public List<ObjectRef> objects(WeightOrder order, RouteIdentity route) {
        return route.kind().equals(KIND.name())
                ? Stream.of(
                                Stream.of(ObjectRef.of(KIND, route)),
                                group(order).stream(),
                                CanaryService.of(entry(order), order).stream().flatMap(made -> made.refs().stream()))
                        .flatMap(refs -> refs)
                        .toList()
                : List.of();
    }

    @Override
    public Set<String> makes(WeightOrder order) {
        return CanaryService.of(entry(order), order)
                .map(made -> Set.of(made.ref().name()))
                .orElse(Set.of());
    }

    private Optional<ObjectRef> group(WeightOrder order) {
        return Optional.ofNullable(entry(order).text("httpRouteGroup", "name"))
                .map(name -> new ObjectRef(GROUP, order.namespace(), name));
    }

    private Optional<SmiMatch> matches(RouteObjects objects, WeightOrder order) {
        return group(order).map(group -> new SmiMatch(objects, group, order));
    }

    @Override
    public Use use(Kind kind) {
        return Use.MAKE;
    }

    @Override
    public Traits traits(WeightOrder order) {
        return new Traits(true, rootService(order));
    }

    @Override
    public List<List<String>> fields(WeightOrder order) {
        return List.of(List.of("spec", "backends"));
    }

    @Override
    public Routed read(RouteObjects objects, WeightOrder order) {
        var flaw = CanaryService.of(entry(order), order)
                .flatMap(made -> made.flaw(objects))
                .orElseGet(() -> unfit(objects.main(), order));
        var routed = Routed.by(backends(objects.main(), order).weights(), flaw);
        return matches(objects, order).map(matches -> matches.read(routed)).orElse(routed);
    }

    @Override
    public List<Write> plan(RouteObjects objects, Placement placement) {
        var service = CanaryService.of(entry(placement.order()), placement.order())
                .flatMap(made -> made.write(objects, placement))
                .stream();
        return Stream.concat(service, planOfSplit(objects, placement).stream()).toList();
    }

    @Override
    public List<Write> remove(RouteObjects objects, WeightOrder order) {
        var service = CanaryService.of(entry(order), order).flatMap(made -> made.remove(objects)).stream();
        var group = matches(objects, order).flatMap(SmiMatch::removed).stream();
        return Stream.of(Mesh.super.remove(objects, order).stream(), group, service)
                .flatMap(writes -> writes)
                .toList();
    }

    private List<Write> planOfSplit(RouteObjects objects, Placement placement) {
        var order = placement.order();
        var split =
                objects.main() == null ? made(objects, order) : objects.main().copy();
        return matches(objects, order)
                .filter(matches -> placement.weight() != null || order.end() != null)
                .map(matches -> matches.plan(split, placement, Smi::weighted))
                .orElseGet(() -> {
                    var weighted = weighted(split, placement);
                    return List.of(
                            objects.main() == null
                                    ? new Write.Create(objects.mainRef(), weighted)
                                    : new Write.Update(objects.mainRef(), weighted));
                });
    }

    private static Document made(RouteObjects objects, WeightOrder order) {
        var made = objects.made(objects.mainRef());
        made.open("metadata", "labels").put(Annotations.MANAGED_BY_LABEL, Annotations.MANAGED_BY);
        made.open("spec").put("service", rootService(order));
        return made;
    }

    @Override
    public Optional<String> cannotCreate(RouteObjects objects, WeightOrder order) {
        return CanaryService.of(entry(order), order)
                .flatMap(made -> made.flaw(objects))
                .or(() -> matches(objects, order).map(matches -> matches.flaw(made(objects, order))));
    }

    private static Document weighted(Document split, Placement placement) {
        if (placement.weight() != null) {
            if (placement.owned()) {
                split.open("spec").put("service", rootService(placement.order()));
            }
            backends(split, placement.order()).put(placement.weight());
        }
        return split;
    }

    private static Backends backends(Document split, WeightOrder order) {
        return new Backends(split.list("spec", "backends"), order, new Form(split));
    }

    private record Form(Document split) implements Backends.Form {
        @Override
        public String backend(Document entry) {
            return entry.text("service");
        }

        @Override
        public BigDecimal weight(Document entry) {
            return Quantity.read(entry.at("weight")).orElse(null);
        }

        /** Whoever serves the split may be Linkerd. */
        @Override
        public BigInteger most() {
            return BigInteger.valueOf(Linkerd.MOST);
        }

        @Override
        public void put(Document entry, Number weight) {
            entry.content().put("weight", weight);
        }

        @Override
        public boolean adds() {
            return true;
        }

        @Override
        public Document add(String backend) {
            var added = new Document(new LinkedHashMap<>(Map.of("service", backend)));
            split.append(added.content(), "spec", "backends");
            return added;
        }
    }

    private static String rootService(WeightOrder order) {
        return order.mesh().get("smi").get("rootServiceName") instanceof String name ? name : null;
    }

    private static String unfit(Document split, WeightOrder order) {
        if (split.list("spec", "backends").stream().anyMatch(entry -> entry.text("service") == null)) {
            return "the split lists a backend without a service: name it, or remove it";
        }
        var flaw = backends(split, order).unfit("the split");
        if (flaw != null) {
            return flaw;
        }
        var root = split.text("spec", "service");
        var expected = rootService(order);
        return expected == null || expected.equals(root)
                ? null
                : "the split divides the traffic of " + root + ", not of " + expected
                        + ": name another trafficSplitName, or the right rootServiceName";
    }
}
