package dev.sluice.engine.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.rollout.Step;
import dev.sluice.schemas.rollout.TargetPlan;
import dev.sluice.schemas.wire.Json;
import java.util.List;

/**
 * What states of forms 1 and 2 say in the words of form 3 (B42): a step's waiting is a gate of conditions, a target may have
 * several analyses open at one step, and what a route is to carry is one value.
 */
final class FormUpgrade {
    private final List<TargetPlan> plans;

    /** @param plans of the rollout's targets; empty in form 1, which has them within */
    FormUpgrade(List<TargetPlan> plans) {
        this.plans = plans;
    }

    JsonNode upgraded(JsonNode state) {
        for (var target : state.path("rollout").path("targets")) {
            upgrade((ObjectNode) target);
        }
        return state;
    }

    private void upgrade(ObjectNode target) {
        if (target.path("position") instanceof ObjectNode position
                && position.path("stage") instanceof ObjectNode stage) {
            position.set("stage", stage(target, stage));
        }
        if (target.path("judging") instanceof ObjectNode judging) {
            var steps = judging.putArray("steps");
            var step = judging.remove("step");
            if (step != null && !step.isNull()) {
                steps.add(step);
            }
        }
        if (target.path("traffic") instanceof ObjectNode traffic) {
            desire(traffic);
            desire(traffic.path("order"));
            desire(traffic.path("interrupted"));
        }
    }

    private static void desire(JsonNode node) {
        if (node instanceof ObjectNode object && object.has("weight")) {
            var weight = object.remove("weight");
            if (weight.isNull()) {
                object.putNull("desired");
            } else {
                object.putObject("desired").set("weight", weight);
            }
        }
    }

    private JsonNode stage(ObjectNode target, ObjectNode stage) {
        var step = stage.path("step").asInt();
        return switch (stage.path("type").asText()) {
            case "pausing" -> gate(step, condition("time").set("until", stage.get("until")));
            case "approving" -> gate(step, approval(target, stage, step));
            case "analyzing" -> gate(step, analysis(target.path("judging")));
            case "holding" -> stage.put("next", step + 1).put("cause", "SHARE");
            default -> stage;
        };
    }

    private ObjectNode approval(ObjectNode target, ObjectNode stage, int step) {
        var condition = condition("approval");
        condition.set("asks", Json.mapper().valueToTree(step(target, step)));
        condition.set("until", stage.get("until"));
        var by = condition.putArray("by");
        if (stage.path("approved").asBoolean()) {
            by.add("unknown");
        }
        return condition;
    }

    private Step step(ObjectNode target, int step) {
        var within = target.path("plan");
        if (within.isObject()) {
            return Json.mapper().convertValue(within.path("steps").path(step - 1), Step.class);
        }
        return plans.stream()
                .filter(plan -> plan.name().equals(within.asText()))
                .map(plan -> plan.steps().get(step - 1))
                .findFirst()
                .orElseThrow();
    }

    /** Where the steps are done, it is the first verdict of the one beside them that is waited for. */
    private static ObjectNode analysis(JsonNode judging) {
        var step = judging.path("step");
        if (step.isObject()) {
            return condition("analysis").set("id", step.get("id"));
        }
        var beside = judging.path("background");
        return beside.isObject() && beside.path("seen").path("upTo").asInt() == 0
                ? condition("firstVerdict").set("id", beside.get("id"))
                : condition("analysis").put("id", "").put("outcome", "Inconclusive");
    }

    private static ObjectNode gate(int step, ObjectNode condition) {
        var gate = Json.mapper()
                .createObjectNode()
                .put("type", "gate")
                .put("place", "STEP")
                .put("step", step);
        ArrayNode conditions = gate.putArray("conditions");
        conditions.add(condition);
        return gate;
    }

    private static ObjectNode condition(String type) {
        return Json.mapper().createObjectNode().put("type", type);
    }
}
