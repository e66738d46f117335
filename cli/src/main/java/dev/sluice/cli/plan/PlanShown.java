package dev.sluice.cli.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.cli.engine.StepShown;
import dev.sluice.schemas.message.Finding;
import dev.sluice.schemas.message.Problem;
import java.util.List;

/**
 * A plan as the engine answers it.
 *
 * @param now what a start would lead to if it came now, in order
 * @param clusters what appliers find in the way of it; null where nobody asked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlanShown(
        String application, List<Target> targets, List<Problem> warnings, List<Led> now, List<Cluster> clusters) {

    /** @param watchedBy queries of the analysis beside the steps; null: none */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Target(
            String target,
            String cluster,
            String namespace,
            List<String> dependsOn,
            List<StepShown> before,
            List<StepShown> steps,
            List<String> watchedBy,
            String onPromoted,
            List<StepShown> after,
            List<String> routes) {}

    /** A decision as the audit would show it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Led(String decision, String target, String reason) {}

    /** @param checked false: nobody answered in time, and nothing is known of the route */
    public record Cluster(
            String target, String cluster, String route, boolean checked, String words, List<Finding> findings) {}

    public PlanShown {
        targets = targets == null ? List.of() : List.copyOf(targets);
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
        now = now == null ? List.of() : List.copyOf(now);
    }

    public boolean wouldBeRejected() {
        return !now.isEmpty() && now.stream().allMatch(led -> led.decision().equals("Rejected"));
    }

    public boolean wouldBeIgnored() {
        return !now.isEmpty() && now.stream().allMatch(led -> led.decision().equals("Ignored"));
    }
}
