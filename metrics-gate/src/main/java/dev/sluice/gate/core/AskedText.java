package dev.sluice.gate.core;

import dev.sluice.schemas.message.AnalysisSet.Variants;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Selector;
import java.util.Map;
import java.util.stream.Collectors;

/** What a query asks, for people: its series with the revisions that it compares. What a provider is asked, that says itself. */
final class AskedText {
    private AskedText() {}

    /** Null where a provider is asked. */
    static String of(Question asks, Variants variants) {
        var text = switch (asks) {
            case null -> null;
            case Question.Ratio(var numerator, var denominator) -> series(numerator) + " / " + series(denominator);
            case Question.Quantile(var of, var q) -> "quantile(" + q + ", " + series(of) + ")";
            case Question.Over(var of, var bound) -> "over(" + bound + ", " + series(of) + ")";
            case Question.Mean(var of) -> "mean(" + series(of) + ")";
            case Question.Rate(var of) -> "rate(" + series(of) + ")";
            case Question.Max(var of) -> "max(" + series(of) + ")";
            case Question.Min(var of) -> "min(" + series(of) + ")";
            case Question.Sum(var of) -> "sum(" + series(of) + ")";
            case Question.Count(var of) -> "count(" + series(of) + ")";
            case Question.Novel(var of, var label, var outOf, var falseAlarms) ->
                "novel " + label + " of " + series(of) + " out of " + series(outOf);
            case Question.Value(var expression) -> expression;
            case Question.Condition(var expression) -> expression;
            case Question.Alert(var name, var labels) -> "alert " + (name == null ? "" : name) + labels(labels);
            case Question.Pull pull -> null;
        };
        return text == null ? null : text + beside(variants);
    }

    private static String beside(Variants variants) {
        if (variants == null || variants.canary() == null) {
            return "";
        }
        var stable = variants.stable() == null ? "" : " beside " + variants.stable();
        return " of " + variants.canary() + stable;
    }

    private static String series(Selector selector) {
        return selector.metric() + labels(selector.labels());
    }

    private static String labels(Map<String, String> labels) {
        return labels.isEmpty()
                ? ""
                : labels.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(label -> label.getKey() + matcher(label.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    /** As Prometheus writes what the file says before the expression. */
    private static String matcher(String expression) {
        for (var operator : new String[] {"!~", "=~", "!=", "="}) {
            if (expression.startsWith(operator)) {
                return operator + '"' + expression.substring(operator.length()) + '"';
            }
        }
        return "=~\"" + expression + '"';
    }
}
