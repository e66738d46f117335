package dev.sluice.engine.core.rule.command;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.rule.Verdicts;
import dev.sluice.engine.core.rule.step.Analyses;
import dev.sluice.engine.core.rule.step.Approvals;
import dev.sluice.engine.core.state.AnalysisRun;
import dev.sluice.engine.core.state.Holding;
import dev.sluice.engine.core.state.Stage;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Terms;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.rollout.AnalysisSpec;
import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.RolloutPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;

/** {@code update}: the running rollout goes on by another file, which says the same of what has begun already. */
final class Update {
    private Update() {}

    static void take(Draft d, Command command, RolloutFileReader.Read file) {
        switch (file) {
            case RolloutFileReader.Read.Invalid invalid -> Start.rejectFile(d, invalid);
            case RolloutFileReader.Read.Valid valid -> take(d, command, valid);
        }
    }

    private static void take(Draft d, Command command, RolloutFileReader.Read.Valid file) {
        if (command.target() != null) {
            var words = "'update' takes the whole file, not target " + command.target() + " alone: leave `target` out";
            Commands.reject(d, command.target(), words, List.of());
            return;
        }
        var plan = file.plan();
        var refusals = refusals(d, plan);
        if (!refusals.isEmpty()) {
            Commands.reject(d, null, String.join("; ", refusals), List.of());
            return;
        }
        var changes = changes(d, plan);
        if (changes.isEmpty()) {
            var words = "the file says of rollout " + d.state().rollout().id() + " what it goes by already";
            d.decide(new Decision.Ignored(null, Draft.why(null, words), d.at(), true));
            return;
        }
        update(d, command, plan, String.join("; ", changes) + Start.warnings(file.warnings()));
    }

    private static List<String> refusals(Draft d, RolloutPlan plan) {
        var rollout = d.state().rollout();
        var names = plan.targets().stream().map(target -> target.name()).toList();
        var running = d.runs().stream().map(run -> run.name()).toList();
        var refusals = new ArrayList<String>();
        Approvals.refusal(rollout.origin(), plan).ifPresent(refusals::add);
        if (!plan.application().equals(d.state().application())) {
            refusals.add("the file's application is " + plan.application());
        } else if (plan.observes() != rollout.isObserving()) {
            refusals.add("who decides about rollout " + rollout.id()
                    + " is settled with its start, and `mode` is another now:" + " end it, and start the file anew");
        } else if (names.size() != running.size() || !running.containsAll(names)) {
            refusals.add("the file has the targets " + names + ", and the rollout " + running
                    + ": another target needs a rollout of its own (`targets` narrows a file)");
        } else {
            for (var run : d.runs()) {
                var next = plan.targets().stream()
                        .filter(target -> target.name().equals(run.name()))
                        .findFirst();
                refusals.addAll(Changes.refusals(run, next.orElseThrow()));
            }
            var hasBegun = d.runs().stream().anyMatch(run -> run.traffic().generation() > 0);
            if (hasBegun && !rollout.terms().lockstep().equals(plan.lockstep())) {
                refusals.add("lockstep groups are other ones, and targets have begun");
            }
        }
        return refusals;
    }

    /** What is different, for people; empty where nothing is. */
    private static List<String> changes(Draft d, RolloutPlan plan) {
        var changes = new ArrayList<String>();
        for (var next : plan.targets()) {
            var words = Changes.words(d.run(next.name()).plan(), next);
            if (!words.isEmpty()) {
                changes.add("target " + next.name() + ": " + String.join(", ", words));
            }
        }
        if (!Terms.of(plan).equals(d.state().rollout().terms())) {
            changes.add("terms of the whole rollout");
        }
        return changes;
    }

    private static void update(Draft d, Command command, RolloutPlan plan, String changes) {
        var plans = d.runs().stream()
                .map(run -> plan.targets().stream()
                        .filter(target -> target.name().equals(run.name()))
                        .findFirst()
                        .orElseThrow()
                        .on(run.plan().routes()))
                .toList();
        var before = new HashMap<String, AnalysisSpec>();
        d.runs().forEach(run -> before.put(run.name(), run.plan().background()));
        var why = Commands.asked(command, ReasonCode.BEGINNING, "updated (" + changes + ")");
        d.decide(new Decision.Updated(why, d.at(), command.actor(), Terms.of(plan), plans));
        for (var run : d.runs()) {
            var beside = run.judging().background();
            if (beside != null) {
                judgeAnew(d, run.name(), beside, run.plan().background());
                if (isWatched(d.run(run.name()))) {
                    Analyses.openBackground(d, run.name());
                }
            } else if (isNew(before.get(run.name()), run.plan().background()) && isWatched(run)) {
                Analyses.openBackground(d, run.name());
            }
        }
    }

    /** One that a person, or its end, has stopped stays so unless the file asks something else of it. */
    private static boolean isNew(AnalysisSpec before, AnalysisSpec now) {
        return !Objects.equals(before, now);
    }

    private static boolean isWatched(TargetRun run) {
        var passes = (run.stage() instanceof Holding holding && holding.passes())
                || (run.stage() instanceof Stage.Moving moving && moving.passes());
        return run.position().isUnderWay()
                && run.position().hold() == null
                && run.stage().step() > 0
                && !passes;
    }

    /** What it has counted still counts where it asks the same. */
    private static void judgeAnew(Draft d, String target, AnalysisRun beside, AnalysisSpec spec) {
        if (Objects.equals(beside.spec(), spec)) {
            return;
        }
        if (spec != null && beside.spec().asksLike(spec)) {
            var why = Draft.why(null, "analysis " + beside.name() + " goes on under other limits");
            d.decide(new Decision.AnalysisLimited(target, why, d.at(), spec));
            Verdicts.weigh(d, target, d.run(target).judging().background());
        } else {
            Verdicts.stop(d, target, beside, "the file asks something else now");
        }
    }
}
