package dev.sluice.cli.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A {@code Rollout} of Argo Rollouts. */
final class ArgoRollout {
    private static final List<String> KNOWN_CANARY = List.of(
            "steps", "trafficRouting", "analysis", "stableService", "canaryService", "maxSurge", "maxUnavailable");
    private static final List<String> KNOWN_BLUE_GREEN = List.of(
            "activeService",
            "previewService",
            "autoPromotionEnabled",
            "autoPromotionSeconds",
            "prePromotionAnalysis",
            "postPromotionAnalysis",
            "scaleDownDelaySeconds");

    private final JsonNode spec;
    private final Draft draft;
    private final ArgoAnalyses analyses;

    ArgoRollout(Documents documents, JsonNode rollout, Place place) {
        this.spec = rollout.path("spec");
        this.draft = new Draft(rollout, place);
        this.analyses = new ArgoAnalyses(documents, draft);
    }

    Imported converted() {
        draft.note("Sluice moves traffic and makes no pods: run the stable and the canary version as two Deployments"
                + " behind two Services, where Argo Rollouts made ReplicaSets of one Rollout");
        draft.timeout(spec.path("progressDeadlineSeconds"));
        if (spec.path("strategy").has("blueGreen")) {
            blueGreen(spec.path("strategy").path("blueGreen"));
        } else {
            canary(spec.path("strategy").path("canary"));
        }
        return draft.done();
    }

    private void canary(JsonNode canary) {
        draft.leftOut(canary, "strategy.canary.", KNOWN_CANARY);
        var strategy = Draft.object();
        var steps = new ArgoSteps(draft, analyses);
        strategy.set("steps", steps.of(canary.path("steps")));
        var beside = canary.path("analysis");
        if (beside.isObject()) {
            analyses.of(beside, "the analysis beside the steps").ifPresent(analysis -> {
                if (beside.path("startingStep").asInt() > 0) {
                    analysis.put(
                            "startingStep",
                            steps.number(beside.path("startingStep").asInt()));
                }
                analysis.remove("numberOfJudgmentRuns");
                strategy.set("analysis", analysis);
            });
        }
        draft.strategy("canary", strategy);
        new ArgoRoutes(draft, spec).of(canary);
    }

    private void blueGreen(JsonNode blueGreen) {
        draft.leftOut(blueGreen, "strategy.blueGreen.", KNOWN_BLUE_GREEN);
        var strategy = Draft.object();
        conditions(strategy, "redirectTrafficAfter", blueGreen.path("prePromotionAnalysis"));
        if (blueGreen.path("autoPromotionSeconds").isInt()) {
            strategy.withArray("redirectTrafficAfter")
                    .add(Draft.pause(blueGreen.path("autoPromotionSeconds").asInt() + "s"));
        } else if (!blueGreen.path("autoPromotionEnabled").asBoolean(true)) {
            strategy.withArray("redirectTrafficAfter").add(Draft.approval());
        }
        conditions(strategy, "shutDownOldVersionAfter", blueGreen.path("postPromotionAnalysis"));
        if (blueGreen.path("scaleDownDelaySeconds").isInt()) {
            strategy.withArray("shutDownOldVersionAfter")
                    .add(Draft.pause(blueGreen.path("scaleDownDelaySeconds").asInt() + "s"));
        }
        draft.strategy("blueGreen", strategy);
        draft.route(
                "kubernetes",
                Draft.object()
                        .put("activeService", blueGreen.path("activeService").asText(draft.name()))
                        .put("previewService", blueGreen.path("previewService").asText(draft.name() + "-preview")));
    }

    private void conditions(ObjectNode strategy, String list, JsonNode analysis) {
        if (analysis.isObject()) {
            strategy.withArray(list)
                    .add(analyses.of(analysis, list)
                            .map(found -> Draft.step("analysis", found))
                            .orElseGet(Draft::approval));
        }
    }
}
