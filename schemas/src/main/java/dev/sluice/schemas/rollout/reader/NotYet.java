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
        for (var target : file.path("targets").properties()) {
            notYet.target(target.getValue(), Pointer.of("targets", target.getKey()));
        }
        for (var step : WrittenStep.all(file)) {
            notYet.step(step);
        }
    }

    private void wholeFile(JsonNode file) {
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

    private void step(WrittenStep step) {
        switch (step.kind()) {
            case "pause" -> {
                unlessOne(step.body(), "minApprovals", step.at());
                ifUsed(step.body(), "notByStarter", step.at());
            }
            case "analysis" -> {
                unless(step.body(), "rollBackMode", "automatic", step.at());
                unless(step.body(), "rollForwardMode", "automatic", step.at());
            }
            default -> {
                // carried out
            }
        }
    }

    private void unlessOne(JsonNode node, String key, Pointer at) {
        if (node.path(key).asInt(1) > 1) {
            problems.notYet(at.to(key));
        }
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
