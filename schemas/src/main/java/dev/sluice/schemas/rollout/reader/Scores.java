package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a schema can't say about scores: which is the higher bar, and that each group has a weight and each weight a group. */
final class Scores {
    static final double PASS = 95;
    static final double MARGINAL = 75;

    private static final double ROUNDING = 1e-6;

    private final Map<String, JsonNode> queries = new TreeMap<>();
    private final Problems problems;

    /** @param analysis the file's part of that name */
    Scores(JsonNode analysis, Problems problems) {
        analysis.path("queries").forEach(query -> queries.put(query.path("name").asText(), query));
        this.problems = problems;
    }

    void check(JsonNode file) {
        for (var step : WrittenStep.all(file)) {
            if (step.is("analysis")) {
                analysis(step.body(), step.at());
            }
        }
    }

    private void analysis(JsonNode analysis, Pointer at) {
        if (analysis.path("score").isObject()) {
            score(analysis, at.to("score"));
        }
    }

    private void score(JsonNode analysis, Pointer at) {
        var score = analysis.path("score");
        if (score.path("marginal").asDouble(MARGINAL) > score.path("pass").asDouble(PASS)) {
            problems.add(
                    at,
                    "`marginal` (%s unless said) is above `pass` (%s unless said)"
                            .formatted(Warnings.number(MARGINAL), Warnings.number(PASS)));
        }
        if (!score.path("groupWeights").isEmpty()) {
            groups(analysis.path("queries"), score.path("groupWeights"), at.to("groupWeights"));
        }
    }

    private void groups(JsonNode named, JsonNode weights, Pointer at) {
        var weighed = new ArrayList<String>();
        weights.fieldNames().forEachRemaining(weighed::add);
        var sum = weighed.stream()
                .mapToDouble(group -> weights.path(group).asDouble())
                .sum();
        if (Math.abs(sum - 100) > ROUNDING) {
            problems.add(at, "come to " + Warnings.number(sum) + " and not to 100");
        }
        var used = groupsOf(named);
        for (var group : weighed) {
            if (!used.contains(group)) {
                problems.add(at.to(group), "no query of this analysis is of that group", used);
            }
        }
        for (var group : used) {
            if (!weighed.contains(group)) {
                problems.add(at, "queries of this analysis are of the group `" + group + "`, which has no weight");
            }
        }
    }

    private List<String> groupsOf(JsonNode named) {
        var groups = new TreeSet<String>();
        for (var name : named) {
            var query = queries.get(name.asText());
            var group =
                    query == null ? null : query.path("compare").path("group").textValue();
            if (group != null) {
                groups.add(group);
            }
        }
        return List.copyOf(groups);
    }
}
