package dev.sluice.sandbox.shop;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The weights of a routing object by Service, relative to each other. */
public record Split(Map<String, Double> weights) {
    public Split {
        weights = Map.copyOf(weights);
    }

    /** Reads a TrafficSplit as the API serves it. */
    public static Split of(GenericKubernetesResource object) {
        return of(object.get("spec", "backends"), "service");
    }

    /** Reads an HTTPRoute: its first rule, as if every request matched that one. */
    static Split ofHttpRoute(GenericKubernetesResource object) {
        return of(object.get("spec", "rules", 0, "backendRefs"), "name");
    }

    /** A weight that isn't said is 1, as Gateway API has it; a TrafficSplit says all of its own. */
    private static Split of(List<Map<String, Object>> backends, String nameKey) {
        var weights = new LinkedHashMap<String, Double>();
        for (var backend : backends == null ? List.<Map<String, Object>>of() : backends) {
            var weight = (Number) backend.getOrDefault("weight", 1);
            weights.merge((String) backend.get(nameKey), weight.doubleValue(), Double::sum);
        }
        return new Split(weights);
    }

    /** This Service's share of the traffic in percent; 0 for one that the split does not name. */
    public double percent(String service) {
        var total = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        return total == 0 ? 0 : 100 * weights.getOrDefault(service, 0.0) / total;
    }

    /** The Service that gets a request, given a number from 0 to 1 that is drawn evenly; null where none has any weight. */
    String pick(double drawn) {
        var point = drawn
                * weights.values().stream().mapToDouble(Double::doubleValue).sum();
        String last = null;
        for (var backend : weights.entrySet()) {
            if (backend.getValue() > 0) {
                last = backend.getKey();
                point -= backend.getValue();
                if (point < 0) {
                    break;
                }
            }
        }
        return last;
    }
}
