package dev.sluice.cli.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Argo Rollouts' steps. What can't be taken over is waited for by a person instead, so that nothing passes unseen. */
final class ArgoSteps {
    private final Draft draft;
    private final ArgoAnalyses analyses;
    private final ArrayNode steps = Draft.JSON.arrayNode();
    private final List<Integer> numbers = new ArrayList<>();

    ArgoSteps(Draft draft, ArgoAnalyses analyses) {
        this.draft = draft;
        this.analyses = analyses;
    }

    ArrayNode of(JsonNode written) {
        for (int i = 0; i < written.size(); i++) {
            var step = written.get(i);
            var kind = step.fieldNames().hasNext() ? step.fieldNames().next() : "nothing";
            numbers.add(steps.size() + 1);
            add(kind, step.path(kind), "step " + (i + 1) + " (" + kind + ")");
        }
        return steps;
    }

    /**
     * What became of a step there, counted from 1.
     *
     * @param index counted from 0
     */
    int number(int index) {
        return numbers.get(Math.clamp(index, 0, numbers.size() - 1));
    }

    private void add(String kind, JsonNode step, String where) {
        switch (kind) {
            case "setWeight" -> steps.add(Draft.weight(step));
            case "pause" -> steps.add(pause(step.path("duration")));
            case "analysis" ->
                steps.add(analyses.of(step, where)
                        .map(found -> Draft.step("analysis", found))
                        .orElseGet(Draft::approval));
            case "setHeaderRoute" -> match(step, where);
            case "setMirrorRoute" -> mirror(step, where);
            case "setCanaryScale" ->
                draft.note(
                        where + " is left out: Sluice scales nothing, and waits for ready pods (targets.*.readiness)");
            default -> {
                draft.note(where + " has no equivalent: a person's approval stands in its place");
                steps.add(Draft.approval());
            }
        }
    }

    /** Without a duration until somebody promotes; a number counts in seconds. */
    private static ObjectNode pause(JsonNode duration) {
        if (duration.isMissingNode() || duration.isNull()) {
            return Draft.approval();
        }
        return Draft.pause(duration.asText().matches("\\d+") ? duration.asText() + "s" : duration.asText());
    }

    private void match(JsonNode route, String where) {
        if (route.path("match").isEmpty()) {
            steps.add(Draft.JSON.objectNode().put("setMatch", "none"));
            return;
        }
        var match = Draft.object();
        for (var one : route.path("match")) {
            var value = one.path("headerValue");
            var how = value.has("exact") ? "exact" : value.has("prefix") ? "prefix" : "regex";
            match.withArray("headers")
                    .add(Draft.object()
                            .put("name", one.path("headerName").asText())
                            .put(how, value.path(how).asText()));
        }
        if (route.path("match").size() > 1) {
            draft.note(where + ": a request has to match all of its headers, where one was enough there");
        }
        steps.add(Draft.step("setMatch", match));
    }

    private void mirror(JsonNode route, String where) {
        if (!route.path("percentage").isInt()) {
            draft.note(where + " without a percentage ends the mirror, and any match with it");
            steps.add(Draft.JSON.objectNode().put("setMatch", "none"));
            return;
        }
        if (route.has("match")) {
            draft.note(where + ": the mirror's match is left out, every request may be copied");
        }
        steps.add(Draft.step("setMirror", Draft.object().set("percentage", route.get("percentage"))));
    }
}
