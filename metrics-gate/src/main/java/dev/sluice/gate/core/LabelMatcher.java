package dev.sluice.gate.core;

import dev.sluice.schemas.rollout.Selector;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** A selector's label expressions, compiled once. A label that a series lacks is matched as the empty text, as Prometheus does. */
final class LabelMatcher {
    private final Map<String, Predicate<String>> expressions = new HashMap<>();

    private final Selector selector;

    LabelMatcher(Selector selector, LabelPatterns patterns) {
        this.selector = selector;
        selector.labels().forEach((label, expression) -> expressions.put(label, patterns.compile(expression)));
    }

    Selector selector() {
        return selector;
    }

    boolean matches(Map<String, String> labels) {
        return expressions.entrySet().stream()
                .allMatch(label -> label.getValue().test(labels.getOrDefault(label.getKey(), "")));
    }
}
