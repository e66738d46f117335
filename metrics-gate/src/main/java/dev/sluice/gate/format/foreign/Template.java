package dev.sluice.gate.format.foreign;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A text with labels' values in it: {@code {service.namespace|k8s.namespace.name}/{service.name}} takes the first of several
 * labels that there is. {@code unknown} is Istio's word for one that isn't.
 */
public final class Template {
    private static final String NONE = "unknown";

    private sealed interface Part {
        record Text(String text) implements Part {}

        record FirstOf(List<String> labels) implements Part {}
    }

    private final List<Part> parts = new ArrayList<>();

    /** @throws IllegalArgumentException where a brace is open or names no label */
    public Template(String text) {
        var at = 0;
        while (at < text.length()) {
            var open = text.indexOf('{', at);
            if (open < 0) {
                parts.add(new Part.Text(text.substring(at)));
                return;
            }
            if (open > at) {
                parts.add(new Part.Text(text.substring(at, open)));
            }
            var close = text.indexOf('}', open);
            if (close < open + 2) {
                throw new IllegalArgumentException("`" + text + "` has a brace that names no label: {label}");
            }
            parts.add(new Part.FirstOf(
                    Arrays.asList(text.substring(open + 1, close).split("\\|"))));
            at = close + 1;
        }
    }

    /** Null where a label is missing. */
    public String fill(Map<String, String> labels) {
        var filled = new StringBuilder();
        for (var part : parts) {
            var text = switch (part) {
                case Part.Text(var fixed) -> fixed;
                case Part.FirstOf(var names) -> first(names, labels);
            };
            if (text == null) {
                return null;
            }
            filled.append(text);
        }
        return filled.toString();
    }

    private static String first(List<String> names, Map<String, String> labels) {
        for (var name : names) {
            var value = labels.get(name);
            if (value != null && !value.isEmpty() && !value.equals(NONE)) {
                return value;
            }
        }
        return null;
    }

    /** All that it may ask for. */
    Set<String> labels() {
        var labels = new LinkedHashSet<String>();
        for (var part : parts) {
            if (part instanceof Part.FirstOf(var names)) {
                labels.addAll(names);
            }
        }
        return labels;
    }
}
