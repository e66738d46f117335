package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** Translates the keys of CD-as-a-Service deployment files to ours, in place, before anything is checked. */
final class Spellings {
    private final Problems problems;

    Spellings(Problems problems) {
        this.problems = problems;
    }

    void translate(ObjectNode file) {
        rename(file, "deploymentConfig", "rolloutConfig", Pointer.ROOT);
        if (file.get("rolloutConfig") instanceof ObjectNode config) {
            rename(config, "ifDeploymentInProgress", "ifRolloutInProgress", Pointer.of("rolloutConfig"));
            duration(config.get("timeout"));
        }
        contextOverrides(file);
        for (var target : file.path("targets").properties()) {
            target(target.getValue(), Pointer.of("targets", target.getKey()));
        }
        for (var strategy : file.path("strategies").properties()) {
            strategy(strategy.getValue(), Pointer.of("strategies", strategy.getKey()));
        }
        for (var webhook : file.path("webhooks")) {
            if (webhook instanceof ObjectNode object && webhook.path("method").isTextual()) {
                object.put("method", webhook.path("method").textValue().toUpperCase(Locale.ROOT));
            }
            for (var key : List.of("backoff", "timeout", "callbackTimeout")) {
                duration(webhook.path(key));
            }
        }
        for (var window : file.path("windows")) {
            duration(window.path("allow").path("duration"));
        }
    }

    private void contextOverrides(ObjectNode file) {
        if (file.remove("contextOverrides") instanceof ObjectNode overrides) {
            var context = file.get("context") instanceof ObjectNode own ? own : file.putObject("context");
            context.setAll(overrides);
        }
    }

    private void target(JsonNode target, Pointer at) {
        rename(target, "account", "cluster", at);
        gates(
                target.path("constraints").path("beforeDeployment"),
                at.to("constraints").to("beforeDeployment"));
        gates(
                target.path("constraints").path("afterDeployment"),
                at.to("constraints").to("afterDeployment"));
    }

    private void strategy(JsonNode strategy, Pointer at) {
        var canary = strategy.path("canary");
        gates(canary.path("steps"), at.to("canary").to("steps"));
        analysis(canary.path("analysis"), at.to("canary").to("analysis"));
        duration(canary.path("ramp").path("every"));
        duration(canary.path("bake"));
        var blueGreen = strategy.path("blueGreen");
        rename(blueGreen, "shutdownOldVersionAfter", "shutDownOldVersionAfter", at.to("blueGreen"));
        gates(blueGreen.path("redirectTrafficAfter"), at.to("blueGreen").to("redirectTrafficAfter"));
        gates(blueGreen.path("shutDownOldVersionAfter"), at.to("blueGreen").to("shutDownOldVersionAfter"));
    }

    private void gates(JsonNode steps, Pointer at) {
        for (int i = 0; i < steps.size(); i++) {
            var step = steps.path(i);
            if (step instanceof ObjectNode object && object.path("setWeight").isNumber()) {
                var weight = object.get("setWeight");
                object.putObject("setWeight").set("weight", weight);
            }
            pause(step.path("pause"), at.to(i).to("pause"));
            analysis(step.path("analysis"), at.to(i).to("analysis"));
        }
    }

    private void pause(JsonNode pause, Pointer at) {
        rename(pause, "requiresRole", "requiresRoles", at);
        rename(pause, "units", "unit", at);
        lowerCase(pause, "unit");
        if (pause instanceof ObjectNode object && pause.path("requiresRoles").isTextual()) {
            var only = pause.get("requiresRoles");
            ArrayNode roles = object.putArray("requiresRoles");
            roles.add(only);
        }
        duration(pause.path("approvalExpiration"));
    }

    private void analysis(JsonNode analysis, Pointer at) {
        rename(analysis, "unit", "units", at);
        rename(analysis, "rollbackMode", "rollBackMode", at);
        for (var key : new String[] {"units", "lookbackMethod", "rollBackMode", "rollForwardMode"}) {
            lowerCase(analysis, key);
        }
        duration(analysis.path("initialDelay"));
        duration(analysis.path("maxWait"));
    }

    private void duration(JsonNode duration) {
        rename(duration, "interval", "duration", Pointer.ROOT);
        rename(duration, "units", "unit", Pointer.ROOT);
        lowerCase(duration, "unit");
    }

    private void rename(JsonNode node, String theirs, String ours, Pointer at) {
        if (!(node instanceof ObjectNode object) || !object.has(theirs)) {
            return;
        }
        if (object.has(ours)) {
            problems.add(at.to(theirs), "says the same as `" + ours + "`; keep one of them");
            object.remove(theirs);
        } else {
            object.set(ours, object.remove(theirs));
        }
    }

    private static void lowerCase(JsonNode node, String key) {
        if (node instanceof ObjectNode object && object.path(key).isTextual()) {
            object.put(key, object.get(key).textValue().toLowerCase(Locale.ROOT));
        }
    }
}
