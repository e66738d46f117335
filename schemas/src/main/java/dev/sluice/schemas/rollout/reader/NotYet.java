package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The parts of the language that this version does not carry out. As they come to be, they leave this class. */
final class NotYet {
    private final Problems problems;

    private NotYet(Problems problems) {
        this.problems = problems;
    }

    static void report(JsonNode file, Problems problems) {
        var notYet = new NotYet(problems);
        notYet.wholeFile(file);
        file.path("targets")
                .properties()
                .forEach(target -> notYet.target(target.getValue(), Pointer.of("targets", target.getKey())));
        file.path("strategies")
                .properties()
                .forEach(strategy -> notYet.strategy(strategy.getValue(), Pointer.of("strategies", strategy.getKey())));
    }

    private void wholeFile(JsonNode file) {
        ifUsed(file, "webhooks", Pointer.ROOT);
        ifUsed(file, "windows", Pointer.ROOT);
        var config = file.path("rolloutConfig");
        var at = Pointer.of("rolloutConfig");
        ifUsed(config, "rollbackGroup", at);
        ifUsed(config, "lockstep", at);
        unless(config.path("ifRolloutInProgress"), "strategy", "reject", at.to("ifRolloutInProgress"));
    }

    private void target(JsonNode target, Pointer at) {
        ifUsed(target.path("constraints"), "beforeDeployment", at.to("constraints"));
        ifUsed(target.path("constraints"), "afterDeployment", at.to("constraints"));
    }

    private void strategy(JsonNode strategy, Pointer at) {
        ifUsed(strategy, "blueGreen", at);
        var canary = strategy.path("canary");
        ifUsed(canary, "ramp", at.to("canary"));
        analysis(canary.path("analysis"), at.to("canary").to("analysis"));
        var steps = canary.path("steps");
        for (int i = 0; i < steps.size(); i++) {
            var step = at.to("canary").to("steps").to(i);
            for (var kind : List.of("runWebhook", "setMatch", "setMirror")) {
                ifUsed(steps.path(i), kind, step);
            }
            analysis(steps.path(i).path("analysis"), step.to("analysis"));
        }
    }

    private void analysis(JsonNode analysis, Pointer at) {
        unless(analysis, "rollBackMode", "automatic", at);
        unless(analysis, "rollForwardMode", "automatic", at);
        ifUsed(analysis, "context", at);
    }

    private void ifUsed(JsonNode node, String key, Pointer at) {
        var value = node.path(key);
        var unused = value.isMissingNode()
                || (value.isBoolean() && !value.booleanValue())
                || (value.isContainerNode() && value.isEmpty());
        if (!unused) {
            problems.notYet(at.to(key));
        }
    }

    private void unless(JsonNode node, String key, String carriedOut, Pointer at) {
        var value = node.path(key);
        if (value.isTextual() && !value.textValue().equals(carriedOut)) {
            problems.add(
                    at.to(key),
                    "`" + value.textValue() + "` is not carried out by this version yet",
                    List.of(carriedOut));
        }
    }
}
