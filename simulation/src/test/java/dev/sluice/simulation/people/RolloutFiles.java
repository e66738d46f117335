package dev.sluice.simulation.people;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.rollout.AnalysisSpec;
import dev.sluice.schemas.rollout.AnalysisSpec.Lookback;
import dev.sluice.schemas.rollout.OnInconclusive;
import dev.sluice.schemas.rollout.OnPromoted;
import dev.sluice.schemas.rollout.Ownership;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Query.Evaluation;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Readiness;
import dev.sluice.schemas.rollout.RollMode;
import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.RolloutPlan;
import dev.sluice.schemas.rollout.Route;
import dev.sluice.schemas.rollout.Rule;
import dev.sluice.schemas.rollout.Selector;
import dev.sluice.schemas.rollout.SessionAffinity;
import dev.sluice.schemas.rollout.Step;
import dev.sluice.schemas.rollout.TargetPlan;
import dev.sluice.schemas.rollout.TargetPlan.FirstDeployment;
import dev.sluice.schemas.rollout.TargetPlan.OnEndpointsLost;
import dev.sluice.simulation.manifest.Site;
import dev.sluice.simulation.world.Chance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rollout files that people wrote, as the reader resolves them. A command carries its file; here it is looked up by
 * the command's id instead, so that a run doesn't spend its time on parsing.
 */
public final class RolloutFiles {
    public static final String ROLE = "sre";
    /** Of errors to requests. */
    public static final double ERROR_LIMIT = 0.05;

    public static final long MINIMUM_SAMPLES = 10;

    /** The greatest share of requests that may take longer than {@link #SLOW}. */
    public static final double SLOW_SHARE = 0.1;
    /** Seconds. */
    public static final double SLOW = 0.1;

    private static final Query ERRORS = query(
            "errors",
            new Question.Ratio(new Selector("requests", Map.of("code", "5..")), Selector.of("requests")),
            ERROR_LIMIT);
    private static final Query TIMES =
            query("times", new Question.Quantile(Selector.of("duration"), 1 - SLOW_SHARE), SLOW);

    private final Map<String, RolloutFileReader.Read> files = new HashMap<>();

    RolloutFileReader.Read write(Chance chance, Scene scene, String commandId) {
        var onPromoted = chance.percent(70) ? OnPromoted.SWAP : OnPromoted.HANDBACK;
        var steps = scene.isWhole() ? wholeSteps(chance) : steps(chance);
        // two of them in a row would take longer than a run lasts
        if (!scene.isWhole() && scene.targets().size() == 1 && chance.percent(30)) {
            steps.add(1, patience(chance));
        }
        var targets = new ArrayList<TargetPlan>();
        for (var cluster : scene.targets()) {
            var before = targets.isEmpty()
                    ? List.<String>of()
                    : List.of(targets.getLast().name());
            targets.add(target(chance, scene, cluster, before, steps, onPromoted));
        }
        var file = new RolloutFileReader.Read.Valid(new RolloutPlan(scene.application(), Map.of(), targets));
        files.put(commandId, file);
        return file;
    }

    /** A file of which the outcome is certain: a bad release is found out, a good one gets through. */
    void writeTrial(Scene scene, String commandId) {
        var judged = new AnalysisSpec(
                Duration.ofSeconds(5),
                2,
                List.of(ERRORS),
                0,
                0,
                OnInconclusive.ROLLBACK,
                Duration.ZERO,
                Duration.ZERO,
                Lookback.SLIDING,
                1);
        List<Step> steps = List.of(
                new Step.SetWeight(scene.isWhole() ? Weight.FULL : Weight.percent(20)),
                new Step.Analysis(judged),
                new Step.Approval(List.of(ROLE), null),
                new Step.SetWeight(scene.isWhole() ? Weight.FULL : Weight.percent(60)),
                new Step.TimedPause(Duration.ofSeconds(3)));
        var targets = new ArrayList<TargetPlan>();
        for (var cluster : scene.targets()) {
            var before = targets.isEmpty()
                    ? List.<String>of()
                    : List.of(targets.getLast().name());
            targets.add(new TargetPlan(
                    cluster,
                    cluster,
                    Scene.NAMESPACE,
                    before,
                    OnEndpointsLost.ROLLBACK,
                    FirstDeployment.DIRECT,
                    Readiness.DEFAULT,
                    null,
                    Duration.ofSeconds(40),
                    steps,
                    null,
                    routes(scene, cluster, OnPromoted.SWAP, Ownership.OWN)));
        }
        files.put(commandId, new RolloutFileReader.Read.Valid(new RolloutPlan(scene.application(), Map.of(), targets)));
    }

