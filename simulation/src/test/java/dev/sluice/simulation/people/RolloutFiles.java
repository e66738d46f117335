package dev.sluice.simulation.people;

import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.rollout.OnPromoted;
import dev.sluice.schemas.rollout.Ownership;
import dev.sluice.schemas.rollout.Readiness;
import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.Route;
import dev.sluice.schemas.rollout.SessionAffinity;
import dev.sluice.schemas.rollout.Step;
import dev.sluice.schemas.rollout.TargetPlan;
import dev.sluice.schemas.rollout.TargetPlan.FirstDeployment;
import dev.sluice.schemas.rollout.TargetPlan.OnEndpointsLost;
import dev.sluice.simulation.manifest.Site;
import dev.sluice.simulation.world.Chance;
import java.time.Duration;
import java.time.Instant;
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
    /** May let a rollout pass freezes and windows. */
    public static final String OVERRIDER = "boss";

    /** Of errors to requests. */
    public static final double ERROR_LIMIT = 0.05;

    public static final long MINIMUM_SAMPLES = 10;

    /** The greatest share of requests that may take longer than {@link #SLOW}. */
    public static final double SLOW_SHARE = 0.1;
    /** Seconds. */
    public static final double SLOW = 0.1;

    private final Map<String, RolloutFileReader.Read> files = new HashMap<>();

    RolloutFileReader.Read write(Chance chance, Scene scene, String commandId, Instant now) {
        var onPromoted = chance.percent(70) ? OnPromoted.SWAP : OnPromoted.HANDBACK;
        var steps = Strategies.draw(chance, scene);
        var constraints = Constraints.draw(chance, scene, now);
        var targets = new ArrayList<TargetPlan>();
        for (var cluster : scene.targets()) {
            targets.add(target(chance, scene, cluster, constraints.before(targets), steps, onPromoted));
        }
        var plan = constraints.plan(scene.application(), targets);
        var file = new RolloutFileReader.Read.Valid(isOfAnotherTool(commandId, now) ? plan.observing() : plan);
        files.put(commandId, file);
        return file;
    }

    /** Told by its name and its time, so that the dice fall as they do without. */
    private static boolean isOfAnotherTool(String commandId, Instant now) {
        return Math.floorMod((commandId + now).hashCode(), 7) == 0;
    }

    /** A file of which the outcome is certain: a bad release is found out, a good one gets through. */
    void writeTrial(Scene scene, String commandId) {
        var steps = Strategies.certain(scene, commandId);
        var constraints = Constraints.of(scene, commandId);
        var targets = new ArrayList<TargetPlan>();
        for (var cluster : scene.targets()) {
            targets.add(new TargetPlan(
                    cluster,
                    cluster,
                    Scene.NAMESPACE,
                    constraints.before(targets),
                    OnEndpointsLost.ROLLBACK,
                    FirstDeployment.DIRECT,
                    Readiness.DEFAULT,
                    null,
                    Duration.ofSeconds(40),
                    steps,
                    null,
                    routes(scene, cluster, OnPromoted.SWAP, Ownership.OWN)));
        }
        files.put(commandId, new RolloutFileReader.Read.Valid(constraints.plan(scene.application(), targets)));
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
                null,
                Duration.ofSeconds(chance.between(15, 40)),
                steps,
                chance.percent(30) ? Waits.background(chance) : null,
                routes(scene, cluster, onPromoted, ownership),
                Waits.beside(chance),
                Waits.beside(chance));
    }
}
