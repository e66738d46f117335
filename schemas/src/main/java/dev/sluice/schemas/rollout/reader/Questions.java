package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Selector;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Builds what a query asks from a file of valid shape. */
final class Questions {
    private static final double FALSE_ALARMS = 0.01;

    private static final Map<String, Function<JsonNode, Question>> KINDS = Map.ofEntries(
            Map.entry(
                    "ratio",
                    ratio ->
                            new Question.Ratio(selector(ratio.path("numerator")), selector(ratio.path("denominator")))),
            Map.entry(
                    "quantile",
                    quantile -> new Question.Quantile(
                            selector(quantile), quantile.path("q").doubleValue())),
            Map.entry(
                    "over",
                    over -> new Question.Over(selector(over), over.path("bound").doubleValue())),
            Map.entry("mean", of -> new Question.Mean(selector(of))),
            Map.entry("rate", of -> new Question.Rate(selector(of))),
            Map.entry("max", of -> new Question.Max(selector(of))),
            Map.entry("min", of -> new Question.Min(selector(of))),
            Map.entry("sum", of -> new Question.Sum(selector(of))),
            Map.entry("count", of -> new Question.Count(selector(of))),
            Map.entry("value", expression -> new Question.Value(expression.asText())),
            Map.entry("cel", expression -> new Question.Condition(expression.asText())),
            Map.entry("alert", alert -> new Question.Alert(alert.path("name").textValue(), labels(alert))),
            Map.entry(
                    "novel",
                    novel -> new Question.Novel(
                            selector(novel),
                            novel.path("label").asText(),
                            selector(novel.path("outOf")),
                            novel.path("falseAlarms").asDouble(FALSE_ALARMS))));

    private Questions() {}

    /**
     * @param provider whom the query asks that is put to one
     * @param template its {@code queryTemplate}, filled in; null for none
     */
    static Question of(JsonNode query, String provider, String template) {
        return KINDS.entrySet().stream()
                .filter(kind -> query.has(kind.getKey()))
                .map(kind -> kind.getValue().apply(query.get(kind.getKey())))
                .findFirst()
                .orElseGet(() ->
                        new Question.Pull(provider, template, query.path("use").textValue()));
    }

    private static Selector selector(JsonNode selector) {
        return new Selector(selector.path("metric").asText(), labels(selector));
    }

    private static Map<String, String> labels(JsonNode selector) {
        var labels = new TreeMap<String, String>();
        selector.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }
}
