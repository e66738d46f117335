package dev.sluice.applier.mesh;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.applier.core.Annotations;
import dev.sluice.applier.core.Placement;
import dev.sluice.applier.core.Routed;
import dev.sluice.applier.core.Traits;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.wire.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Blue/green without a mesh: the selector of the active Service is switched to the other version's pods, all at once, and
 * back. The preview Service always shows the version that is to be, whichever of the two that is by now. Which selector is
 * whose is kept on both, so that whoever replaces one of them doesn't take the way back with it.
 */
public class Kubernetes implements Mesh {
    private static final Kind SERVICE = Selectors.SERVICE;
    private static final BigDecimal ALL = BigDecimal.valueOf(100);

    @Override
    public String name() {
        return "kubernetes";
    }

    @Override
    public List<Kind> kinds() {
        return List.of(SERVICE);
    }

    @Override
    public List<List<String>> fields(WeightOrder order) {
        return List.of(List.of("spec", "selector"));
    }

    @Override
    public Traits traits(WeightOrder order) {
        return Traits.EDITED;
    }

    @Override
    public List<ObjectRef> objects(WeightOrder order, RouteIdentity route) {
        return route.kind().equals(SERVICE.name())
                ? List.of(
                        ObjectRef.of(SERVICE, route),
                        new ObjectRef(SERVICE, route.namespace(), entry(order).text("previewService")))
                : List.of();
    }

    /** Neither Service is always the same backend's: pods are counted by their labels. */
    @Override
    public String service(WeightOrder order, String backend) {
        return null;
    }

    /** The preview Service always leads to the canary, the active one to the other until it is switched. */
    @Override
    public Map<String, String> served(WeightOrder order) {
        var service = "Service " + order.namespace() + "/";
        return Map.of(
                order.active(), service + entry(order).text("activeService"),
                order.canary(), service + entry(order).text("previewService"));
    }

    @Override
    public Set<String> watched(WeightOrder order) {
        return Set.of(entry(order).text("activeService"), entry(order).text("previewService"));
    }

    @Override
    public Map<String, String> labels(RouteObjects objects, WeightOrder order, String backend) {
        return objects.main() == null ? Map.of() : selectors(objects, order).getOrDefault(backend, Map.of());
    }

    @Override
    public boolean readsPods() {
        return true;
    }

    @Override
    public Routed read(RouteObjects objects, WeightOrder order) {
        var selectors = selectors(objects, order);
        var live = Selectors.selector(objects.main());
        var weights = new TreeMap<String, BigDecimal>();
        for (var backend : List.of(order.active(), order.canary())) {
            weights.put(backend, live.equals(selectors.get(backend)) ? ALL : BigDecimal.ZERO);
        }
        return Routed.by(weights, unfit(objects, order, selectors));
    }

    private String unfit(RouteObjects objects, WeightOrder order, Map<String, Map<String, String>> selectors) {
        var preview = objects.refs().getLast();
        if (objects.get(preview).isEmpty()) {
            return "the Service " + preview.name() + " isn't there: create it with the selector of the new version";
        }
        if (Selectors.selector(objects.main()).isEmpty()) {
            return "the Service " + objects.mainRef().name() + " has no selector: give it one";
        }
        var canary = selectors.get(order.canary());
        if (canary == null || canary.isEmpty() || canary.equals(selectors.get(order.active()))) {
            return "both Services select the same pods: give " + preview.name() + " the selector of the new version";
        }
        return null;
    }

    @Override
    public List<Write> plan(RouteObjects objects, Placement placement) {
        var order = placement.order();
        var selectors = selectors(objects, order);
        var active = objects.main().copy();
        var writes = new ArrayList<Write>();
        if (placement.weight() != null) {
            var toBe = selectors.get(order.canary());
            var preview = objects.refs().getLast();
            objects.get(preview)
                    .filter(shown -> toBe != null && !isShowing(shown, toBe, selectors, order))
                    .ifPresent(shown ->
                            writes.add(new Write.Update(preview, selecting(shown.copy(), toBe, selectors, order))));
            var live = selectors.get(placement.weight().isZero() ? order.active() : order.canary());
            if (live != null && !live.isEmpty()) {
                selecting(active, live, selectors, order);
            }
        } else if (order.begin()) {
            active.open("metadata", "annotations").put(memory(order), json(selectors));
        }
        writes.add(new Write.Update(objects.mainRef(), active));
        return List.copyOf(writes);
    }

    private static boolean isShowing(
            Document service,
            Map<String, String> selector,
            Map<String, Map<String, String>> selectors,
            WeightOrder order) {
        return Selectors.selector(service).equals(selector)
                && remembered(service, order).equals(selectors);
    }

    private static Document selecting(
            Document service,
            Map<String, String> selector,
            Map<String, Map<String, String>> selectors,
            WeightOrder order) {
        service.open("spec").put("selector", new TreeMap<>(selector));
        service.open("metadata", "annotations").put(memory(order), json(selectors));
        return service;
    }

    /**
     * By backend. A rollout begins with what the two Services select; where that is the same, the other version's is
     * remembered from the rollout before.
     */
    private Map<String, Map<String, String>> selectors(RouteObjects objects, WeightOrder order) {
        var remembered = remembered(objects, order);
        var live = Selectors.selector(objects.main());
        var shown =
                objects.get(objects.refs().getLast()).map(Selectors::selector).orElse(Map.of());
        var isKnown = remembered.containsKey(order.active()) && remembered.containsKey(order.canary());
        var begins = order.begin() && order.end() == null;
        if (isKnown && (!begins || isWithTheCanary(live, remembered, order))) {
            return remembered;
        }
        var selectors = new TreeMap<String, Map<String, String>>();
        selectors.put(order.active(), live);
        selectors.put(order.canary(), live.equals(shown) ? remembered.getOrDefault(order.canary(), shown) : shown);
        return selectors;
    }

    /** Then a rollout does not begin: it would take for the active version what isn't, and forget the one that is. */
    private static boolean isWithTheCanary(
            Map<String, String> live, Map<String, Map<String, String>> remembered, WeightOrder order) {
        return live.equals(remembered.get(order.canary())) && !live.equals(remembered.get(order.active()));
    }

    private static Map<String, Map<String, String>> remembered(RouteObjects objects, WeightOrder order) {
        var kept = remembered(objects.main(), order);
        return kept.isEmpty()
                ? objects.get(objects.refs().getLast())
                        .map(preview -> remembered(preview, order))
                        .orElse(kept)
                : kept;
    }

    private static Map<String, Map<String, String>> remembered(Document service, WeightOrder order) {
        var text = service.text("metadata", "annotations", memory(order));
        try {
            var remembered = new TreeMap<String, Map<String, String>>();
            var json = Json.mapper().readTree(text == null ? "{}" : text);
            json.properties().forEach(backend -> {
                var selector = new TreeMap<String, String>();
                backend.getValue()
                        .properties()
                        .forEach(label ->
                                selector.put(label.getKey(), label.getValue().asText()));
                remembered.put(backend.getKey(), selector);
            });
            return remembered;
        } catch (JsonProcessingException unreadable) {
            return Map.of();
        }
    }

    private static String memory(WeightOrder order) {
        return Annotations.fenceKey(order.route()).replace("/fence-", "/selectors-");
    }

    private static String json(Map<String, Map<String, String>> selectors) {
        try {
            return Json.mapper().writeValueAsString(selectors);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can always be written", e);
        }
    }
}
