package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.rollout.AnalysisSpec;
import dev.sluice.schemas.rollout.AnalysisSpec.Lookback;
import dev.sluice.schemas.rollout.OnInconclusive;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Query.Evaluation;
import dev.sluice.schemas.rollout.Query.WhenAbsent;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.RollMode;
import dev.sluice.schemas.rollout.Rule;
import dev.sluice.schemas.rollout.Score;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Builds analyses from a file of valid shape, with the queries that they name looked up. */
final class Analyses {
    private static final int UNTIL_THE_STEPS_END = 0;

    private record Written(JsonNode node, Pointer at) {}

    private final Map<String, Written> queries = new TreeMap<>();
    private final Durations durations;
    private final Rules rules;
    private final ContextValues context;
    private final String defaultProvider;

    /** @param analysis the file's part of that name */
    Analyses(JsonNode analysis, ContextValues context, Durations durations) {
        this.context = context;
        var written = analysis.path("queries");
        for (int i = 0; i < written.size(); i++) {
            var query = new Written(
                    written.path(i), Pointer.of("analysis", "queries").to(i));
            queries.put(query.node().path("name").asText(), query);
        }
        this.durations = durations;
        this.rules = new Rules(durations);
        this.defaultProvider = analysis.path("defaultMetricProviderName").asText(Queries.EVENTS);
    }

    AnalysisSpec step(JsonNode analysis, Pointer at) {
        return spec(analysis, at, analysis.path("numberOfJudgmentRuns").asInt(1));
    }

    AnalysisSpec background(JsonNode analysis, Pointer at) {
        return spec(analysis, at, UNTIL_THE_STEPS_END);
    }

    private AnalysisSpec spec(JsonNode analysis, Pointer at, int runs) {
        var inconclusive = onInconclusive(analysis);
        var isAborted = analysis.path("abortOnFailedJudgment").asBoolean(false);
        return new AnalysisSpec(
                durations.readInterval(analysis.get("interval"), analysis.path("units"), at.to("interval")),
                runs,
                queriesOf(analysis),
                isAborted ? 0 : analysis.path("failureLimit").asInt(0),
                analysis.path("inconclusiveLimit").asInt(0),
                inconclusive == null ? OnInconclusive.PAUSE : inconclusive,
                durations.read(analysis.path("initialDelay"), at.to("initialDelay"), Duration.ZERO),
                durations.read(analysis.path("maxWait"), at.to("maxWait"), Duration.ZERO),
                analysis.path("lookbackMethod").asText().equals("sliding") ? Lookback.SLIDING : Lookback.GROWING,
                score(analysis.path("score")),
                analysis.path("startingStep").asInt(1),
                rollMode(analysis.path("rollBackMode")),
                rollMode(analysis.path("rollForwardMode")),
                isAborted);
    }

    private static RollMode rollMode(JsonNode word) {
        return word.asText().equals("manual") ? RollMode.MANUAL : RollMode.AUTOMATIC;
    }

    private static Score score(JsonNode score) {
        if (!score.isObject()) {
            return null;
        }
        var weights = new TreeMap<String, Double>();
        score.path("groupWeights")
                .properties()
                .forEach(group -> weights.put(group.getKey(), group.getValue().doubleValue()));
        return new Score(
                score.path("pass").asDouble(Scores.PASS), score.path("marginal").asDouble(Scores.MARGINAL), weights);
    }

    private List<Query> queriesOf(JsonNode analysis) {
        var named = new ArrayList<Query>();
        for (var name : analysis.path("queries")) {
            var query = queries.get(name.asText());
            if (query != null) {
                named.add(query(analysis, query));
            }
        }
        return named;
    }

    private Query query(JsonNode analysis, Written query) {
        var node = query.node();
        var asks = Questions.of(node, provider(analysis, node), template(analysis, query));
        var rule = rules.of(node, query.at());
        return new Query(
                node.path("name").asText(),
                asks,
                rule,
                node.path("minimumSamples").asLong(1),
                node.path("whenAbsent").asText().equals("zero") ? WhenAbsent.ZERO : null,
                evaluation(node, asks, rule),
                durations.read(node.path("initialDelay"), query.at().to("initialDelay"), Duration.ZERO),
                durations.read(node.path("settle"), query.at().to("settle"), null),
                durations.read(node.path("maxWait"), query.at().to("maxWait"), null),
                analysis.path("abortOnFailedJudgment").asBoolean(false) ? null : limit(node.path("failureLimit")),
                limit(node.path("inconclusiveLimit")),
                onInconclusive(node),
                node.path("dryRun").asBoolean(false));
    }

    private String template(JsonNode analysis, Written query) {
        var template = query.node().path("queryTemplate");
        var at = query.at().to("queryTemplate");
        return template.isTextual()
                ? context.counted(
                        Placeholders.ofQuery(template.textValue(), context.with(analysis.path("context"), at)))
                : null;
    }

    private String provider(JsonNode analysis, JsonNode query) {
        return Stream.of(query.path("metricProviderName"), analysis.path("metricProviderName"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .findFirst()
                .orElse(defaultProvider);
    }

    /** What may look as often as it likes does, and an alert says itself when it has changed. */
    private static Evaluation evaluation(JsonNode query, Question asks, Rule rule) {
        var written = query.path("evaluation");
        var atOnce = written.isTextual()
                ? written.asText().equals("continuous")
                : rule instanceof Rule.Sequential || asks instanceof Question.Alert;
        return atOnce ? Evaluation.CONTINUOUS : Evaluation.INTERVAL;
    }

    private static Integer limit(JsonNode limit) {
        return limit.isNumber() ? limit.intValue() : null;
    }

    private static OnInconclusive onInconclusive(JsonNode node) {
        var word = node.path("onInconclusive");
        return word.isTextual() ? OnInconclusive.valueOf(word.textValue().toUpperCase(Locale.ROOT)) : null;
    }
}
