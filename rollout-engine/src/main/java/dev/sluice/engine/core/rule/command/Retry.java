package dev.sluice.engine.core.rule.command;

import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.rule.Starts;
import dev.sluice.engine.core.rule.step.Approvals;
import dev.sluice.engine.core.state.Leave;
import dev.sluice.engine.core.state.Origin;
import dev.sluice.engine.core.state.Request;
import dev.sluice.engine.core.state.Rollout;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.rollout.RolloutPlan;
import dev.sluice.schemas.rollout.TargetPlan;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code retry}: the last rollout once more, on the targets that it was not promoted on. */
final class Retry {
    private Retry() {}

    static void take(Draft d, Command command, Instant appendedAt) {
        var refusal = refusal(d, command);
        if (refusal != null) {
            Commands.reject(d, command.target(), refusal, List.of());
            return;
        }
        var last = d.state().rollout();
        var asked = new Request(
                command.id(),
                last.revision(),
                command.actor(),
                Commands.asked(command, null, "rollout " + last.id() + " retried")
                        .words(),
                new Origin(
                        appendedAt,
                        command.automated(),
                        last.id(),
                        null,
                        d.isUnproven(),
                        d.entrance().trace()),
                plan(d.state().application(), last, failed(d, command)),
                Set.of(),
                false,
                Leave.NONE);
        Starts.refusal(d, asked)
                .or(() -> Approvals.refusal(asked.origin(), asked.plan()))
                .ifPresentOrElse(
                        words -> Commands.reject(d, command.target(), words, List.of()), () -> Starts.start(d, asked));
    }

    /** Null where it may be tried again. */
    private static String refusal(Draft d, Command command) {
        var last = d.state().rollout();
        if (last == null) {
            return "nothing to retry: " + Commands.now(d);
        }
        if (d.state().running()) {
            return "rollout " + last.id() + " is running: " + Commands.now(d) + "; wait for its end or abort it";
        }
        var misfit = Commands.misfit(d, command);
        if (misfit != null) {
            return misfit;
        }
        if (last.isObserving()) {
            return "rollout " + last.id() + " was only observed, and another tool decided: start the file again";
        }
        if (last.isUndo()) {
            return "rollout " + last.id() + " was an undo: say 'undo' again";
        }
        var again = failed(d, command);
        if (again.isEmpty()) {
            return "nothing to retry: " + Commands.now(d);
        }
        return again.stream()
                .filter(TargetRun::shortened)
                .findFirst()
                .map(run -> "the steps of target " + run.name()
                        + " are not the file's, for it was a first deployment: start the file again")
                .orElseGet(() -> missing(last, again));
    }

    private static List<TargetRun> failed(Draft d, Command command) {
        return Commands.chosen(d, command, run -> !run.position().isPromoted());
    }

    /** Null where nothing that they depend on is missing. */
    private static String missing(Rollout last, List<TargetRun> again) {
        var names = again.stream().map(TargetRun::name).collect(Collectors.toSet());
        var missing = again.stream()
                .flatMap(run -> last.dependencies(run).stream()
                        .filter(name -> !names.contains(name))
                        .map(name -> last.target(name).orElseThrow())
                        .filter(other -> !other.position().letsOthersStart())
                        .map(other -> missing(run, other)))
                .toList();
        return missing.isEmpty() ? null : String.join("; ", missing);
    }

    private static String missing(TargetRun run, TargetRun other) {
        var depends = "target " + run.name() + " depends on " + other.name() + ", and ";
        return other.position().isPromoted()
                ? depends
                        + "what was to pass after the deployment of that failed: start the file again, with both of"
                        + " them"
                : depends + Commands.now(other) + ": retry both of them, with both in `targets`, or leave `target` out";
    }

    /** What a target depends on and was promoted is done; going there again would swap its backends once more. */
    private static RolloutPlan plan(String application, Rollout last, List<TargetRun> again) {
        var names = again.stream().map(TargetRun::name).collect(Collectors.toSet());
        var targets = again.stream().map(run -> without(run.plan(), names)).toList();
        var terms = last.terms();
        var groups = terms.lockstep().stream()
                .map(group -> group.stream().filter(names::contains).toList())
                .filter(group -> group.size() > 1)
                .toList();
        return new RolloutPlan(
                application,
                terms.labels(),
                targets,
                terms.rollbackGroup(),
                groups,
                terms.inProgress(),
                terms.windows());
    }

    private static TargetPlan without(TargetPlan plan, Set<String> names) {
        var left = plan.dependsOn().stream().filter(names::contains).toList();
        return left.equals(plan.dependsOn()) ? plan : plan.dependingOn(left);
    }
}
