package dev.sluice.simulation.people;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Mirror;
import dev.sluice.schemas.rollout.Step;
import dev.sluice.schemas.rollout.mesh.MeshEntries;
import dev.sluice.simulation.manifest.Manifest;
import dev.sluice.simulation.manifest.Site;
import dev.sluice.simulation.world.Chance;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The steps of rollout files, as the reader resolves them. */
final class Strategies {
    private static final Match MATCH =
            new Match(List.of(new Match.Condition(Manifest.BETA, "yes", null, null)), null, null, null, null, null);
    private static final Mirror MIRROR = new Mirror(BigDecimal.valueOf(20));

    private Strategies() {}

    static List<Step> draw(Chance chance, Scene scene) {
        if (scene.isWhole() || chance.percent(15)) {
            return blueGreen(chance);
        }
        var steps = canary(chance);
        // two of them in a row would take longer than a run lasts
        if (scene.targets().size() == 1 && chance.percent(30)) {
            steps.add(1, Waits.patience(chance));
        }
        if (carriesMore(scene)) {
            sendBeside(chance, steps);
        }
        if (chance.percent(15)) {
            steps.add(new Step.Bake(Duration.ofSeconds(chance.between(2, 8))));
        }
        return steps;
    }

    private static List<Step> canary(Chance chance) {
        var steps = new ArrayList<Step>();
        var weight = 0;
        for (var more = chance.between(1, 3); more > 0; more--) {
            weight += chance.between(1, 30);
            steps.add(new Step.SetWeight(Weight.percent(weight)));
            steps.add(Waits.draw(chance));
        }
        steps.add(new Step.SetWeight(Weight.FULL));
        return steps;
    }

    /** All of it at once, and back if need be. */
    private static List<Step> blueGreen(Chance chance) {
        var steps = new ArrayList<Step>();
        if (chance.percent(30)) {
            steps.add(chance.percent(50) ? Waits.approval(chance) : Waits.draw(chance));
        }
        steps.add(new Step.SetWeight(Weight.FULL));
        for (var more = chance.between(0, 2); more > 0; more--) {
            steps.add(Waits.draw(chance));
        }
        return steps;
    }

    /** Matches and mirrors at any place, which end at any later one or with the steps. */
    private static void sendBeside(Chance chance, List<Step> steps) {
        if (chance.percent(40)) {
            var from = chance.between(0, steps.size() - 1);
            steps.add(from, new Step.SetMatch(MATCH));
            if (chance.percent(50)) {
                steps.add(chance.between(from + 1, steps.size()), new Step.SetMatch(null));
            }
        }
        if (chance.percent(40)) {
            steps.add(chance.between(0, steps.size() - 1), new Step.SetMirror(MIRROR));
        }
    }

    /** Steps of which the outcome is certain: a bad release is found out, a good one gets through. */
    static List<Step> certain(Scene scene, String commandId) {
        var steps = new ArrayList<Step>();
        // two targets in a row would take longer than a run lasts
        var isLong = carriesMore(scene) && scene.targets().size() == 1 && Math.floorMod(commandId.hashCode(), 4) == 0;
        if (carriesMore(scene)) {
            steps.add(new Step.SetMatch(MATCH));
            steps.add(new Step.SetMirror(MIRROR));
        }
        steps.add(new Step.SetWeight(scene.isWhole() ? Weight.FULL : Weight.percent(20)));
        steps.add(Waits.certainAnalysis(isLong));
        steps.add(new Step.Together(List.of(
                new Step.Approval(List.of(RolloutFiles.ROLE), null),
                Waits.certainWebhook(commandId.hashCode() % 2 == 0))));
        steps.add(new Step.SetWeight(scene.isWhole() ? Weight.FULL : Weight.percent(60)));
        steps.add(new Step.TimedPause(Duration.ofSeconds(3)));
        steps.add(new Step.SetWeight(Weight.FULL));
        steps.add(new Step.Bake(Duration.ofSeconds(2)));
        return steps;
    }

    /** Whether every route can carry matches and mirrors. */
    private static boolean carriesMore(Scene scene) {
        return scene.sites().stream().allMatch(Strategies::carriesMore);
    }

    private static boolean carriesMore(Site site) {
        var manifest = site.manifest();
        return MeshEntries.cannot(Map.of(manifest.mesh(), manifest.entry(site)), MATCH, MIRROR, null)
                .isEmpty();
    }
}
