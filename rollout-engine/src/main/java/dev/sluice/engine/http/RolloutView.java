package dev.sluice.engine.http;

import dev.sluice.engine.core.state.Rollout;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Terms;
import dev.sluice.engine.core.told.StatusView;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.rollout.TargetPlan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An application's running or last rollout.
 *
 * @param rollout null where none was ever begun, or the application was deleted
 * @param labels the file's
 * @param window what its file's windows say now; null where it has none, or is over
 * @param targets each as on {@code rollout.status}
 * @param steps what each target does, in order, by target; step 1 is the first
 * @param dependsOn which targets have to be promoted before each, by target; without those that wait for none
 * @param lockstep groups of targets that enter each step together
 */
public record RolloutView(
        String application,
        String rollout,
        String revision,
        String actor,
        Instant startedAt,
        Map<String, String> labels,
        WindowView window,
        List<Status> targets,
        Map<String, List<StepView>> steps,
        Map<String, List<String>> dependsOn,
        List<List<String>> lockstep) {

    static RolloutView of(State state, Instant now) {
        var rollout = Optional.ofNullable(state.rollout());
        var runs = rollout.map(Rollout::targets).orElse(List.of());
        var terms = rollout.map(Rollout::terms).orElse(Terms.NONE);
        return new RolloutView(
                state.application(),
                rollout.map(Rollout::id).orElse(null),
                rollout.map(Rollout::revision).orElse(null),
                rollout.map(Rollout::actor).orElse(null),
                rollout.map(Rollout::startedAt).orElse(null),
                terms.labels(),
                rollout.filter(Rollout::running)
                        .map(running -> WindowView.of(running, now))
                        .orElse(null),
                runs.stream().map(run -> StatusView.of(state, run, now)).toList(),
                steps(runs),
                dependsOn(runs),
                terms.lockstep());
    }

    private static Map<String, List<String>> dependsOn(List<TargetRun> runs) {
        return runs.stream()
                .map(TargetRun::plan)
                .filter(plan -> !plan.dependsOn().isEmpty())
                .collect(Collectors.toMap(TargetPlan::name, TargetPlan::dependsOn));
    }

    private static Map<String, List<StepView>> steps(List<TargetRun> runs) {
        return runs.stream()
                .map(TargetRun::plan)
                .collect(Collectors.toMap(TargetPlan::name, plan -> StepView.of(plan.steps())));
    }
}
