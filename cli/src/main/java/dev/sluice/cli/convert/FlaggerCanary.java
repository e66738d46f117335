package dev.sluice.cli.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;

/** A {@code Canary} of Flagger: its weights go up at each interval while its metrics pass. */
final class FlaggerCanary {
    private static final List<String> KNOWN = List.of(
            "interval",
            "threshold",
            "maxWeight",
            "stepWeight",
            "stepWeights",
            "iterations",
            "match",
            "mirror",
            "mirrorWeight",
            "metrics",
            "webhooks",
            "sessionAffinity");
    private static final int ALL = 100;

    private final JsonNode spec;
    private final JsonNode analysis;
    private final Draft draft;
    private final FlaggerRoutes routes;
    private final FlaggerMetrics metrics;
    private final FlaggerWebhooks webhooks;

    FlaggerCanary(Documents documents, JsonNode canary, Place place, String provider) {
        this.spec = canary.path("spec");
        this.analysis = spec.has("analysis") ? spec.path("analysis") : spec.path("canaryAnalysis");
        this.draft = new Draft(canary, place);
        this.routes = new FlaggerRoutes(draft, spec, provider);
        this.metrics = new FlaggerMetrics(documents, draft);
        this.webhooks = new FlaggerWebhooks(draft);
    }

    Imported converted() {
        draft.note(
                "Sluice makes no Deployments, Services or routes: run the stable version behind the Service of the active"
                        + " backend and the next one behind the canary's, and apply the route itself once");
        draft.timeout(spec.path("progressDeadlineSeconds"));
        draft.leftOut(analysis, "analysis.", KNOWN);
        draft.leftOut(
                spec,
                "",
                List.of(
                        "provider",
                        "targetRef",
                        "service",
                        "analysis",
                        "canaryAnalysis",
                        "progressDeadlineSeconds",
                        "autoscalerRef",
                        "ingressRef",
                        "routeRef",
                        "skipAnalysis"));
        if (routes.isBlueGreen()) {
            blueGreen();
        } else {
            canary();
        }
        webhooks.after(analysis.path("webhooks"));
        affinity();
        return draft.done();
    }

    private String interval() {
        return analysis.path("interval").asText("1m");
    }

    private void canary() {
        var strategy = Draft.object();
        var steps = strategy.putArray("steps");
        if (spec.path("skipAnalysis").asBoolean()) {
            steps.add(Draft.weight(Draft.JSON.numberNode(ALL)));
        } else {
            webhooks.before(analysis.path("webhooks"), steps);
            mirror(steps);
            if (analysis.path("iterations").asInt() > 0) {
                iterations(steps);
            } else {
                weights(steps);
            }
            webhooks.last(analysis.path("webhooks"), steps);
            metrics.beside(analysis, interval()).ifPresent(beside -> strategy.set("analysis", beside));
        }
        draft.strategy("canary", strategy);
        routes.add();
    }

    private void mirror(ArrayNode steps) {
        if (analysis.path("mirror").asBoolean()) {
            steps.add(Draft.step(
                    "setMirror",
                    Draft.object()
                            .put("percentage", analysis.path("mirrorWeight").asInt(ALL))));
            steps.add(Draft.pause(interval()));
            steps.add(Draft.JSON.objectNode().put("setMatch", "none"));
        }
    }

    /** Requests that match, for so many intervals. */
    private void iterations(ArrayNode steps) {
        var matches = analysis.path("match");
        if (matches.isEmpty()) {
            draft.note("iterations without a match: the canary gets its traffic at the end alone, after that time");
        } else {
            steps.add(FlaggerMatch.of(matches, draft));
        }
        for (int i = 0; i < analysis.path("iterations").asInt(); i++) {
            webhooks.along(analysis.path("webhooks"), steps);
            steps.add(Draft.pause(interval()));
        }
    }

    private void weights(ArrayNode steps) {
        for (var weight : weightList()) {
            steps.add(Draft.weight(Draft.JSON.numberNode(weight)));
            webhooks.along(analysis.path("webhooks"), steps);
            steps.add(Draft.pause(interval()));
        }
    }

    private List<Integer> weightList() {
        var weights = new ArrayList<Integer>();
        analysis.path("stepWeights").forEach(weight -> weights.add(weight.asInt()));
        if (weights.isEmpty()) {
            var by = Math.max(1, analysis.path("stepWeight").asInt(ALL));
            var most = analysis.path("maxWeight").asInt(ALL);
            for (int weight = by; weight <= most; weight += by) {
                weights.add(weight);
            }
        }
        return weights;
    }

    private void blueGreen() {
        var strategy = Draft.object();
        var before = strategy.putArray("redirectTrafficAfter");
        webhooks.before(analysis.path("webhooks"), before);
        metrics.inSteps(
                        analysis,
                        interval(),
                        Math.max(1, analysis.path("iterations").asInt(1)))
                .ifPresent(judged -> before.add(Draft.step("analysis", judged)));
        webhooks.last(analysis.path("webhooks"), before);
        draft.strategy("blueGreen", strategy);
        routes.add();
    }

    private void affinity() {
        var affinity = analysis.path("sessionAffinity");
        if (affinity.path("cookieName").isTextual()) {
            var taken = Draft.object().put("cookie", affinity.path("cookieName").asText());
            if (affinity.path("maxAge").isInt()) {
                taken.put("maxAge", affinity.path("maxAge").asInt() + "s");
            }
            draft.sessionAffinity(taken);
            draft.leftOut(affinity, "analysis.sessionAffinity.", List.of("cookieName", "maxAge"));
        }
    }
}
