package dev.sluice.applier.mesh;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.applier.core.Annotations;
import dev.sluice.applier.core.Placement;
import dev.sluice.applier.core.RoutingObject;
import dev.sluice.applier.core.Traits;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.wire.Json;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * SMI's TrafficSplit, v1alpha1 to v1alpha4. Weights are whole numbers in every version, since v1alpha1's quantities
 * read an integer too and objects may be stored as one version and read as another; zero is written, never left out.
 */
@ApplicationScoped
public class Smi implements Mesh {
    private static final Kind KIND = new Kind(
            "split.smi-spec.io",
            "trafficsplits",
            "TrafficSplit",
            List.of("v1alpha4", "v1alpha3", "v1alpha2", "v1alpha1"));

    @Override
    public String name() {
        return "smi";
    }

    @Override
    public Kind kind() {
        return KIND;
    }

    @Override
    public Traits traits(WeightOrder order) {
        return new Traits(true, rootService(order));
    }

    @Override
    public RoutingObject read(Document document, WeightOrder order) {
        return new RoutingObject(
                document.text("metadata", "uid"),
                document.text("metadata", "resourceVersion"),
                weights(document),
                lastApplied(document),
                Marks.fence(document, order.route()),
                Marks.managed(document),
                Marks.paused(document),
                Marks.editors(document, "spec", "backends"),
                unfit(document, order));
    }

    @Override
    public Document write(Document document, Placement placement) {
        var written = document.copy();
        Marks.put(written, placement);
        if (placement.weight() != null) {
            if (placement.owned()) {
                written.open("spec").put("service", rootService(placement.order()));
            }
            Backends.of(written, placement.order()).put(placement.weight());
        }
        return written;
    }

    @Override
    public Document create(String version, Placement placement) {
        var order = placement.order();
        var made = new Document(new LinkedHashMap<>());
        made.content().put("apiVersion", KIND.group() + "/" + version);
        made.content().put("kind", KIND.kind());
        var metadata = made.open("metadata");
        metadata.put("name", RouteIdentity.parse(order.route()).orElseThrow().name());
        metadata.put("namespace", order.namespace());
        made.open("metadata", "labels").put(Annotations.MANAGED_BY_LABEL, Annotations.MANAGED_BY);
        made.open("spec").put("service", rootService(order));
        return write(made, placement);
    }

    private static String rootService(WeightOrder order) {
        return order.mesh().get("smi").get("rootServiceName") instanceof String name ? name : null;
    }

    private static Map<String, BigDecimal> weights(Document document) {
        var weights = new HashMap<String, BigDecimal>();
        for (var backend : document.list("spec", "backends")) {
            var service = backend.text("service");
            if (service != null) {
                var weight = Quantity.read(backend.at("weight")).orElse(BigDecimal.ZERO);
                weights.merge(service, weight, BigDecimal::add);
            }
        }
        return weights;
    }

    private static Map<String, BigDecimal> lastApplied(Document document) {
        var text = document.text("metadata", "annotations", Annotations.LAST_APPLIED);
        try {
            return text == null ? Map.of() : weights(new Document(object(text)));
        } catch (JsonProcessingException unreadable) {
            return Map.of();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(String json) throws JsonProcessingException {
        return Json.mapper().readValue(json, Map.class);
    }

    private static String unfit(Document document, WeightOrder order) {
        var carrying = new HashSet<String>();
        for (var backend : document.list("spec", "backends")) {
            var service = backend.text("service");
            var weight = Quantity.read(backend.at("weight"));
            if (service == null) {
                return "the split lists a backend without a service: name it, or remove it";
            }
            if (weight.isEmpty()) {
                return "the split's weight " + backend.at("weight") + " of " + service
                        + " is no quantity: write a number";
            }
            if (weight.get().signum() > 0 && !carrying.add(service)) {
                return "the split lists " + service + " twice, each with a weight: list each backend once";
            }
        }
        var root = document.text("spec", "service");
        var expected = rootService(order);
        return expected == null || expected.equals(root)
                ? null
                : "the split divides the traffic of " + root + ", not of " + expected
                        + ": name another trafficSplitName, or the right rootServiceName";
    }
}
