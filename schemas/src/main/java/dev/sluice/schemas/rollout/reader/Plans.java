package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.rollout.AnalysisSpec;
import dev.sluice.schemas.rollout.Readiness;
import dev.sluice.schemas.rollout.RolloutPlan;
import dev.sluice.schemas.rollout.Route;
import dev.sluice.schemas.rollout.Step;
import dev.sluice.schemas.rollout.TargetPlan;
import dev.sluice.schemas.rollout.TargetPlan.FirstDeployment;
import dev.sluice.schemas.rollout.TargetPlan.OnEndpointsLost;
import dev.sluice.schemas.wire.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds the plan from a file of valid shape: strategies looked up, defaults filled in. */
final class Plans {
    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    private final JsonNode file;
    private final Map<String, List<Route>> routes;
    private final Durations durations;
    private final Analyses analyses;

    Plans(JsonNode file, Map<String, List<Route>> routes, Durations durations) {
        this.file = file;
        this.routes = routes;
        this.durations = durations;
        this.analyses = new Analyses(file.path("analysis"), durations);
    }

    RolloutPlan plan(List<String> targets) {
        var labels = new TreeMap<String, String>();
        file.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return new RolloutPlan(
                file.path("application").asText(),
                labels,
                targets.stream().map(target -> target(target, targets)).toList());
    }

    private TargetPlan target(String name, List<String> taking) {
        var target = file.path("targets").path(name);
        var timeoutAt = Pointer.of("rolloutConfig", "timeout");
        var timeout = durations.read(file.path("rolloutConfig").path("timeout"), timeoutAt, TIMEOUT);
        var strategy = target.path("strategy").asText();
        var canary = file.path("strategies").path(strategy).path("canary");
        var canaryAt = Pointer.of("strategies", strategy, "canary");
        var readiness = target.path("readiness");
        return new TargetPlan(
                name,
                target.path("cluster").asText(),
                target.path("namespace").asText(),
                Dependencies.of(target).stream().filter(taking::contains).toList(),
                target.path("onEndpointsLost").asText().equals("hold")
                        ? OnEndpointsLost.HOLD
                        : OnEndpointsLost.ROLLBACK,
                target.path("firstDeployment").asText().equals("steps")
                        ? FirstDeployment.STEPS
                        : FirstDeployment.DIRECT,
                new Readiness(
                        readiness.path("minimum").asInt(Readiness.DEFAULT.minimum()),
                        readiness.path("matchWeight").asBoolean(Readiness.DEFAULT.matchWeight())),
                durations.read(target.path("settle"), Pointer.of("targets", name, "settle"), null),
                workload(target.path("workload")),
                durations.positive(timeout, timeoutAt),
                withLastStepTo100(steps(canary.path("steps"), canaryAt.to("steps"))),
                background(canary.path("analysis"), canaryAt.to("analysis")),
                routes.get(name));
    }

    /** Without a word of where revisions come from, from the label that Kubernetes recommends for them. */
    private static Map<String, Object> workload(JsonNode workload) {
        if (!workload.isObject()) {
            return null;
        }
        var read = new TreeMap<String, Object>();
        read.put("revisionFrom", Map.of("label", "app.kubernetes.io/version"));
        workload.properties()
                .forEach(part -> read.put(part.getKey(), Json.mapper().convertValue(part.getValue(), Object.class)));
        return read;
    }

    private AnalysisSpec background(JsonNode analysis, Pointer at) {
        return analysis.isObject() ? analyses.background(analysis, at) : null;
    }

    private List<Step> steps(JsonNode steps, Pointer at) {
        var read = new ArrayList<Step>();
        for (int i = 0; i < steps.size(); i++) {
            var kind = steps.path(i).fieldNames().next();
            var body = steps.path(i).get(kind);
            var step = at.to(i).to(kind);
            switch (kind) {
                case "setWeight" ->
                    read.add(new Step.SetWeight(Weight.of(body.get("weight").decimalValue())));
                case "pause" -> read.add(pause(body, step));
                case "analysis" -> read.add(new Step.Analysis(analyses.step(body, step)));
                default -> {
                    // told by NotYet already: this plan is thrown away
                }
            }
        }
        return read;
    }

    private Step pause(JsonNode pause, Pointer at) {
        if (pause.has("duration")) {
            return new Step.TimedPause(durations.read(pause.get("duration"), pause.path("unit"), at.to("duration")));
        }
        var roles = new ArrayList<String>();
        pause.path("requiresRoles").forEach(role -> roles.add(role.asText()));
        return new Step.Approval(
                roles, durations.read(pause.path("approvalExpiration"), at.to("approvalExpiration"), null));
    }

    private static List<Step> withLastStepTo100(List<Step> steps) {
        var lastWeight = steps.stream()
                .filter(Step.SetWeight.class::isInstance)
                .map(step -> ((Step.SetWeight) step).weight())
                .reduce((earlier, later) -> later)
                .orElse(Weight.ZERO);
        if (!lastWeight.equals(Weight.FULL)) {
            steps.add(new Step.SetWeight(Weight.FULL));
        }
        return steps;
    }
}
