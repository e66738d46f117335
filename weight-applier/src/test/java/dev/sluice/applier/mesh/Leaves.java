package dev.sluice.applier.mesh;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A document's values by their places, such as {@code /spec/backends/0/weight}; numbers by value, whatever their types.
 * What the API server alone writes is left out.
 */
record Leaves(Map<String, Object> values) {
    private static final Set<String> SERVERS = Set.of(
            "/metadata/creationTimestamp",
            "/metadata/generation",
            "/metadata/managedFields",
            "/metadata/resourceVersion",
            "/metadata/uid");

    /** @param document null for one that isn't there */
    static Leaves of(Document document) {
        var values = new TreeMap<String, Object>();
        add(document == null ? null : document.content(), "", values);
        return new Leaves(values);
    }

    private static void add(Object value, String place, Map<String, Object> values) {
        if (SERVERS.contains(place) || value == null) {
            return;
        }
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, item) -> add(item, place + "/" + name, values));
        } else if (value instanceof List<?> list) {
            for (var i = 0; i < list.size(); i++) {
                add(list.get(i), place + "/" + i, values);
            }
        } else {
            values.put(place, value instanceof Number ? new BigDecimal(value.toString()).stripTrailingZeros() : value);
        }
    }

    /** Where this one and another differ. */
    Set<String> differences(Leaves other) {
        var places = new TreeSet<>(values.keySet());
        places.addAll(other.values.keySet());
        places.removeIf(place -> Objects.equals(values.get(place), other.values.get(place)));
        return places;
    }
}
