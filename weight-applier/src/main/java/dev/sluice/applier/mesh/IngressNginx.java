package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Placement;
import dev.sluice.applier.core.Routed;
import dev.sluice.applier.core.Traits;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightOrder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * ingress-nginx: a canary Ingress beside the user's own, made from it, whose annotation {@code canary-weight} is the share
 * of its Service. It counts to 100, or to {@code canary-weight-total}, of which the controller takes no notice below 101.
 */
public class IngressNginx implements Mesh {
    private static final Kind INGRESS = Kind.namespaced("networking.k8s.io", "ingresses", "Ingress", "v1");
    private static final String PREFIX = "nginx.ingress.kubernetes.io/";
    private static final String CANARY = PREFIX + "canary";
    private static final String WEIGHT = PREFIX + "canary-weight";
    private static final String TOTAL = PREFIX + "canary-weight-total";
    private static final String CLASS = "kubernetes.io/ingress.class";
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int HUNDREDTHS = 100_00;

    @Override
    public String name() {
        return "ingressNginx";
    }

    @Override
    public List<Kind> kinds() {
        return List.of(INGRESS);
    }

    /** The user's own Ingress is of the same kind, and only read. */
    @Override
    public Use use(Kind kind) {
        return Use.MAKE;
    }

    @Override
    public List<List<String>> fields(WeightOrder order) {
        return List.of(List.of("metadata", "annotations", WEIGHT));
    }

    /** Without the canary Ingress the other one sends everything to its own Service. */
    @Override
    public Traits traits(WeightOrder order) {
        return new Traits(true, entry(order).text("activeService"));
    }

    @Override
    public List<ObjectRef> objects(WeightOrder order, RouteIdentity route) {
        return route.kind().equals(INGRESS.name())
                ? List.of(
                        ObjectRef.of(INGRESS, route),
                        new ObjectRef(INGRESS, route.namespace(), entry(order).text("ingress", "name")))
                : List.of();
    }

    @Override
    public Routed read(RouteObjects objects, WeightOrder order) {
        var canary = objects.main();
        var total = total(canary);
        var share = Quantity.read(annotation(canary, WEIGHT)).orElse(BigDecimal.ZERO);
        var isOn = "true".equals(annotation(canary, CANARY));
        var theirs = isOn ? share.min(total) : BigDecimal.ZERO;
        var weights = Map.of(
                entry(order).text("activeService"),
                total.subtract(theirs),
                entry(order).text("canaryService"),
                theirs);
        var routed = Routed.by(weights, BigDecimal.ZERO, unfit(canary, order));
        return CanaryRequests.read(routed, canary, order, entry(order).text("canaryService"));
    }

    private String unfit(Document canary, WeightOrder order) {
        if (!"true".equals(annotation(canary, CANARY))) {
            return "the Ingress is no canary: annotate it with " + CANARY + ": \"true\", or name another canaryIngress";
        }
        var written = annotation(canary, WEIGHT);
        if (written != null && Quantity.read(written).isEmpty()) {
            return "the Ingress's " + WEIGHT + " " + written + " is no number: write one";
        }
        var service = entry(order).text("canaryService");
        return backends(canary).stream().anyMatch(backend -> service.equals(backend.text("service", "name")))
                ? null
                : "the Ingress has no path to " + service + ": correct its backend, or remove the Ingress";
    }

    @Override
    public Optional<String> cannotCreate(RouteObjects objects, WeightOrder order) {
        var cannot = CanaryRequests.cannot(order, entry(order).text("canaryService"));
        if (cannot.isPresent()) {
            return cannot;
        }
        var stable = objects.refs().get(1);
        var service = entry(order).text("activeService");
        if (objects.get(stable).isEmpty()) {
            return Optional.of(
                    "the Ingress " + stable.name() + " isn't there: create it with " + service + " as its backend");
        }
        return backends(objects.get(stable).get()).stream()
                        .anyMatch(backend -> service.equals(backend.text("service", "name")))
                ? Optional.empty()
                : Optional.of("the Ingress " + stable.name() + " has no path to " + service
                        + ": name the Service that it does send traffic to as activeService");
    }

    @Override
    public List<Write> plan(RouteObjects objects, Placement placement) {
        var canary = objects.main();
        if (canary == null) {
            var made = made(objects, placement.order());
            put(made, placement);
            return List.of(new Write.Create(objects.mainRef(), made));
        }
        var isFenceAlone = placement.weight() == null && placement.order().end() == null;
        var changed = isFenceAlone ? canary.copy() : CanaryRequests.without(canary, placement.order());
        put(changed, placement);
        return List.of(new Write.Update(objects.mainRef(), changed));
    }

    private void put(Document canary, Placement placement) {
        var weight = placement.weight();
        if (weight == null) {
            return;
        }
        var isReversed =
                !placement.order().canary().equals(entry(placement.order()).text("canaryService"));
        var share = isReversed ? new Weight(HUNDREDTHS - weight.hundredths()) : weight;
        var annotations = canary.open("metadata", "annotations");
        var part = share.percent().multiply(total(canary)).divide(HUNDRED);
        if (part.stripTrailingZeros().scale() > 0) {
            annotations.put(TOTAL, String.valueOf(HUNDREDTHS));
            part = BigDecimal.valueOf(share.hundredths());
        }
        annotations.put(WEIGHT, part.stripTrailingZeros().toPlainString());
        // what can't be carried is told when it is read
        CanaryRequests.put(canary, placement.order(), entry(placement.order()).text("canaryService"));
    }

    /** The other Ingress's hosts and paths to the active Service, to the canary Service instead. */
    private Document made(RouteObjects objects, WeightOrder order) {
        var stable = objects.get(objects.refs().get(1)).orElseThrow().copy();
        var made = objects.made(objects.mainRef());
        var annotations = made.open("metadata", "annotations");
        annotations.put(CANARY, "true");
        Optional.ofNullable(annotation(stable, CLASS)).ifPresent(name -> annotations.put(CLASS, name));
        var spec = made.open("spec");
        Optional.ofNullable(stable.text("spec", "ingressClassName"))
                .ifPresent(name -> spec.put("ingressClassName", name));
        var rules = new ArrayList<Object>();
        for (var rule : stable.list("spec", "rules")) {
            var paths = rule.list("http", "paths").stream()
                    .filter(path -> isTo(path, entry(order).text("activeService")))
                    .map(path -> sentTo(path, entry(order).text("canaryService")))
                    .toList();
            if (!paths.isEmpty()) {
                var kept = new LinkedHashMap<>(rule.content());
                kept.put("http", new LinkedHashMap<>(Map.of("paths", paths)));
                rules.add(kept);
            }
        }
        spec.put("rules", rules);
        return made;
    }

    private static boolean isTo(Document path, String service) {
        return service.equals(path.text("backend", "service", "name"));
    }

    private static Map<String, Object> sentTo(Document path, String service) {
        path.open("backend", "service").put("name", service);
        return path.content();
    }

    private static List<Document> backends(Document ingress) {
        return ingress.list("spec", "rules").stream()
                .flatMap(rule -> rule.list("http", "paths").stream())
                .filter(path -> path.at("backend") instanceof Map)
                .map(path -> new Document(path.open("backend")))
                .toList();
    }

    private static BigDecimal total(Document canary) {
        return Quantity.read(annotation(canary, TOTAL))
                .filter(total -> total.compareTo(HUNDRED) > 0)
                .orElse(HUNDRED);
    }

    private static String annotation(Document ingress, String name) {
        return ingress.text("metadata", "annotations", name);
    }
}
