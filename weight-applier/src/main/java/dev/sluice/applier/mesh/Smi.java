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
            var numbers = WholeNumbers.of(placement.weight());
            set(written, placement.order().active(), numbers.active());
            set(written, placement.order().canary(), numbers.canary());
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
                weights.put(service, Quantity.read(backend.at("weight")).orElse(BigDecimal.ZERO));
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
        var backends = document.list("spec", "backends");
        if (backends.stream().map(backend -> backend.text("service")).distinct().count() < backends.size()) {
            return "the split lists a backend twice, or one without a service: list each once";
        }
        for (var backend : backends) {
            if (Quantity.read(backend.at("weight")).isEmpty()) {
                return "the split's weight " + backend.at("weight") + " of " + backend.text("service")
                        + " is no quantity: write a number";
            }
        }
        var root = document.text("spec", "service");
        var expected = rootService(order);
        return expected == null || expected.equals(root)
                ? null
                : "the split divides the traffic of " + root + ", not of " + expected
                        + ": name another trafficSplitName, or the right rootServiceName";
    }

    private static void set(Document document, String service, int weight) {
        for (var backend : document.list("spec", "backends")) {
            if (service.equals(backend.text("service"))) {
                backend.content().put("weight", weight);
                return;
            }
        }
        var backend = new LinkedHashMap<String, Object>();
        backend.put("service", service);
        backend.put("weight", weight);
        document.append(backend, "spec", "backends");
    }
}
