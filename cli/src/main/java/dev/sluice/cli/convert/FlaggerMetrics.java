package dev.sluice.cli.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Flagger's metrics: its two built-in ones as questions to the metric events, others as a Prometheus's. */
final class FlaggerMetrics {
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{-?\\s*([A-Za-z.]+)\\s*-?}}");
    private static final Map<String, String> VARIABLES =
            Map.of("namespace", "namespace", "target", "workload", "service", "service", "interval", "interval");

    private final Documents documents;
    private final Draft draft;

    FlaggerMetrics(Documents documents, Draft draft) {
        this.documents = documents;
        this.draft = draft;
    }

    /** Beside the steps; empty where nothing is asked. */
    Optional<ObjectNode> beside(JsonNode analysis, String interval) {
        return taken(analysis, interval);
    }

    Optional<ObjectNode> inSteps(JsonNode analysis, String interval, int runs) {
        return taken(analysis, interval).map(found -> found.put("numberOfJudgmentRuns", runs));
    }

    private Optional<ObjectNode> taken(JsonNode analysis, String interval) {
        var taken = Draft.object().put("interval", interval).put("lookbackMethod", "sliding");
        for (var metric : analysis.path("metrics")) {
            var name = metric.path("name").asText();
            query(metric, name).ifPresent(query -> {
                draft.query(query);
                taken.withArray("queries").add(name);
            });
        }
        if (!taken.has("queries")) {
            draft.note("nothing is measured: weights go up by the clock alone. Write queries (docs/queries.md)");
            return Optional.empty();
        }
        if (analysis.path("threshold").asInt() > 1) {
            // there the so manieth failed check rolls back, here one more than the limit
            taken.put("failureLimit", analysis.path("threshold").asInt() - 1);
        }
        return Optional.of(taken);
    }

    private Optional<ObjectNode> query(JsonNode metric, String name) {
        return switch (name) {
            case "request-success-rate" -> Optional.of(errors(metric, name));
            case "request-duration" -> Optional.of(duration(metric, name));
            default -> template(metric, name);
        };
    }

    private ObjectNode errors(JsonNode metric, String name) {
        draft.note(name + " is asked of the metric http_requests with the label code: publish it, or name yours");
        var ratio = Draft.object();
        ratio.putObject("numerator")
                .put("metric", "http_requests")
                .putObject("labels")
                .put("code", "5..");
        ratio.putObject("denominator").put("metric", "http_requests");
        var least = metric.path("thresholdRange").path("min").decimalValue();
        ObjectNode query = Draft.object().put("name", name).set("ratio", ratio);
        return query.put("upperLimit", BigDecimal.valueOf(100).subtract(least).movePointLeft(2));
    }

    private ObjectNode duration(JsonNode metric, String name) {
        draft.note(name + " is asked of the metric http_latency_ms: publish it, or name yours");
        var quantile = Draft.object().put("metric", "http_latency_ms").put("q", 0.99);
        ObjectNode query = Draft.object().put("name", name).set("quantile", quantile);
        return limits(metric, query);
    }

    private Optional<ObjectNode> template(JsonNode metric, String name) {
        var inline = metric.path("query");
        var text = inline.isTextual()
                ? Optional.of(inline.asText())
                : documents
                        .named(
                                "MetricTemplate",
                                metric.path("templateRef").path("name").asText())
                        .filter(found -> found.path("spec")
                                .path("provider")
                                .path("type")
                                .asText()
                                .equals("prometheus"))
                        .map(found -> found.path("spec").path("query").asText());
        var filled = text.flatMap(FlaggerMetrics::filled);
        if (filled.isEmpty()) {
            draft.note("metric " + name
                    + " is left out: its MetricTemplate is not in this file, asks something else than a"
                    + " Prometheus, or has variables that are not known");
            return Optional.empty();
        }
        draft.note("queries ask the provider called prometheus: its address is a setting of the metrics gate");
        return Optional.of(limits(
                metric,
                Draft.object()
                        .put("name", name)
                        .put("metricProviderName", "prometheus")
                        .put("queryTemplate", filled.get().strip())));
    }

    private static ObjectNode limits(JsonNode metric, ObjectNode query) {
        var range = metric.path("thresholdRange");
        if (range.has("min")) {
            query.set("lowerLimit", range.get("min"));
        }
        if (range.has("max")) {
            query.set("upperLimit", range.get("max"));
        } else if (!range.has("min") && metric.has("threshold")) {
            query.set("upperLimit", metric.get("threshold"));
        }
        return query;
    }

    private static Optional<String> filled(String query) {
        if (VARIABLE.matcher(query).results().anyMatch(found -> !VARIABLES.containsKey(found.group(1)))) {
            return Optional.empty();
        }
        return Optional.of(VARIABLE.matcher(query).replaceAll(found -> "{{" + VARIABLES.get(found.group(1)) + "}}"));
    }
}