    /** Of every other route of those whose mesh can. */
    private static SessionAffinity affinity(Site site, String cluster) {
        var isAsked = Math.floorMod(site.route(cluster).hashCode(), 2) == 0;
        return site.manifest().keepsClients() && isAsked ? new SessionAffinity("canary", SessionAffinity.A_DAY) : null;
    }

    private static List<Route> routes(Scene scene, String cluster, OnPromoted onPromoted, Ownership ownership) {
        return scene.sites().stream()
                .map(site -> new Route(
                        site.route(cluster),
                        site.manifest().mesh(),
                        site.active(),
                        site.canary(),
                        onPromoted,
                        ownership,
                        affinity(site, cluster),
                        site.manifest().entry(site)))
                .toList();
    }

    public RolloutFileReader.Read read(Command command) {
        return files.get(command.id());
    }

    private static TargetPlan target(
            Chance chance, Scene scene, String cluster, List<String> before, List<Step> steps, OnPromoted onPromoted) {
        var ownership = chance.percent(90) ? Ownership.OWN : Ownership.ADOPT;
        return new TargetPlan(
                cluster,
                cluster,
                Scene.NAMESPACE,
                before,
                chance.percent(70) ? OnEndpointsLost.ROLLBACK : OnEndpointsLost.HOLD,
                chance.percent(50) ? FirstDeployment.DIRECT : FirstDeployment.STEPS,
                chance.percent(80) ? Readiness.DEFAULT : new Readiness(2, false),
                null,
                Duration.ofSeconds(chance.between(15, 40)),
                steps,
                chance.percent(30) ? background(chance) : null,
                routes(scene, cluster, onPromoted, ownership));
    }

    private static List<Step> steps(Chance chance) {
        var steps = new ArrayList<Step>();
        var weight = 0;
        for (var more = chance.between(1, 3); more > 0; more--) {
            weight += chance.between(1, 30);
            steps.add(new Step.SetWeight(Weight.percent(weight)));
            steps.add(wait(chance));
        }
        steps.add(new Step.SetWeight(Weight.FULL));
        return steps;
    }

    /** All of it at once, and back if need be. */
    private static List<Step> wholeSteps(Chance chance) {
        var steps = new ArrayList<Step>();
        if (chance.percent(30)) {
            steps.add(approval(chance));
        }
        steps.add(new Step.SetWeight(Weight.FULL));
        for (var more = chance.between(0, 2); more > 0; more--) {
            steps.add(wait(chance));
        }
        return steps;
    }

    private static Step wait(Chance chance) {
        return switch (chance.between(0, 3)) {
            case 0 -> new Step.TimedPause(Duration.ofSeconds(chance.between(1, 8)));
            case 1 -> approval(chance);
            default -> new Step.Analysis(analysis(chance, chance.between(1, 2)));
        };
    }

    /** Longer than requests and weight may disagree. */
    private static Step patience(Chance chance) {
        return new Step.Analysis(new AnalysisSpec(
                Duration.ofSeconds(5),
                13,
                List.of(query(chance)),
                0,
                13,
                chance.oneOf(List.of(OnInconclusive.values())),
                Duration.ZERO,
                Duration.ZERO,
                Lookback.SLIDING,
                1));
    }

    private static Step approval(Chance chance) {
        return new Step.Approval(
                chance.percent(50) ? List.of(ROLE) : List.of(),
                chance.percent(50) ? Duration.ofSeconds(chance.between(20, 60)) : null);
    }

    private static AnalysisSpec background(Chance chance) {
        return analysis(chance, 0);
    }

    private static AnalysisSpec analysis(Chance chance, int runs) {
        return new AnalysisSpec(
                Duration.ofSeconds(chance.between(4, 8)),
                runs,
                List.of(query(chance)),
                chance.percent(80) ? 0 : 1,
                chance.percent(50) ? 0 : 2,
                chance.oneOf(List.of(OnInconclusive.values())),
                Duration.ofSeconds(chance.percent(60) ? 0 : chance.between(1, 5)),
                Duration.ZERO,
                chance.oneOf(List.of(Lookback.values())),
                null,
                1,
                mode(chance),
                mode(chance),
                false);
    }

    private static RollMode mode(Chance chance) {
        return chance.percent(85) ? RollMode.AUTOMATIC : RollMode.MANUAL;
    }

    private static Query query(Chance chance) {
        var drawn = chance.percent(75) ? ERRORS : TIMES;
        var evaluation = chance.oneOf(List.of(Evaluation.values()));
        return drawn.withEvaluation(evaluation);
    }

    private static Query query(String name, Question asks, double upperLimit) {
        return new Query(name, asks, new Rule.Limits(upperLimit, null), Evaluation.INTERVAL)
                .withMinimumSamples(MINIMUM_SAMPLES);
    }
}
