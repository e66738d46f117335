package dev.sluice.sandbox.shop;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The weights of a TrafficSplit by Service, relative to each other. */
public record Split(Map<String, Double> weights) {
    public Split {
        weights = Map.copyOf(weights);
    }

    /** Reads the split from the object as the API serves it. */
    public static Split of(GenericKubernetesResource object) {
        var weights = new LinkedHashMap<String, Double>();
        List<Map<String, Object>> backends = object.get("spec", "backends");
        for (var backend : backends) {
            weights.put((String) backend.get("service"), ((Number) backend.get("weight")).doubleValue());
        }
        return new Split(weights);
    }

    /** This Service's share of the traffic in percent; 0 for one that the split does not name. */
    public double percent(String service) {
        var total = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        return total == 0 ? 0 : 100 * weights.getOrDefault(service, 0.0) / total;
    }

    /** The Service that gets a request, given a number from 0 to 1 that is drawn evenly. */
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
