package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Whatever names something in the file has to name something that is there, once. */
final class Names {
    private final JsonNode file;
    private final Problems problems;
    private final Collection<String> targets;
    private final Collection<String> strategies;
    private final Collection<String> queries;
    private final Collection<String> webhooks;

    Names(JsonNode file, Problems problems) {
        this.file = file;
        this.problems = problems;
        this.targets = keys(file.path("targets"));
        this.strategies = keys(file.path("strategies"));
        this.queries = unique(file.path("analysis").path("queries"), Pointer.of("analysis", "queries"), "query");
        this.webhooks = unique(file.path("webhooks"), Pointer.of("webhooks"), "webhook");
    }

    void check() {
        for (var target : file.path("targets").properties()) {
            var at = Pointer.of("targets", target.getKey());
            known(target.getValue().path("strategy"), at.to("strategy"), "strategy", strategies);
            var dependsOn = target.getValue().path("constraints").path("dependsOn");
            eachKnown(dependsOn, at.to("constraints").to("dependsOn"), "target", targets);
        }
        for (var strategy : file.path("strategies").properties()) {
            startingStep(strategy.getValue().path("canary"), Pointer.of("strategies", strategy.getKey(), "canary"));
        }
        for (var step : WrittenStep.all(file)) {
            if (step.is("analysis")) {
                eachKnown(step.body().path("queries"), step.at().to("queries"), "query", queries);
            }
            if (step.is("runWebhook")) {
                known(step.body().path("name"), step.at().to("name"), "webhook", webhooks);
            }
        }
        var lockstep = file.path("rolloutConfig").path("lockstep");
        for (int i = 0; i < lockstep.size(); i++) {
            eachKnown(lockstep.path(i), Pointer.of("rolloutConfig", "lockstep").to(i), "target", targets);
        }
        var traffic = file.path("trafficManagement");
        for (int i = 0; i < traffic.size(); i++) {
            var at = Pointer.of("trafficManagement").to(i).to("targets");
            eachKnown(traffic.path(i).path("targets"), at, "target", targets);
        }
    }

    private void startingStep(JsonNode canary, Pointer at) {
        var startingStep = canary.path("analysis").path("startingStep");
        var steps = canary.has("ramp")
                ? Ramps.steps(canary.path("ramp"))
                : canary.path("steps").size();
        if (startingStep.isInt() && steps > 0 && startingStep.intValue() > steps) {
            problems.add(
                    at.to("analysis").to("startingStep"),
                    "there are only " + steps + " steps, so this analysis would never open");
        }
    }

    private void eachKnown(JsonNode names, Pointer at, String kind, Collection<String> known) {
        var seen = new HashSet<String>();
        for (int i = 0; i < names.size(); i++) {
            known(names.path(i), at.to(i), kind, known);
            if (names.path(i).isTextual() && !seen.add(names.path(i).textValue())) {
                problems.add(at.to(i), "`" + names.path(i).textValue() + "` is named twice");
            }
        }
    }

    private void known(JsonNode name, Pointer at, String kind, Collection<String> known) {
        if (name.isTextual() && !known.contains(name.textValue())) {
            problems.add(at, "there is no " + kind + " `" + name.textValue() + "`", known);
        }
    }

    private Set<String> unique(JsonNode named, Pointer at, String kind) {
        var names = new LinkedHashSet<String>();
        for (int i = 0; i < named.size(); i++) {
            var name = named.path(i).path("name");
            if (name.isTextual() && !names.add(name.textValue())) {
                problems.add(at.to(i).to("name"), "there is another " + kind + " `" + name.textValue() + "`");
            }
        }
        return names;
    }

    private static List<String> keys(JsonNode object) {
        var keys = new ArrayList<String>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
