package dev.sluice.engine.core.rule.command;

import dev.sluice.engine.core.state.Gate;
import dev.sluice.engine.core.state.Holding;
import dev.sluice.engine.core.state.Stage;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.rollout.Step;
import dev.sluice.schemas.rollout.TargetPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** What is different between the file that a target goes by and another one. */
final class Changes {
    /** What may change while a target is under way, beside its steps. */
    private static final Map<String, Function<TargetPlan, Object>> LIMITS = limits();

    /** What a target has begun with. */
    private static final Map<String, Function<TargetPlan, Object>> BEGINNING = beginning();

    private static final int ALL = Integer.MAX_VALUE;

    private Changes() {}

    private static Map<String, Function<TargetPlan, Object>> limits() {
        var limits = new LinkedHashMap<String, Function<TargetPlan, Object>>();
        limits.put("timeout", TargetPlan::timeout);
        limits.put("background analysis", TargetPlan::background);
        limits.put("onEndpointsLost", TargetPlan::onEndpointsLost);
        limits.put("readiness", TargetPlan::readiness);
        limits.put("settle", TargetPlan::settle);
        limits.put("afterDeployment", TargetPlan::after);
        return limits;
    }

    private static Map<String, Function<TargetPlan, Object>> beginning() {
        var beginning = new LinkedHashMap<String, Function<TargetPlan, Object>>();
        beginning.put("dependsOn", TargetPlan::dependsOn);
        beginning.put("beforeDeployment", TargetPlan::before);
        beginning.put("workload", TargetPlan::workload);
        beginning.put("firstDeployment", TargetPlan::firstDeployment);
        return beginning;
    }

    /** In what the two differ, in words of the file; empty where they don't. */
    static List<String> words(TargetPlan now, TargetPlan next) {
        var words = new ArrayList<String>();
        if (!now.steps().equals(next.steps())) {
            words.add("steps from " + (alike(now.steps(), next.steps()) + 1) + " on ("
                    + now.steps().size() + " before, " + next.steps().size() + " now)");
        }
        words.addAll(different(LIMITS, now, next));
        words.addAll(different(BEGINNING, now, next));
        return words;
    }

    /** Why the target can't go on by that file; empty where it can. */
    static List<String> refusals(TargetRun run, TargetPlan next) {
        var now = run.plan();
        var on = "target " + run.name() + ": ";
        if (!now.cluster().equals(next.cluster()) || !now.namespace().equals(next.namespace())) {
            return List.of(on + "another cluster or namespace needs a rollout of its own");
        }
        if (!now.routes().equals(next.routes())) {
            return List.of(on + "other routes, or the same with other settings, need a rollout of their own");
        }
        return switch (run.stage()) {
            case Stage.Pending stage -> List.of();
            case Gate gate -> ofWaiting(run, next, on, gate);
            case Stage.Beginning stage -> ofBeginning(run, next, on);
            case Stage.Moving stage -> ofBegun(run, next, on, stage.step());
            case Holding stage -> ofHeld(run, next, on, stage);
            case Stage.Completing stage -> ofBegun(run, next, on, ALL);
            case Stage.Selecting stage -> ofBegun(run, next, on, ALL);
            case Stage.AwaitingFinalize stage -> ofBegun(run, next, on, ALL);
            case Stage.HandingBack stage -> ofOver(run, next, on);
            case Stage.RollingBack stage -> ofOver(run, next, on);
            case Stage.Observing stage -> ofOver(run, next, on);
            case Stage.Ended stage -> ofOver(run, next, on);
        };
    }

    private static List<String> ofWaiting(TargetRun run, TargetPlan next, String on, Gate gate) {
        return switch (gate.place()) {
            case BEFORE -> ofBegun(run, next, on, 0);
            case STEP -> ofBegun(run, next, on, gate.step());
            case AFTER ->
                run.plan().after().equals(next.after())
                        ? ofBegun(run, next, on, ALL)
                        : List.of(on + "afterDeployment has begun, and the file has another one");
        };
    }

    /** How certain it has to be that the active backend is empty was asked with its first order. */
    private static List<String> ofBeginning(TargetRun run, TargetPlan next, String on) {
        return Objects.equals(run.plan().settle(), next.settle())
                ? ofBegun(run, next, on, 0)
                : List.of(on + "another settle has to wait until its first step has begun");
    }

    private static List<String> ofHeld(TargetRun run, TargetPlan next, String on, Holding stage) {
        if (stage.passes() && !run.plan().steps().equals(next.steps())) {
            return List.of(on + "it is about to be promoted past its steps: 'goto' one of them first");
        }
        return stage.next() > next.steps().size()
                ? List.of(on + "step " + stage.next() + " is about to begin, and the file has none of that number")
                : ofBegun(run, next, on, stage.step());
    }

    /** @param begun how many steps have begun */
    private static List<String> ofBegun(TargetRun run, TargetPlan next, String on, int begun) {
        var now = run.plan();
        var changed = different(BEGINNING, now, next);
        if (!changed.isEmpty()) {
            return List.of(on + changed + " counts when a target begins, and it has begun");
        }
        var alike = alike(now.steps(), next.steps());
        var isBeyond = begun > now.steps().size();
        if (isBeyond && !now.steps().equals(next.steps())) {
            return List.of(on + "all its steps are done, and the file has other ones");
        }
        return alike < Math.min(begun, now.steps().size())
                ? List.of(on + "step " + (alike + 1) + " has begun, and the file has another one there")
                : List.of();
    }

    private static List<String> ofOver(TargetRun run, TargetPlan next, String on) {
        var changed = words(run.plan(), next);
        return changed.isEmpty()
                ? List.of()
                : List.of(on + "it is " + run.position().phase().word() + ", and the file changes its "
                        + String.join(", ", changed));
    }

    private static List<String> different(
            Map<String, Function<TargetPlan, Object>> parts, TargetPlan now, TargetPlan next) {
        return parts.entrySet().stream()
                .filter(part -> !Objects.equals(
                        part.getValue().apply(now), part.getValue().apply(next)))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** How many steps, from the first, are the same. */
    private static int alike(List<Step> now, List<Step> next) {
        var most = Math.min(now.size(), next.size());
        for (int i = 0; i < most; i++) {
            if (!now.get(i).equals(next.get(i))) {
                return i;
            }
        }
        return most;
    }
}
