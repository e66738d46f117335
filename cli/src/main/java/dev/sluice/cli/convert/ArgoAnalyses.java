package dev.sluice.cli.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Analyses of {@code AnalysisTemplate}s that are in the same file and ask a Prometheus for one number. */
final class ArgoAnalyses {
    private static final Pattern LIMIT =
            Pattern.compile("\\s*result(?:\\[0])?\\s*(<=|>=|<|>)\\s*([0-9]+(?:\\.[0-9]+)?)\\s*");
    private static final Pattern ARGUMENT = Pattern.compile("\\{\\{\\s*args\\.([A-Za-z0-9_-]+)\\s*}}");

    private final Documents documents;
    private final Draft draft;
    private final Set<String> asked = new HashSet<>();

    ArgoAnalyses(Documents documents, Draft draft) {
        this.documents = documents;
        this.draft = draft;
    }

    /** @param where for people; empty where none of it can be asked, which a note says */
    Optional<ObjectNode> of(JsonNode analysis, String where) {
        var taken = Draft.object();
        for (var reference : analysis.path("templates")) {
            var name = reference.path("templateName").asText();
            var template = documents
                    .named("AnalysisTemplate", name)
                    .or(() -> documents.named("ClusterAnalysisTemplate", name));
            if (template.isEmpty()) {
                draft.note(where + ": AnalysisTemplate " + name + " is not in this file: put it in, after a line ---");
            }
            template.ifPresent(found -> found.path("spec")
                    .path("metrics")
                    .forEach(metric -> metric(metric, analysis.path("args"), taken, name)));
        }
        if (!taken.has("queries")) {
            draft.note(where + " asks nothing that could be taken over: a person's approval stands in its place, or"
                    + " nothing beside the steps. Write queries for it (docs/queries.md)");
            return Optional.empty();
        }
        return Optional.of(taken);
    }

    private void metric(JsonNode metric, JsonNode arguments, ObjectNode analysis, String template) {
        var name = metric.path("name").asText();
        var query = query(metric, arguments, name);
        if (query.isEmpty()) {
            draft.note(
                    "metric " + name + " of AnalysisTemplate " + template + " is left out: only a prometheus query held"
                            + " against a number (result[0] >= 0.95) is taken over");
            return;
        }
        if (asked.add(name)) {
            draft.query(query.get());
        }
        if (!analysis.has("interval")) {
            analysis.put("interval", metric.path("interval").asText("1m"));
            if (metric.path("count").asInt() > 1) {
                analysis.put("numberOfJudgmentRuns", metric.path("count").asInt());
            }
            if (metric.path("failureLimit").asInt() > 0) {
                analysis.put("failureLimit", metric.path("failureLimit").asInt());
            }
        }
        analysis.withArray("queries").add(name);
    }

    private Optional<ObjectNode> query(JsonNode metric, JsonNode arguments, String name) {
        var text = metric.path("provider").path("prometheus").path("query");
        var says = metric.has("successCondition");
        var limit = LIMIT.matcher(
                metric.path(says ? "successCondition" : "failureCondition").asText());
        if (!text.isTextual() || !limit.matches()) {
            return Optional.empty();
        }
        var filled = filled(text.asText().strip(), arguments);
        if (filled.isEmpty()) {
            return Optional.empty();
        }
        draft.note("queries ask the provider called prometheus: its address is a setting of the metrics gate");
        // what succeeds below a number fails above it, and the other way about
        var isUpper = limit.group(1).startsWith("<") == says;
        return Optional.of(Draft.object()
                .put("name", name)
                .put("metricProviderName", "prometheus")
                .put("queryTemplate", filled.get())
                .set(isUpper ? "upperLimit" : "lowerLimit", Draft.JSON.numberNode(new BigDecimal(limit.group(2)))));
    }

    /** Empty where an argument has no value that stands in the file. */
    private static Optional<String> filled(String query, JsonNode arguments) {
        var found = ARGUMENT.matcher(query);
        var text = new StringBuilder();
        while (found.find()) {
            String value = null;
            for (var argument : arguments) {
                if (argument.path("name").asText().equals(found.group(1))
                        && argument.path("value").isValueNode()) {
                    value = argument.path("value").asText();
                }
            }
            if (value == null) {
                return Optional.empty();
            }
            found.appendReplacement(text, Matcher.quoteReplacement(value));
        }
        found.appendTail(text);
        return Optional.of(text.toString());
    }
}
