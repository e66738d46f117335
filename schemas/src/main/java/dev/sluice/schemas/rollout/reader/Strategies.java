package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.rollout.AnalysisSpec;
import dev.sluice.schemas.rollout.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes strategies of valid shape into steps: ramps written out, blue/green as a canary of one weight, the implied 100 % added. */
final class Strategies {
    private final JsonNode strategies;
    private final Analyses analyses;
    private final Webhooks webhooks;
    private final Durations durations;
    private final Map<String, List<Step>> stepsOf = new HashMap<>();
    private final Map<String, AnalysisSpec> backgroundOf = new HashMap<>();

    /** @param strategies the file's part of that name */
    Strategies(JsonNode strategies, Analyses analyses, Webhooks webhooks, Durations durations) {
        this.strategies = strategies;
        this.analyses = analyses;
        this.webhooks = webhooks;
        this.durations = durations;
    }

    /** Of the strategy of that name. */
    List<Step> steps(String name) {
        // targets share them, and lockstep compares them
        return stepsOf.computeIfAbsent(name, this::read);
    }

    private List<Step> read(String name) {
        var strategy = strategies.path(name);
        var at = Pointer.of("strategies", name);
        if (strategy.has("blueGreen")) {
            return blueGreen(strategy.path("blueGreen"), at.to("blueGreen"));
        }
        var canary = strategy.path("canary");
        var canaryAt = at.to("canary");
        var steps = canary.has("ramp")
                ? ramp(canary.path("ramp"), canaryAt.to("ramp"))
                : written(canary.path("steps"), canaryAt.to("steps"));
        addLastStepTo100(steps);
        var bake = durations.read(canary.path("bake"), canaryAt.to("bake"), Duration.ZERO);
        if (!bake.isZero()) {
            steps.add(new Step.Bake(bake));
        }
        return steps;
    }

    /** Null where the strategy of that name has none. */
    AnalysisSpec background(String name) {
        return backgroundOf.computeIfAbsent(name, this::readBackground);
    }

    private AnalysisSpec readBackground(String name) {
        var analysis = strategies.path(name).path("canary").path(WrittenStep.BACKGROUND);
        return analysis.isObject()
                ? analyses.background(analysis, Pointer.of("strategies", name, "canary", WrittenStep.BACKGROUND))
                : null;
    }

    /** Of a list in the file of which all have to pass: none, the only one, or all of them together. */
    List<Step> conditions(JsonNode list, Pointer at) {
        return Step.Together.of(WrittenStep.of(list, at).stream()
                .map(this::step)
                .filter(Step.Condition.class::isInstance)
                .map(Step.Condition.class::cast)
                .toList());
    }

    private List<Step> blueGreen(JsonNode blueGreen, Pointer at) {
        var steps = new ArrayList<>(conditions(blueGreen.path("redirectTrafficAfter"), at.to("redirectTrafficAfter")));
        steps.add(new Step.SetWeight(Weight.FULL));
        steps.addAll(conditions(blueGreen.path("shutDownOldVersionAfter"), at.to("shutDownOldVersionAfter")));
        return steps;
    }

    private List<Step> ramp(JsonNode ramp, Pointer at) {
        var every = durations.positive(durations.read(ramp.path("every"), at.to("every"), null), at.to("every"));
        var steps = new ArrayList<Step>();
        for (var weight : Ramps.weights(ramp)) {
            steps.add(new Step.SetWeight(weight));
            if (!weight.equals(Weight.FULL)) {
                steps.add(new Step.TimedPause(every));
            }
        }
        return steps;
    }

    private List<Step> written(JsonNode steps, Pointer at) {
        var read = new ArrayList<Step>();
        for (var step : WrittenStep.of(steps, at)) {
            read.add(step(step));
        }
        return read;
    }

    private Step step(WrittenStep written) {
        var body = written.body();
        return switch (written.kind()) {
            case "setWeight" -> new Step.SetWeight(Weight.of(body.path("weight").decimalValue()));
            case "pause" -> pause(body, written.at());
            case "analysis" -> new Step.Analysis(analyses.step(body, written.at()));
            case "runWebhook" -> new Step.RunWebhook(webhooks.calledBy(body));
            case "setMatch" -> new Step.SetMatch(Matches.match(body));
            case "setMirror" -> new Step.SetMirror(Matches.mirror(body));
            default -> throw new IllegalStateException("the schema lets `" + written.kind() + "` through");
        };
    }

    private Step pause(JsonNode pause, Pointer at) {
        if (pause.has("duration")) {
            return new Step.TimedPause(durations.read(pause.get("duration"), pause.path("unit"), at.to("duration")));
        }
        var roles = new ArrayList<String>();
        pause.path("requiresRoles").forEach(role -> roles.add(role.asText()));
        return new Step.Approval(
                roles,
                pause.path("minApprovals").asInt(1),
                pause.path("notByStarter").asBoolean(false),
                durations.read(pause.path("approvalExpiration"), at.to("approvalExpiration"), null));
    }

    private static void addLastStepTo100(List<Step> steps) {
        var lastWeight = steps.stream()
                .filter(Step.SetWeight.class::isInstance)
                .map(step -> ((Step.SetWeight) step).weight())
                .reduce((earlier, later) -> later)
                .orElse(Weight.ZERO);
        if (!lastWeight.equals(Weight.FULL)) {
            steps.add(new Step.SetWeight(Weight.FULL));
        }
    }
}
