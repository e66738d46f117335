package dev.sluice.applier.mesh;

import java.util.List;
import java.util.Map;

/** A place in a document, by its JSON pointer (RFC 6901). */
record JsonPlace(Document document, String pointer) {

    /** Null where nothing is there. */
    Object value() {
        Object here = document.content();
        for (var name : names()) {
            here = next(here, name);
        }
        return here;
    }

    /** Changes what is there; where nothing is, nothing is changed. Text stays text. */
    @SuppressWarnings("unchecked")
    void put(Number number) {
        var names = names();
        Object parent = document.content();
        for (var name : names.subList(0, names.size() - 1)) {
            parent = next(parent, name);
        }
        var last = names.getLast();
        var before = next(parent, last);
        var value = before instanceof String ? (Object) number.toString() : number;
        if (before != null && parent instanceof Map<?, ?> map) {
            ((Map<String, Object>) map).put(last, value);
        } else if (before != null && parent instanceof List<?> list) {
            ((List<Object>) list).set(Integer.parseInt(last), value);
        }
    }

    private static Object next(Object here, String name) {
        return switch (here) {
            case Map<?, ?> map -> map.get(name);
            case List<?> list
            when name.matches("\\d{1,6}") && Integer.parseInt(name) < list.size() -> list.get(Integer.parseInt(name));
            case null, default -> null;
        };
    }

    List<String> names() {
        return List.of(pointer.substring(1).split("/", -1)).stream()
                .map(name -> name.replace("~1", "/").replace("~0", "~"))
                .toList();
    }
}
