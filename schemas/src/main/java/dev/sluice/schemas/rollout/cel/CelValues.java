package dev.sluice.schemas.rollout.cel;

import dev.cel.common.values.NullValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of JSON as CEL takes them: it has a null of its own and whole numbers of 64 bits only. */
final class CelValues {
    private CelValues() {}

    static Object of(Object json) {
        return switch (json) {
            case null -> NullValue.NULL_VALUE;
            case Map<?, ?> map -> map(map);
            case List<?> list -> list(list);
            case Integer whole -> whole.longValue();
            case Long whole -> whole;
            case Number number -> number.doubleValue();
            default -> json;
        };
    }

    private static Map<String, Object> map(Map<?, ?> map) {
        var values = new LinkedHashMap<String, Object>();
        map.forEach((name, value) -> values.put((String) name, of(value)));
        return values;
    }

    private static List<Object> list(List<?> list) {
        var values = new ArrayList<Object>();
        list.forEach(value -> values.add(of(value)));
        return values;
    }
}
