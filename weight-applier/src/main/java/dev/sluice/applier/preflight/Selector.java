package dev.sluice.applier.preflight;

import dev.sluice.applier.mesh.Document;
import java.util.Map;
import java.util.TreeMap;

/** Labels that pods have to carry. */
record Selector(Map<String, String> labels) {

    /** Of the map at a path; empty where there is none. */
    static Selector at(Document document, String... path) {
        var labels = new TreeMap<String, String>();
        if (document.at(path) instanceof Map<?, ?> map) {
            map.forEach((name, value) -> labels.put(String.valueOf(name), String.valueOf(value)));
        }
        return new Selector(labels);
    }

    boolean isEmpty() {
        return labels.isEmpty();
    }

    /** Whether it selects every pod that the other selects. */
    boolean covers(Selector other) {
        return other.labels.entrySet().containsAll(labels.entrySet());
    }

    /** Whether no pod can be selected by both. */
    boolean excludes(Selector other) {
        return labels.entrySet().stream()
                .anyMatch(label -> other.labels.containsKey(label.getKey())
                        && !other.labels.get(label.getKey()).equals(label.getValue()));
    }

    Selector and(Map<String, String> more) {
        var all = new TreeMap<>(labels);
        all.putAll(more);
        return new Selector(all);
    }

    @Override
    public String toString() {
        return labels.toString();
    }
}
