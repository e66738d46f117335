package dev.sluice.cli.trial;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.Exit;
import dev.sluice.cli.Stop;
import dev.sluice.cli.engine.Durations;
import dev.sluice.cli.trial.Scenario.AlertFiring;
import dev.sluice.cli.trial.Scenario.Series;
import dev.sluice.cli.trial.Scenario.Sides;
import dev.sluice.schemas.message.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import picocli.CommandLine.TypeConversionException;

/** Reads a file of invented metrics, or says everything that is wrong with it. */
public final class ScenarioReader {
    private static final int MOST_PER_SECOND = 1_000_000;
    /** Each is an event of its own. */
    private static final int MOST_VALUES_PER_SECOND = 1_000;

    private static final int MOST_SERIES = 100;

    private final List<Problem> problems = new ArrayList<>();

    private ScenarioReader() {}

    @FunctionalInterface
    private interface One<T> {
        /** Where it is none, a problem and something in its place. */
        T read(JsonNode node, String at);
    }

    public static Scenario read(JsonNode file, String name) throws Stop {
        var reader = new ScenarioReader();
        var scenario = reader.scenario(file);
        if (!reader.problems.isEmpty()) {
            throw new Stop(
                    Exit.INVALID,
                    "The metrics in " + name + " are not valid: correct what each line names",
                    reader.problems);
        }
        return scenario;
    }

    private Scenario scenario(JsonNode file) {
        known(file, "", "series", "answers", "alerts");
        var series = list(file.path("series"), "/series", this::series);
        if (series.size() > MOST_SERIES) {
            problems.add(new Problem("/series", "has more than " + MOST_SERIES + " series"));
        }
        var answers = new LinkedHashMap<String, OverTime<Double>>();
        mapping(file.path("answers"), "/answers")
                .properties()
                .forEach(answer -> answers.put(
                        answer.getKey(), overTime(answer.getValue(), at("/answers", answer.getKey()), this::number)));
        var alerts = list(file.path("alerts"), "/alerts", this::alert);
        if (series.isEmpty() && answers.isEmpty() && alerts.isEmpty()) {
            problems.add(new Problem("", "says nothing: it needs `series`, `answers` or `alerts`"));
        }
        return problems.isEmpty() ? new Scenario(series, answers, alerts) : null;
    }

    private Series series(JsonNode node, String at) {
        known(node, at, "metric", "labels", "perSecond", "values", "atAnyWeight");
        var metric = text(node.path("metric"), at + "/metric");
        var most = node.has("values") ? MOST_VALUES_PER_SECOND : MOST_PER_SECOND;
        var perSecond = sides(node.path("perSecond"), at + "/perSecond", (rate, where) -> rate(rate, where, most));
        var values = node.has("values") ? sides(node.path("values"), at + "/values", this::values) : null;
        var atAnyWeight = node.path("atAnyWeight");
        if (!atAnyWeight.isMissingNode() && !atAnyWeight.isBoolean()) {
            problems.add(new Problem(at + "/atAnyWeight", "must be true or false"));
        }
        return new Series(metric, labels(node, at), perSecond, values, atAnyWeight.asBoolean());
    }

    private AlertFiring alert(JsonNode node, String at) {
        known(node, at, "name", "labels", "from", "until");
        var from = node.has("from") ? time(node.path("from").asText(), at + "/from") : Duration.ZERO;
        var until = node.has("until") ? time(node.path("until").asText(), at + "/until") : null;
        return new AlertFiring(text(node.path("name"), at + "/name"), labels(node, at), from, until);
    }

    private Map<String, String> labels(JsonNode node, String at) {
        var labels = new TreeMap<String, String>();
        mapping(node.path("labels"), at + "/labels").properties().forEach(label -> {
            if (!label.getValue().isValueNode()) {
                problems.add(new Problem(at(at + "/labels", label.getKey()), "must be a text"));
            }
            labels.put(label.getKey(), label.getValue().asText());
        });
        return labels;
    }

    /** One for both, or one each. */
    private <T> Sides<OverTime<T>> sides(JsonNode node, String at, One<T> one) {
        if (node.isObject() && (node.has("stable") || node.has("canary"))) {
            known(node, at, "stable", "canary");
            return new Sides<>(
                    overTime(node.path("stable"), at + "/stable", one),
                    overTime(node.path("canary"), at + "/canary", one));
        }
        var both = overTime(node, at, one);
        return new Sides<>(both, both);
    }

    /** One for ever, or some by when they begin. */
    private <T> OverTime<T> overTime(JsonNode node, String at, One<T> one) {
        var from = new TreeMap<Duration, T>();
        if (node.isObject() && !node.isEmpty()) {
            node.properties().forEach(entry -> {
                var where = at(at, entry.getKey());
                from.put(time(entry.getKey(), where), one.read(entry.getValue(), where));
            });
        } else {
            from.put(Duration.ZERO, one.read(node, at));
        }
        return new OverTime<>(from);
    }

    private Double rate(JsonNode node, String at, int most) {
        var rate = number(node, at);
        if (rate != null && (rate < 0 || rate > most)) {
            problems.add(new Problem(at, "must be from 0 to " + most + " events a second"));
        }
        return rate;
    }

    private List<Double> values(JsonNode node, String at) {
        if (node.isArray() && !node.isEmpty()) {
            return StreamSupport.stream(node.spliterator(), false)
                    .map(value -> number(value, at))
                    .toList();
        }
        return List.of(number(node, at));
    }

    private Double number(JsonNode node, String at) {
        if (!node.isNumber()) {
            problems.add(new Problem(at, "must be a number, or numbers by when they begin, such as {0s: 1, 5m: 20}"));
            return 0.0;
        }
        return node.doubleValue();
    }

    private Duration time(String text, String at) {
        try {
            return new Durations().convert(text);
        } catch (TypeConversionException e) {
            problems.add(new Problem(at, e.getMessage()));
            return Duration.ZERO;
        }
    }

    private String text(JsonNode node, String at) {
        if (!node.isTextual() || node.asText().isBlank()) {
            problems.add(new Problem(at, "must be a name"));
        }
        return node.asText();
    }

    private <T> List<T> list(JsonNode node, String at, One<T> one) {
        if (!node.isMissingNode() && !node.isArray()) {
            problems.add(new Problem(at, "must be a list"));
        }
        var all = new ArrayList<T>();
        for (int i = 0; i < node.size() && node.isArray(); i++) {
            all.add(one.read(node.path(i), at + "/" + i));
        }
        return all;
    }

    private JsonNode mapping(JsonNode node, String at) {
        if (!node.isMissingNode() && !node.isObject()) {
            problems.add(new Problem(at, "must have names and values, such as {name: value}"));
        }
        return node;
    }

    private static String at(String pointer, String key) {
        return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
    }

    private void known(JsonNode node, String at, String... keys) {
        if (!node.isObject()) {
            problems.add(new Problem(at, "must be an object", List.of(keys)));
            return;
        }
        node.fieldNames().forEachRemaining(key -> {
            if (!List.of(keys).contains(key)) {
                problems.add(new Problem(at(at, key), "is no key of this file", List.of(keys)));
            }
        });
    }
}
