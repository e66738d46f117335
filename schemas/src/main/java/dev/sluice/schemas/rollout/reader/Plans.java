package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.rollout.InProgress;
import dev.sluice.schemas.rollout.Readiness;
import dev.sluice.schemas.rollout.RolloutPlan;
import dev.sluice.schemas.rollout.Route;
import dev.sluice.schemas.rollout.TargetPlan;
import dev.sluice.schemas.rollout.TargetPlan.FirstDeployment;
import dev.sluice.schemas.rollout.TargetPlan.OnEndpointsLost;
import dev.sluice.schemas.rollout.window.Window;
import dev.sluice.schemas.wire.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds the plan from a file of valid shape: strategies looked up, defaults filled in. */
final class Plans {
    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    private final JsonNode file;
    private final Map<String, List<Route>> routes;
    private final Strategies strategies;
    private final List<Window> windows;
    private final Durations durations;

    Plans(
            JsonNode file,
            Map<String, List<Route>> routes,
            Strategies strategies,
            List<Window> windows,
            Durations durations) {
        this.file = file;
        this.routes = routes;
        this.strategies = strategies;
        this.windows = windows;
        this.durations = durations;
    }

    RolloutPlan plan(List<String> targets) {
        var labels = new TreeMap<String, String>();
        file.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return new RolloutPlan(
                file.path("application").asText(),
                labels,
                targets.stream().map(target -> target(target, targets)).toList(),
                file.path("rolloutConfig").path("rollbackGroup").asBoolean(false),
                Lockstep.groups(file, targets),
                inProgress(file.path("rolloutConfig")
                        .path("ifRolloutInProgress")
                        .path("strategy")
                        .asText()),
                windows,
                file.path("mode").asText().equals("observe"));
    }

    private static InProgress inProgress(String word) {
        return switch (word) {
            case "enqueueOne" -> InProgress.ENQUEUE_ONE;
            case "supersede" -> InProgress.SUPERSEDE;
            default -> InProgress.REJECT;
        };
    }

    private TargetPlan target(String name, List<String> taking) {
        var target = file.path("targets").path(name);
        var timeoutAt = Pointer.of("rolloutConfig", "timeout");
        var timeout = durations.read(file.path("rolloutConfig").path("timeout"), timeoutAt, TIMEOUT);
        var strategy = target.path("strategy").asText();
        var constraints = target.path("constraints");
        var constraintsAt = Pointer.of("targets", name, "constraints");
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
                        readiness.path("matchWeight").asBoolean(Readiness.DEFAULT.matchWeight()),
                        readiness.path("percent").isInt()
                                ? readiness.path("percent").intValue()
                                : null),
                durations.read(target.path("settle"), Pointer.of("targets", name, "settle"), null),
                workload(target.path("workload")),
                durations.positive(timeout, timeoutAt),
                strategies.steps(strategy),
                strategies.background(strategy),
                routes.get(name),
                strategies.conditions(constraints.path("beforeDeployment"), constraintsAt.to("beforeDeployment")),
                strategies.conditions(constraints.path("afterDeployment"), constraintsAt.to("afterDeployment")));
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
}
