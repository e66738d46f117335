package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sluice.schemas.rollout.cel.MetricExpression;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a schema can't say about queries: which judge takes which question, limits that leave something between them, and
 * matchers that are RE2.
 */
final class Queries {
    /** The provider that is no provider: what comes in as events. */
    static final String EVENTS = "events";

    private static final Set<String> LITERAL = Set.of("=", "!=");
    private static final List<String> OPERATORS = List.of("!~", "=~", "!=", "=");
    private static final List<String> SELECTING =
            List.of("quantile", "over", "mean", "rate", "max", "min", "sum", "count", "novel");
    private static final List<String> ANSWER_THEMSELVES = List.of("cel", "alert", "novel");

    private static final List<String> AT_THE_END = List.of("cel", "value", "novel", "burnRate", "queryTemplate", "use");

    private static final List<String> NUMBERS =
            List.of("ratio", "quantile", "over", "mean", "rate", "max", "min", "sum", "count", "value");
    private static final Map<String, List<String>> TAKEN = Map.of(
            "relative", NUMBERS,
            "mann-whitney", NUMBERS,
            "sequential", List.of("ratio", "over", "quantile"),
            "non-inferior", List.of("ratio", "over"),
            "burnRate", List.of("ratio", "over"));

    private static final List<String> BOUNDS =
            List.of("upperRatio", "upperDifference", "lowerRatio", "lowerDifference");
    private static final Map<String, List<String>> SETTINGS = Map.of(
            "relative", BOUNDS,
            "mann-whitney",
                    List.of(
                            "tolerance",
                            "confidence",
                            "direction",
                            "step",
                            "effect",
                            "allowedIncrease",
                            "allowedDecrease",
                            "criticalIncrease",
                            "criticalDecrease",
                            "nan",
                            "removeOutliers",
                            "mustHaveData",
                            "critical",
                            "group"),
            "sequential", List.of("tolerance", "test", "falseAborts"),
            "non-inferior", List.of("margin", "confidence"));

    private final Problems problems;

    Queries(Problems problems) {
        this.problems = problems;
    }

    void check(JsonNode file) {
        var queries = file.path("analysis").path("queries");
        for (int i = 0; i < queries.size(); i++) {
            var query = queries.path(i);
            var at = Pointer.of("analysis", "queries").to(i);
            limits(query, at);
            rules(query, at);
            labels(query.path("ratio").path("numerator"), at.to("ratio").to("numerator"));
            labels(query.path("ratio").path("denominator"), at.to("ratio").to("denominator"));
            labels(query.path("novel").path("outOf"), at.to("novel").to("outOf"));
            SELECTING.forEach(question -> labels(query.path(question), at.to(question)));
            alert(query.path("alert"), at.to("alert"));
            expression(query, "cel", MetricExpression::condition, at);
            expression(query, "value", MetricExpression::number, at);
            atTheEnd(query, at);
            alwaysHeard(query, at);
            provider(file, query, at);
        }
    }

    private void limits(JsonNode query, Pointer at) {
        var upper = query.path("upperLimit");
        var lower = query.path("lowerLimit");
        if (upper.isNumber() && lower.isNumber() && lower.doubleValue() > upper.doubleValue()) {
            problems.add(at.to("lowerLimit"), "is above the upperLimit, so that nothing could pass");
        }
    }

    private void rules(JsonNode query, Pointer at) {
        var rules = new TreeSet<String>();
        if (query.has("upperLimit") || query.has("lowerLimit")) {
            rules.add("upperLimit, lowerLimit");
        }
        List.of("compare", "burnRate").stream().filter(query::has).forEach(rules::add);
        if (rules.size() > 1) {
            problems.add(at, "is held against one thing at a time; a second query may ask the same", rules);
        }
        for (var question : ANSWER_THEMSELVES) {
            if (query.has(question) && !rules.isEmpty()) {
                problems.add(at.to(question), "says itself when it fails; it takes no limits and no comparison");
            }
        }
        if (query.has("compare")) {
            compared(query, at);
        }
        if (query.has("burnRate")) {
            taken(query, "burnRate", at.to("burnRate"));
        }
    }

