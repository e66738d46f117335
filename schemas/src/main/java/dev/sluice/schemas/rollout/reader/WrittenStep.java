package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A step or a condition as it stands in the file, whether or not its shape is right.
 *
 * @param kind its key
 * @param body what is below the key
 * @param at where the body is
 */
record WrittenStep(String kind, JsonNode body, Pointer at) {
    static final String BACKGROUND = "analysis";

    private static final List<String> BEFORE_AND_AFTER = List.of("redirectTrafficAfter", "shutDownOldVersionAfter");
    private static final List<String> CONSTRAINTS = List.of("beforeDeployment", "afterDeployment");

    /** Every one of the file, analyses beside the steps included. */
    static List<WrittenStep> all(JsonNode file) {
        var all = new ArrayList<WrittenStep>();
        for (var target : file.path("targets").properties()) {
            var at = Pointer.of("targets", target.getKey(), "constraints");
            for (var key : CONSTRAINTS) {
                all.addAll(of(target.getValue().path("constraints").path(key), at.to(key)));
            }
        }
        for (var strategy : file.path("strategies").properties()) {
            all.addAll(ofStrategy(strategy.getValue(), Pointer.of("strategies", strategy.getKey())));
        }
        return all;
    }

    private static List<WrittenStep> ofStrategy(JsonNode strategy, Pointer at) {
        var all = new ArrayList<WrittenStep>();
        var canary = strategy.path("canary");
        if (canary.path(BACKGROUND).isObject()) {
            all.add(new WrittenStep(
                    "analysis", canary.path(BACKGROUND), at.to("canary").to(BACKGROUND)));
        }
        all.addAll(of(canary.path("steps"), at.to("canary").to("steps")));
        for (var key : BEFORE_AND_AFTER) {
            all.addAll(
                    of(strategy.path("blueGreen").path(key), at.to("blueGreen").to(key)));
        }
        return all;
    }

    /** Of a list in the file. */
    static List<WrittenStep> of(JsonNode steps, Pointer at) {
        var all = new ArrayList<WrittenStep>();
        for (int i = 0; i < steps.size(); i++) {
            for (var step : steps.path(i).properties()) {
                all.add(new WrittenStep(step.getKey(), step.getValue(), at.to(i).to(step.getKey())));
            }
        }
        return all;
    }

    boolean is(String other) {
        return kind.equals(other);
    }
}
