package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Confirmation;
import dev.sluice.applier.core.Confirmation.Answer;
import dev.sluice.applier.core.Placement;
import dev.sluice.applier.core.Routed;
import dev.sluice.schemas.message.WeightOrder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Consul's ServiceSplitter: {@code spec.splits[].weight}, 0 where it is absent. Weights add up to exactly 100, with at most
 * two decimals; whole numbers where there are more than two, since Consul's webhook adds them up as floats.
 *
 * <p>Requests that match go to the canary by routes of the ServiceRouter that is asked before the splitter.
 */
public class Consul implements InPlace {
    private static final Kind KIND =
            Kind.namespaced("consul.hashicorp.com", "servicesplitters", "ServiceSplitter", "v1alpha1");
    private static final Kind ROUTER =
            Kind.namespaced("consul.hashicorp.com", "servicerouters", "ServiceRouter", "v1alpha1");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal HUNDREDTH = new BigDecimal("0.01");

    @Override
    public String name() {
        return "consul";
    }

    @Override
    public List<Kind> kinds() {
        return List.of(KIND, ROUTER);
    }

    @Override
    public Set<Kind> kindsOfMatches() {
        return Set.of(ROUTER);
    }

    @Override
    public Use use(Kind kind) {
        return kind.equals(ROUTER) ? Use.MAKE : Use.EDIT;
    }

    /** One of the splitter's own name; another service's is somebody's. */
    @Override
    public boolean makesForMatches(ObjectRef ref, ObjectRef main) {
        return ref.kind().equals(ROUTER) && ref.name().equals(main.name());
    }

    @Override
    public List<ObjectRef> objects(WeightOrder order, RouteIdentity route) {
        return route.kind().equals(KIND.name())
                ? Stream.concat(Stream.of(ObjectRef.of(KIND, route)), router(order).stream())
                        .toList()
                : List.of();
    }

    private Optional<ObjectRef> router(WeightOrder order) {
        return Optional.ofNullable(entry(order).text("serviceRouter", "name"))
                .map(name -> new ObjectRef(ROUTER, order.namespace(), name));
    }

    @Override
    public List<List<String>> fields(WeightOrder order) {
        return List.of(List.of("spec", "splits"));
    }

    @Override
    public Moved moved(Document object, WeightOrder order) {
        var splits = object.list("spec", "splits");
        var form = new WeightKey(split -> backend(split, object, order), 0);
        var unit = splits.size() > 2 ? BigDecimal.ONE : HUNDREDTH;
        var backends = new Backends(splits, order, new Totalled(form, HUNDRED, unit));
        return Moved.of(List.of(Moved.Rule.of(backends)), null, order, "split list");
    }

    @Override
    public Confirmation confirmation(Document object) {
        return Conditions.say(object, object.list("status", "conditions"), "Synced");
    }

    @Override
    public Routed read(RouteObjects objects, WeightOrder order) {
        var routed = InPlace.super.read(objects, order);
        return router(order)
                .map(ref -> routes(objects, ref, order)
                        .read(routed, objects, order)
                        .confirmed(both(
                                routed.confirmation(),
                                OwnObject.standing(objects, ref).orElse(null),
                                order)))
                .orElse(routed);
    }

    /** Where requests match, the router has to be in force as well: who says so of the splitter says so of it. */
    private Confirmation both(Confirmation ofSplitter, Document router, WeightOrder order) {
        if (order.match() == null || router == null || ofSplitter == null || ofSplitter.answer() == Answer.NO) {
            return ofSplitter;
        }
        var said = confirmation(router);
        if (said == null || (ofSplitter.answer() == Answer.NOT_YET && said.answer() == Answer.YES)) {
            return Confirmation.AWAITED;
        }
        return said;
    }

    @Override
    public List<Write> plan(RouteObjects objects, Placement placement) {
        var weights = InPlace.super.plan(objects, placement);
        return router(placement.order())
                .map(ref -> routes(objects, ref, placement.order()).plan(weights, objects, placement))
                .orElse(weights);
    }

    private RulesElsewhere routes(RouteObjects objects, ObjectRef router, WeightOrder order) {
        var splitter = objects.mainRef().name();
        var split = objects.main().list("spec", "splits").stream()
                .filter(entry -> order.canary().equals(backend(entry, objects.main(), order)))
                .findFirst()
                .orElse(null);
        var form = new ConsulRoutes(router.name(), splitter, split, order);
        return new RulesElsewhere(router, form, makesForMatches(router, objects.mainRef()));
    }

    /** A split that names no service is of the splitter's own. */
    private String backend(Document split, Document object, WeightOrder order) {
        var hasSubsets = entry(order).at("subsets") != null;
        var service = split.text("service");
        var own = object.text("metadata", "name");
        var subset = split.text("serviceSubset");
        if (hasSubsets) {
            return subset != null && (service == null || service.equals(own)) ? subset : String.valueOf(service);
        }
        return (service == null ? own : service) + (subset == null ? "" : "/" + subset);
    }
}