    private void compared(JsonNode query, Pointer at) {
        var compare = query.path("compare");
        var judge = compare.path("judge").asText();
        var settings = SETTINGS.get(judge);
        if (settings == null) {
            // the schema has told
            return;
        }
        taken(query, judge, at.to("compare").to("judge"));
        compare.fieldNames().forEachRemaining(setting -> {
            if (!setting.equals("judge") && !setting.equals("baseline") && !settings.contains(setting)) {
                problems.add(at.to("compare").to(setting), "is no setting of the judge " + judge, settings);
            }
        });
        if (judge.equals("relative") && BOUNDS.stream().noneMatch(compare::has)) {
            problems.add(at.to("compare"), "needs at least one of these", BOUNDS);
        }
        if (judge.equals("mann-whitney") && query.path("evaluation").asText().equals("continuous")) {
            problems.add(at.to("evaluation"), "mann-whitney is judged at the end of each run", List.of("interval"));
        }
        if (judge.equals("sequential") && compare.path("baseline").asText().equals("previous")) {
            problems.add(
                    at.to("compare").to("baseline"),
                    "sequential compares with what runs at the same time; relative and mann-whitney take previous",
                    List.of("stable"));
        }
        if (judge.equals("non-inferior") && !compare.has("margin")) {
            problems.add(at.to("compare").to("margin"), "is missing");
        }
    }

    private void taken(JsonNode query, String rule, Pointer at) {
        var takes = TAKEN.get(rule);
        if (takes.stream().noneMatch(query::has)) {
            problems.add(at, rule + " takes only these questions", takes);
        }
    }

    private void expression(JsonNode query, String key, Function<String, MetricExpression> compile, Pointer at) {
        if (!query.path(key).isTextual()) {
            return;
        }
        try {
            compile.apply(query.path(key).textValue())
                    .calls()
                    .forEach(call -> call.asks()
                            .selectors()
                            .forEach(selector ->
                                    selector.labels().values().forEach(matcher -> matcher(matcher, at.to(key)))));
        } catch (IllegalArgumentException e) {
            problems.add(at.to(key), e.getMessage());
        }
    }

    private void provider(JsonNode file, JsonNode query, Pointer at) {
        var isPulled = query.has("queryTemplate") || query.has("use");
        var own = query.path("metricProviderName").asText(EVENTS);
        var unsaid = file.path("analysis").path("defaultMetricProviderName").asText(EVENTS);
        if (isPulled && own.equals(EVENTS) && unsaid.equals(EVENTS) && !isNamedByEachAnalysis(file)) {
            problems.add(
                    at.to("metricProviderName"),
                    "is missing: events have no query language; name a provider of the gate's configuration");
        }
        if (!isPulled && !own.equals(EVENTS)) {
            problems.add(at.to("metricProviderName"), "is for queryTemplate and use; this one is asked of events");
        }
    }

    /** An analysis may name the provider for all that it asks. */
    private static boolean isNamedByEachAnalysis(JsonNode file) {
        return file.findParents("queries").stream()
                .filter(parent -> parent.has("interval"))
                .allMatch(analysis -> analysis.has("metricProviderName"));
    }

    /** What is not kept up with every event. */
    private void atTheEnd(JsonNode query, Pointer at) {
        if (query.path("evaluation").asText().equals("continuous")
                && AT_THE_END.stream().anyMatch(query::has)) {
            problems.add(
                    at.to("evaluation"),
                    String.join(", ", AT_THE_END) + " are judged at the end of each run",
                    List.of("interval"));
        }
    }

    private void alwaysHeard(JsonNode query, Pointer at) {
        if (query.has("alert") && query.has("settle")) {
            problems.add(
                    at.to("settle"),
                    "an alert is heard whenever it fires: its monitor's own rule says how long it waits");
        }
    }

    private void alert(JsonNode alert, Pointer at) {
        labels(alert, at);
        if (alert.path("name").isTextual()) {
            matcher(alert.path("name").textValue(), at.to("name"));
        }
    }

    private void labels(JsonNode selector, Pointer at) {
        for (var label : selector.path("labels").properties()) {
            matcher(label.getValue().asText(), at.to("labels").to(label.getKey()));
        }
    }

    private void matcher(String matcher, Pointer at) {
        var operator =
                OPERATORS.stream().filter(matcher::startsWith).findFirst().orElse("");
        if (LITERAL.contains(operator)) {
            return;
        }
        try {
            Pattern.compile(matcher.substring(operator.length()));
        } catch (PatternSyntaxException e) {
            problems.add(at, "is not an RE2 expression: " + e.getDescription());
        }
    }
}
