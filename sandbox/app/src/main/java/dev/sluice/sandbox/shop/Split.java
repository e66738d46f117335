package dev.sluice.sandbox.shop;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The weights of a routing object by Service, relative to each other.
 *
 * @param cookies that a Service's answers hand out, as {@code Set-Cookie}
 * @param kept who is sent elsewhere, whatever the weights; the first that fits counts
 */
public record Split(Map<String, Double> weights, Map<String, String> cookies, List<Kept> kept) {
    /** Clients whose header {@code Cookie} has in it what is looked for, all of them for one Service. */
    record Kept(Pattern cookies, String service) {}

    public Split {
        weights = Map.copyOf(weights);
        cookies = Map.copyOf(cookies);
        kept = List.copyOf(kept);
    }

    public Split(Map<String, Double> weights) {
        this(weights, Map.of(), List.of());
    }

    /** Reads a TrafficSplit as the API serves it. */
    public static Split of(GenericKubernetesResource object) {
        return of(object.get("spec", "backends"), "service");
    }

    /** Reads an HTTPRoute: its first rule, as if every request matched that one but for rules for a cookie before it. */
    static Split ofHttpRoute(GenericKubernetesResource object) {
        var kept = new ArrayList<Kept>();
        for (var rule : maps(object.get("spec", "rules"))) {
            var refs = maps(rule.get("backendRefs"));
            var split = of(refs, "name");
            var cookie = cookie(rule);
            if (cookie.isEmpty()) {
                return new Split(split.weights(), handedOut(refs), kept);
            }
            kept.add(new Kept(cookie.get(), split.pick(0)));
        }
        return new Split(Map.of(), Map.of(), kept);
    }

    private static Optional<Pattern> cookie(Map<String, Object> rule) {
        return maps(rule.get("matches")).stream()
                .flatMap(match -> maps(match.get("headers")).stream())
                .filter(header -> "cookie".equalsIgnoreCase(String.valueOf(header.get("name"))))
                .map(header -> Pattern.compile(String.valueOf(header.get("value"))))
                .findFirst();
    }

    private static Map<String, String> handedOut(List<Map<String, Object>> refs) {
        var cookies = new LinkedHashMap<String, String>();
        for (var ref : refs) {
            maps(ref.get("filters")).stream()
                    .filter(filter -> filter.get("responseHeaderModifier") instanceof Map<?, ?>)
                    .flatMap(filter -> maps(((Map<?, ?>) filter.get("responseHeaderModifier")).get("add")).stream())
                    .filter(header -> "Set-Cookie".equalsIgnoreCase(String.valueOf(header.get("name"))))
                    .forEach(header -> cookies.put((String) ref.get("name"), (String) header.get("value")));
        }
        return cookies;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> maps(Object list) {
        return list instanceof List<?> some ? (List<Map<String, Object>>) some : List.of();
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

    /**
     * The Service that a client is kept at, whatever the weights.
     *
     * @param header its {@code Cookie}; null: none
     */
    Optional<String> keptAt(String header) {
        return header == null
                ? Optional.empty()
                : kept.stream()
                        .filter(some -> some.cookies().matcher(header).find())
                        .map(Kept::service)
                        .findFirst();
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
