package dev.sluice.simulation.manifest;

import dev.sluice.applier.mesh.Document;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Objects as JSON, as people write them. */
public final class Tree {
    private Tree() {}

    /** Names and values in turn, in an order that stays, to be changed. */
    static Map<String, Object> map(Object... namesAndValues) {
        var made = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            made.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return made;
    }

    static List<Object> list(Object... items) {
        return new ArrayList<>(List.of(items));
    }

    /** The object at the path, made where it isn't there. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> open(Document document, String... path) {
        var here = document.content();
        for (var name : path) {
            here = (Map<String, Object>) here.computeIfAbsent(name, missing -> new LinkedHashMap<String, Object>());
        }
        return here;
    }

    /** The list at the path, made where it isn't there. */
    @SuppressWarnings("unchecked")
    static List<Object> items(Map<String, Object> object, String name) {
        return (List<Object>) object.computeIfAbsent(name, missing -> new ArrayList<>());
    }
}
