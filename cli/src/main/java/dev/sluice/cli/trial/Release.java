package dev.sluice.cli.trial;

import dev.sluice.cli.Stop;
import dev.sluice.cli.trial.Tried.Ending;
import dev.sluice.engine.core.rule.Tally.Standing;
import dev.sluice.gate.core.TargetKey;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.OnInconclusive;
import dev.sluice.schemas.rollout.RollMode;
import dev.sluice.schemas.rollout.Step;
import dev.sluice.schemas.rollout.TargetPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A target's release, from its first step to its last one or to what ends it. Whoever is asked says yes. */
public final class Release {
    private static final String BACKGROUND = "background";

    private final TargetPlan plan;
    private final Ground ground;
    private final TriedAnalyses analyses;
    private final Set<String> notes = new LinkedHashSet<>();
    private final Set<String> unmeasured = new LinkedHashSet<>();
    /** When something is due. */
    private final NavigableSet<Instant> alarms = new TreeSet<>();

    private Duration firstTraffic = Duration.ZERO;

    private Ending ending;
    private Duration after;
    private String words;
    private boolean isFound;
    private boolean isPromoted;

    private Release(String application, TargetPlan plan, Ground ground) {
        this.plan = plan;
        this.ground = ground;
        this.analyses = new TriedAnalyses(application, plan, ground);
    }

    /** @throws Stop where it takes longer than anybody waits for */
    public static Tried of(String application, TargetPlan plan, Scenario scenario) throws Stop {
        return on(new InventedGround(scenario, new TargetKey(application, plan.name())), application, plan);
    }

    public static Tried on(Ground ground, String application, TargetPlan plan) throws Stop {
        var release = new Release(application, plan, ground);
        release.run();
        return release.told();
    }

    private void run() throws Stop {
        await("before", plan.before());
        for (int number = 1; number <= plan.steps().size() && isUnderWay(); number++) {
            openBackground(number);
            take("step-" + number, plan.steps().get(number - 1));
        }
        closeBackground();
        isPromoted = isUnderWay();
        await("after", plan.after());
        if (isUnderWay()) {
            end(Ending.PROMOTED, sinceBegun(), passed());
        }
    }

    private String passed() {
        if (analyses.isEmpty()) {
            return "nothing is judged: the file has no analysis";
        }
        return unmeasured.isEmpty()
                ? "every analysis passed"
                : "nothing failed, but nothing was measured either by " + String.join(", ", unmeasured);
    }

    private Duration sinceBegun() {
        return Duration.between(ground.begun(), ground.now());
    }

    private boolean isUnderWay() {
        return ending == null;
    }

    private void take(String name, Step step) throws Stop {
        switch (step) {
            case Step.SetWeight(var next) -> move(next);
            case Step.SetMatch match -> beside();
            case Step.SetMirror mirror -> beside();
            case Step.Bake(var duration) -> await(passed(duration));
            case Step.Together(var conditions) -> await(name, conditions);
            case Step.Condition condition -> await(name, List.of(condition));
        }
    }

    private void beside() {
        notes.add(
                "what setMatch and setMirror send to the canary is not in the metrics: give such series `atAnyWeight`");
    }

    private void move(Weight next) throws Stop {
        var before = ground.weight();
        ground.order(next);
        await(() -> ground.hasCarried(next));
        if (!isUnderWay()) {
            return;
        }
        if (before.isZero() && !next.isZero()) {
            firstTraffic = sinceBegun();
        }
        analyses.moved();
    }

    /** Side by side. */
    private void await(String name, List<? extends Step> steps) throws Stop {
        var conditions = steps.stream().flatMap(Release::conditions).toList();
        var met = new ArrayList<BooleanSupplier>();
        for (int i = 0; i < conditions.size() && isUnderWay(); i++) {
            met.add(begun(conditions.size() == 1 ? name : name + "-" + (i + 1), conditions.get(i)));
        }
        await(() -> met.stream().allMatch(BooleanSupplier::getAsBoolean));
    }

    private static Stream<Step.Condition> conditions(Step step) {
        return switch (step) {
            case Step.Together(var several) -> several.stream();
            case Step.Condition condition -> Stream.of(condition);
            default -> Stream.empty(); // waits for nothing
        };
    }

