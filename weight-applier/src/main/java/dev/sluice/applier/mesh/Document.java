package dev.sluice.applier.mesh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Kubernetes object as plain JSON values (maps, lists, text, numbers, booleans), so that whatever a plug-in doesn't
 * know survives its edit. Reading a path that isn't there, or is of another type, gives null or nothing.
 */
public record Document(Map<String, Object> content) {

    public String text(String... path) {
        return at(path) instanceof String text ? text : null;
    }

    public Object at(String... path) {
        Object here = content;
        for (var name : path) {
            here = here instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return here;
    }

    /** The objects of the list at the path. */
    public List<Document> list(String... path) {
        var found = new ArrayList<Document>();
        if (at(path) instanceof List<?> items) {
            for (var item : items) {
                if (item instanceof Map<?, ?> map) {
                    found.add(new Document(cast(map)));
                }
            }
        }
        return found;
    }

    static Document of(Map<?, ?> content) {
        return new Document(cast(content));
    }

    /** The list at the path itself, to be changed; one that isn't there is empty. */
    @SuppressWarnings("unchecked")
    List<Object> items(String... path) {
        return at(path) instanceof List<?> items ? (List<Object>) items : new ArrayList<>();
    }

    /** A copy that shares nothing, to be changed. */
    public Document copy() {
        return new Document(cast((Map<?, ?>) copy(content)));
    }

    /** The object at the path, made where it isn't there. Changes this document. */
    Map<String, Object> open(String... path) {
        var here = content;
        for (var name : path) {
            var next = here.get(name) instanceof Map<?, ?> map ? Document.<Object>cast(map) : null;
            if (next == null) {
                next = new LinkedHashMap<>();
                here.put(name, next);
            }
            here = next;
        }
        return here;
    }

    /** Adds to the list at the path, made where it isn't there. Changes this document. */
    void append(Object item, String... path) {
        var parent = open(Arrays.copyOf(path, path.length - 1));
        var name = path[path.length - 1];
        var items = new ArrayList<Object>(parent.get(name) instanceof List<?> list ? list : List.of());
        items.add(item);
        parent.put(name, items);
    }

    private static Object copy(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var copied = new LinkedHashMap<String, Object>();
                map.forEach((name, item) -> copied.put((String) name, copy(item)));
                yield copied;
            }
            case List<?> list -> {
                var copied = new ArrayList<>();
                list.forEach(item -> copied.add(copy(item)));
                yield copied;
            }
            case null -> null;
            default -> value;
        };
    }

    /** JSON objects have text for names. */
    @SuppressWarnings("unchecked")
    private static <T> Map<String, T> cast(Map<?, ?> map) {
        return (Map<String, T>) map;
    }
}
