package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.rollout.Rule;
import dev.sluice.schemas.rollout.Rule.Baseline;
import dev.sluice.schemas.rollout.Rule.BurnRate;
import dev.sluice.schemas.rollout.Rule.BurnRate.Windows;
import dev.sluice.schemas.rollout.Rule.Direction;
import dev.sluice.schemas.rollout.Rule.Effect;
import dev.sluice.schemas.rollout.Rule.Nan;
import dev.sluice.schemas.rollout.Rule.Test;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Builds what a query's answer is held against from a file of valid shape, defaults filled in. */
final class Rules {
    /** The pairs that call a person at once in Google's Site Reliability Workbook, chapter 5. */
    private static final List<Windows> WORKBOOK = List.of(
            new Windows(Duration.ofHours(1), Duration.ofMinutes(5), 14.4),
            new Windows(Duration.ofHours(6), Duration.ofMinutes(30), 6));

    private final Durations durations;

    Rules(Durations durations) {
        this.durations = durations;
    }

    Rule of(JsonNode query, Pointer at) {
        if (query.has("compare")) {
            return compared(query.get("compare"), at.to("compare"));
        }
        if (query.has("burnRate")) {
            return burnRate(query.get("burnRate"), at.to("burnRate"));
        }
        return query.has("upperLimit") || query.has("lowerLimit")
                ? new Rule.Limits(number(query, "upperLimit"), number(query, "lowerLimit"))
                : new Rule.Itself();
    }

    private Rule compared(JsonNode compare, Pointer at) {
        var baseline = compare.path("baseline").asText().equals("previous") ? Baseline.PREVIOUS : Baseline.STABLE;
        return switch (compare.path("judge").asText()) {
            case "mann-whitney" -> mannWhitney(compare, at, baseline);
            case "sequential" ->
                new Rule.Sequential(
                        baseline,
                        compare.path("test").asText().equals("beta-binomial") ? Test.BETA_BINOMIAL : Test.RATE_RATIO,
                        compare.path("falseAborts").asDouble(0.01),
                        compare.path("tolerance").asDouble(0));
            case "non-inferior" ->
                new Rule.NonInferior(
                        baseline,
                        compare.path("margin").doubleValue(),
                        compare.path("confidence").asDouble(0.95));
            default ->
                new Rule.Relative(
                        baseline,
                        number(compare, "upperRatio"),
                        number(compare, "upperDifference"),
                        number(compare, "lowerRatio"),
                        number(compare, "lowerDifference"));
        };
    }

    private Rule mannWhitney(JsonNode compare, Pointer at, Baseline baseline) {
        var direction = compare.path("direction").asText();
        var step = durations.read(compare.path("step"), at.to("step"), Duration.ofMinutes(1));
        return new Rule.MannWhitney(
                baseline,
                // what was before a rollout is remembered by the minute
                baseline == Baseline.PREVIOUS
                        ? durations.wholeMinutes(step, at.to("step"))
                        : durations.atLeastASecond(step, at.to("step")),
                compare.path("confidence").asDouble(0.98),
                compare.path("tolerance").asDouble(0.25),
                direction.equals("decrease")
                        ? Direction.DECREASE
                        : direction.equals("either") ? Direction.EITHER : Direction.INCREASE,
                new Rule.EffectSize(
                        compare.path("effect").asText().equals("cles") ? Effect.CLES : Effect.MEAN_RATIO,
                        number(compare, "allowedIncrease"),
                        number(compare, "allowedDecrease"),
                        number(compare, "criticalIncrease"),
                        number(compare, "criticalDecrease")),
                compare.path("nan").asText().equals("replace") ? Nan.REPLACE : Nan.REMOVE,
                compare.path("removeOutliers").asBoolean(false),
                compare.path("mustHaveData").asBoolean(false),
                compare.path("critical").asBoolean(false),
                compare.path("group").textValue());
    }

    private Rule burnRate(JsonNode burnRate, Pointer at) {
        var windows = new ArrayList<Windows>();
        var written = burnRate.path("windows");
        for (int i = 0; i < written.size(); i++) {
            var pair = at.to("windows").to(i);
            windows.add(new Windows(
                    length(written.path(i).path("long"), pair.to("long")),
                    length(written.path(i).path("short"), pair.to("short")),
                    written.path(i).path("factor").doubleValue()));
        }
        return new BurnRate(burnRate.path("objective").doubleValue(), windows.isEmpty() ? WORKBOOK : windows);
    }

    private Duration length(JsonNode length, Pointer at) {
        return durations.atLeastASecond(durations.read(length, at, Duration.ZERO), at);
    }

    private static Double number(JsonNode node, String key) {
        return node.path(key).isNumber() ? node.path(key).doubleValue() : null;
    }
}