    private BooleanSupplier begun(String name, Step.Condition condition) {
        return switch (condition) {
            case Step.TimedPause(var duration) -> passed(duration);
            case Step.Analysis(var spec) -> {
                var analysis = analyses.open(name, spec);
                yield () -> !analysis.isOpen();
            }
            case Step.Approval approval -> {
                notes.add("approvals are given at once");
                yield () -> true;
            }
            case Step.RunWebhook(var webhook) -> {
                notes.add("webhook " + webhook.name() + " is not called: it passes");
                yield () -> true;
            }
        };
    }

    private BooleanSupplier passed(Duration duration) {
        var until = ground.now().plus(duration);
        alarms.add(until);
        return () -> !ground.now().isBefore(until);
    }

    private void await(BooleanSupplier met) throws Stop {
        while (isUnderWay() && !met.getAsBoolean()) {
            if (ground.isOver()) {
                end(Ending.UNDER_WAY, sinceBegun(), "nothing has failed by the end of what was recorded");
                return;
            }
            for (var verdict : ground.pass(alarms.higher(ground.now()))) {
                take(verdict);
            }
        }
    }

    private void openBackground(int step) {
        var spec = plan.background();
        if (spec != null && step >= spec.startingStep() && analyses.get(BACKGROUND) == null) {
            analyses.open(BACKGROUND, spec);
        }
    }

    /** One that never passed is no success either; one without any verdict yet is waited for. */
    private void closeBackground() throws Stop {
        var background = analyses.get(BACKGROUND);
        if (background == null || !isUnderWay()) {
            return;
        }
        await(() -> background.run().hasLooked());
        if (isUnderWay()) {
            background.unpassed().ifPresent(standing -> act(background, standing, sinceBegun()));
        }
        if (background.isOpen()) {
            analyses.close(background, background.run().lastOutcome(), "the steps are done", sinceBegun());
        }
    }

    private void take(Verdict verdict) {
        var found = Duration.between(ground.begun(), verdict.time());
        analyses.stillOpen(verdict.analysis())
                .ifPresent(analysis -> act(analysis, analysis.take(verdict, found, ground.weight()), found));
    }

    private void act(TriedAnalysis analysis, Standing standing, Duration found) {
        switch (standing) {
            case Standing.Open open -> {}
            case Standing.Passed passed -> {
                analyses.close(analysis, Outcome.PASS, "all runs are judged", found);
                if (analysis.run().spec().rollForwardMode() == RollMode.MANUAL) {
                    notes.add("approvals are given at once");
                }
            }
            case Standing.Unmeasured(var why) -> {
                analyses.close(analysis, Outcome.INCONCLUSIVE, why, found);
                unmeasured.add(analysis.run().name());
            }
            case Standing.Failed(var why) -> {
                analyses.close(analysis, Outcome.FAIL, why, found);
                isFound = true;
                end(
                        analysis.run().spec().rollBackMode() == RollMode.MANUAL ? Ending.AWAITS_PERSON : wentBack(),
                        found,
                        analysis.run().name() + " failed: " + why);
            }
            case Standing.Inconclusive(var then, var why) -> {
                analyses.close(analysis, Outcome.INCONCLUSIVE, why, found);
                end(
                        then == OnInconclusive.ROLLBACK ? wentBack() : Ending.AWAITS_PERSON,
                        found,
                        analysis.run().name() + " was inconclusive: " + why);
            }
        }
    }

    /** What is promoted stays where it is. */
    private Ending wentBack() {
        return isPromoted ? Ending.AFTER_DEPLOYMENT_FAILED : Ending.ROLLED_BACK;
    }

    private void end(Ending how, Duration found, String why) {
        if (isUnderWay()) {
            ending = how;
            after = found;
            words = why;
        }
    }

    private Tried told() {
        notes.addAll(analyses.notes());
        return new Tried(
                plan.name(),
                ending,
                after,
                isFound ? after.minus(badSince()) : null,
                words,
                analyses.told(after),
                List.copyOf(notes));
    }

    /** The canary had traffic then, and did what it does. */
    private Duration badSince() {
        return ground.changedBy(after)
                .filter(change -> change.compareTo(firstTraffic) > 0)
                .orElse(firstTraffic);
    }
}
