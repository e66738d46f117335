package dev.sluice.engine.core.rule.command;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.rule.Verdicts;
import dev.sluice.engine.core.rule.step.Approvals;
import dev.sluice.engine.core.rule.step.Gates;
import dev.sluice.engine.core.state.Gate;
import dev.sluice.engine.core.state.Gate.Place;
import dev.sluice.engine.core.state.Hold;
import dev.sluice.engine.core.state.Holding;
import dev.sluice.engine.core.state.Stage;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Word;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.rollout.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What {@code skip}, {@code promote} and {@code goto} have in common: a person takes a target on in another way than its steps
 * would. Whatever holds it is lifted with that; an approval on the way is not passed without the role that it asks for (B22).
 */
final class Steering {
    private Steering() {}

    /**
     * @param refusal why a target can't be taken there; empty where it can
     * @param then takes it there
     */
    static void take(
            Draft d, Command command, Function<TargetRun, Optional<String>> refusal, Consumer<TargetRun> then) {
        var fitting = Commands.chosen(d, command, run -> isAtItsSteps(run.stage()));
        if (fitting.isEmpty()) {
            var words = "nothing to " + command.type().word() + ": " + Commands.now(d);
            Commands.reject(d, command.target(), words, List.of());
        }
        var refusals = refusals(d, command, fitting, refusal);
        for (var run : fitting) {
            if (refusals.containsKey(run.name())) {
                Commands.reject(d, run.name(), refusals.get(run.name()), List.of());
            } else {
                then.accept(run);
            }
        }
    }

    private static boolean isAtItsSteps(Stage stage) {
        return switch (stage) {
            case Gate gate -> gate.place() == Place.STEP;
            case Stage.Moving moving -> true;
            case Holding holding -> true;
            case Stage.Pending other -> false;
            case Stage.Beginning other -> false;
            case Stage.Completing other -> false;
            case Stage.Selecting other -> false;
            case Stage.AwaitingFinalize other -> false;
            case Stage.HandingBack other -> false;
            case Stage.RollingBack other -> false;
            case Stage.Observing other -> false;
            case Stage.Ended other -> false;
        };
    }

    /** By target; what enters each step together is taken on together, or not at all. */
    private static Map<String, String> refusals(
            Draft d, Command command, List<TargetRun> fitting, Function<TargetRun, Optional<String>> refusal) {
        var own = new LinkedHashMap<String, String>();
        for (var run : fitting) {
            foreignWeights(run).or(() -> refusal.apply(run)).ifPresent(words -> own.put(run.name(), words));
        }
        var all = new LinkedHashMap<>(own);
        for (var run : fitting) {
            for (var other : together(d, run)) {
                if (!fitting.contains(other)) {
                    var words = command.target() == null
                            ? " cannot be taken along: " + Commands.now(other)
                            : "; leave `target` out, so that '" + command.type().word() + "' means all of them";
                    all.putIfAbsent(run.name(), run.name() + " goes in lockstep with " + other.name() + words);
                } else if (own.containsKey(other.name())) {
                    all.putIfAbsent(
                            run.name(),
                            run.name() + " goes in lockstep with " + other.name() + ": " + own.get(other.name()));
                }
            }
        }
        return all;
    }

    /** The others of its group that are not over. */
    private static List<TargetRun> together(Draft d, TargetRun run) {
        return d.state().rollout().terms().lockstep().stream()
                .filter(group -> group.contains(run.name()))
                .flatMap(List::stream)
                .filter(name -> !name.equals(run.name()))
                .map(d::run)
                .filter(other -> !other.position().isEnded())
                .toList();
    }

    /** Whether one of its group is still at a step that this one has done. */
    static boolean isWaitedFor(Draft d, TargetRun run) {
        return together(d, run).stream()
                .anyMatch(other ->
                        !(other.stage() instanceof Holding holding && holding.cause() == Holding.Cause.LOCKSTEP));
    }

    private static Optional<String> foreignWeights(TargetRun run) {
        var hold = run.position().hold();
        return run.traffic().interrupted() != null || (hold != null && hold.isBy(Hold.Kind.FENCE))
                ? Optional.of("somebody else wrote weights to its routes: look at them, then 'resume' or 'abort' first")
                : Optional.empty();
    }

    /**
     * @param from the first step whose approvals are on the way, from 1
     * @param before the first step whose approvals aren't
     */
    static Optional<String> approvalOnTheWay(Draft d, Command command, TargetRun run, int from, int before) {
        for (int step = from; step < before; step++) {
            for (var open : approvals(run, step)) {
                var refusal = Approvals.refusalToPass(d, open, step, command);
                if (refusal.isPresent()) {
                    return refusal;
                }
            }
        }
        return Optional.empty();
    }

    /** Those of a step that are not over: as it stands at its gate, else as they will be asked. */
    private static List<Word.Approval> approvals(TargetRun run, int step) {
        if (run.stage() instanceof Gate gate && gate.step() == step) {
            return Approvals.open(run);
        }
        return Gates.conditions(run.plan().steps().get(step - 1)).stream()
                .filter(Step.Approval.class::isInstance)
                .map(asks -> Word.Approval.open((Step.Approval) asks, null))
                .toList();
    }

    /** The first step that is not over yet. */
    static int current(TargetRun run) {
        return run.stage() instanceof Holding holding
                ? holding.step() + 1
                : run.stage().step();
    }

    /** A word to go on is one to go on, whoever had paused it. */
    static void liftHolds(Draft d, Command command, String target) {
        for (var hold = d.run(target).position().hold();
                hold != null;
                hold = d.run(target).position().hold()) {
            var words = "no longer " + hold.words() + ": '" + command.type().word() + "'";
            var why = Commands.asked(command, d.run(target).stage().code(), words);
            d.decide(new Decision.Resumed(target, why, d.at(), command.actor()));
        }
    }

    static void stopAnalyses(Draft d, Command command, String target) {
        var judging = d.run(target).judging();
        var words = "'" + command.type().word() + "' by " + command.actor();
        judging.steps().forEach(analysis -> Verdicts.stop(d, target, analysis, words));
        if (judging.measuring() != null) {
            Verdicts.stop(d, target, judging.measuring(), words);
        }
    }
}
