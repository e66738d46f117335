package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.rollout.AnalysisSpec;
import dev.sluice.schemas.rollout.AnalysisSpec.Lookback;
import dev.sluice.schemas.rollout.OnInconclusive;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Query.Evaluation;
import dev.sluice.schemas.rollout.Query.WhenAbsent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Builds analyses from a file of valid shape, with the queries that they name looked up. */
final class Analyses {
    private static final int UNTIL_THE_STEPS_END = 0;

    private final Map<String, JsonNode> queries = new TreeMap<>();
    private final Durations durations;

    Analyses(JsonNode queries, Durations durations) {
        queries.forEach(query -> this.queries.put(query.path("name").asText(), query));
        this.durations = durations;
    }

    AnalysisSpec step(JsonNode analysis, Pointer at) {
        return spec(analysis, at, analysis.path("numberOfJudgmentRuns").asInt(1));
    }

    AnalysisSpec background(JsonNode analysis, Pointer at) {
        return spec(analysis, at, UNTIL_THE_STEPS_END);
    }

    private AnalysisSpec spec(JsonNode analysis, Pointer at, int runs) {
        var inconclusive = onInconclusive(analysis);
        return new AnalysisSpec(
                durations.readInterval(analysis.get("interval"), analysis.path("units"), at.to("interval")),
                runs,
                queriesOf(analysis),
                analysis.path("failureLimit").asInt(0),
                analysis.path("inconclusiveLimit").asInt(0),
                inconclusive == null ? OnInconclusive.PAUSE : inconclusive,
                durations.read(analysis.path("initialDelay"), at.to("initialDelay"), Duration.ZERO),
                durations.read(analysis.path("maxWait"), at.to("maxWait"), Duration.ZERO),
                analysis.path("lookbackMethod").asText().equals("sliding") ? Lookback.SLIDING : Lookback.GROWING,
                analysis.path("startingStep").asInt(1));
    }

    private List<Query> queriesOf(JsonNode analysis) {
        var named = new ArrayList<Query>();
        for (var name : analysis.path("queries")) {
            var query = queries.get(name.asText());
            if (query != null) {
                named.add(query(query));
            }
        }
        return named;
    }

    private static Query query(JsonNode query) {
        return new Query(
                query.path("name").asText(),
                ratio(query.path("ratio")),
                quantile(query.path("quantile")),
                selector(query.path("mean")),
                selector(query.path("rate")),
                selector(query.path("max")),
                number(query.path("upperLimit")),
                number(query.path("lowerLimit")),
                query.path("minimumSamples").asLong(1),
                query.path("whenAbsent").asText().equals("zero") ? WhenAbsent.ZERO : null,
                query.path("evaluation").asText().equals("continuous") ? Evaluation.CONTINUOUS : Evaluation.INTERVAL,
                limit(query.path("failureLimit")),
                limit(query.path("inconclusiveLimit")),
                onInconclusive(query),
                query.path("dryRun").asBoolean(false));
    }

    private static Query.Ratio ratio(JsonNode ratio) {
        return ratio.isObject()
                ? new Query.Ratio(selector(ratio.path("numerator")), selector(ratio.path("denominator")))
                : null;
    }

    private static Query.Quantile quantile(JsonNode quantile) {
        return quantile.isObject()
                ? new Query.Quantile(
                        quantile.path("metric").asText(),
                        labels(quantile),
                        quantile.path("q").doubleValue())
                : null;
    }

    private static Query.Selector selector(JsonNode selector) {
        return selector.isObject() ? new Query.Selector(selector.path("metric").asText(), labels(selector)) : null;
    }

    private static Map<String, String> labels(JsonNode selector) {
        var labels = new TreeMap<String, String>();
        selector.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    private static Double number(JsonNode number) {
        return number.isNumber() ? number.doubleValue() : null;
    }

    private static Integer limit(JsonNode limit) {
        return limit.isNumber() ? limit.intValue() : null;
    }

    private static OnInconclusive onInconclusive(JsonNode node) {
        var word = node.path("onInconclusive");
        return word.isTextual() ? OnInconclusive.valueOf(word.textValue().toUpperCase(Locale.ROOT)) : null;
    }
}
