package dev.sluice.cli.trial;

import dev.sluice.cli.Exit;
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
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A target's release on invented metrics, from its first step to its last one or to what ends it. A weight is in force at once;
 * whoever is asked says yes.
 */
public final class Release {
    static final Duration LONGEST = Duration.ofDays(1);

    /** About a minute of waiting. */
    private static final long MOST_EVENTS = 20_000_000;

    private static final Instant BEGUN = Instant.parse("2026-01-01T00:00:00Z");
    private static final String BACKGROUND = "background";

    private final TargetPlan plan;
    private final Scenario scenario;
    private final JudgedTarget target;
    private final TriedAnalyses analyses;
    private final Set<String> notes = new LinkedHashSet<>();
    private final Set<String> unmeasured = new LinkedHashSet<>();
    private Weight weight = Weight.ZERO;
    private Duration firstTraffic = Duration.ZERO;

    private Ending ending;
    private Duration after;
    private String words;
    private boolean isFound;
    private boolean isPromoted;

    private Release(String application, TargetPlan plan, Scenario scenario) {
        this.plan = plan;
        this.scenario = scenario;
        this.target = new JudgedTarget(scenario, new TargetKey(application, plan.name()), BEGUN);
        this.analyses = new TriedAnalyses(application, plan, target);
    }

    /** @throws Stop where it takes longer than anybody waits for */
    public static Tried of(String application, TargetPlan plan, Scenario scenario) throws Stop {
        var release = new Release(application, plan, scenario);
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
            end(Ending.PROMOTED, target.sinceBegun(), passed());
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

    private void move(Weight next) {
        if (weight.isZero() && !next.isZero()) {
            firstTraffic = target.sinceBegun();
        }
        weight = next;
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
        var until = target.now().plus(duration);
        return () -> !target.now().isBefore(until);
    }

    private void await(BooleanSupplier met) throws Stop {
        while (isUnderWay() && !met.getAsBoolean()) {
            checkLength();
            for (var verdict : target.pass(weight)) {
                take(verdict);
            }
        }
    }

    private void checkLength() throws Stop {
        if (target.sinceBegun().compareTo(LONGEST) >= 0) {
            throw new Stop(
                    Exit.INVALID,
                    "The release of " + plan.name() + " takes more than " + LONGEST.toHours()
                            + " hours: shorten its pauses to test it");
        }
        if (target.events() > MOST_EVENTS) {
            throw new Stop(
                    Exit.INVALID,
                    "The release of " + plan.name() + " has more than " + MOST_EVENTS
                            + " events: shorten its pauses, or have fewer series, or fewer single values a second");
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
            background.unpassed().ifPresent(standing -> act(background, standing, target.sinceBegun()));
        }
        if (background.isOpen()) {
            analyses.close(background, background.run().lastOutcome(), "the steps are done", target.sinceBegun());
        }
    }

    private void take(Verdict verdict) {
        var found = Duration.between(BEGUN, verdict.time());
        analyses.stillOpen(verdict.analysis())
                .ifPresent(analysis -> act(analysis, analysis.take(verdict, found, weight), found));
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
        return scenario.changedBy(after)
                .filter(change -> change.compareTo(firstTraffic) > 0)
                .orElse(firstTraffic);
    }
}
