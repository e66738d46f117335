package dev.sluice.engine.core.told;

import dev.sluice.engine.core.rule.step.Steps;
import dev.sluice.engine.core.state.Freeze;
import dev.sluice.schemas.rollout.RolloutPlan;
import dev.sluice.schemas.rollout.TargetPlan;
import dev.sluice.schemas.rollout.window.Invoker;
import dev.sluice.schemas.rollout.window.Opening;
import dev.sluice.schemas.rollout.window.Windows;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What would keep a rollout's steps from sending more requests to its canaries, if they were to begin now.
 *
 * @param kind {@code freeze}: put up by a command; {@code window}: of the file itself
 * @param name the freeze's id; null for windows
 * @param until when it opens, as far as one can tell now; null: nobody knows
 * @param words why, for people
 * @param steps that it would hold, by target; counted from 1 as in status
 */
public record HoldView(String kind, String name, Instant until, String words, Map<String, List<Integer>> steps) {
    private static final Comparator<HoldView> LONGEST_FIRST = Comparator.comparing(
            HoldView::until,
            Comparator.nullsFirst(Comparator.<Instant>naturalOrder().reversed()));

    /**
     * The longest first, for that is when weights go up.
     *
     * @param freezes that somebody has put up, over any applications
     */
    public static List<HoldView> of(RolloutPlan plan, Invoker invoker, List<Freeze> freezes, Instant at) {
        var steps = raising(plan);
        var frozen = freezes.stream()
                .filter(freeze -> freeze.binds(plan.labels(), at))
                .map(freeze -> new HoldView("freeze", freeze.id(), freeze.until(), freeze.words(), steps));
        return Stream.concat(frozen, closed(plan, invoker, at, steps).stream())
                .sorted(LONGEST_FIRST)
                .toList();
    }

    private static Optional<HoldView> closed(
            RolloutPlan plan, Invoker invoker, Instant at, Map<String, List<Integer>> steps) {
        return switch (Windows.at(plan.windows(), at, invoker)) {
            case Opening.Open open -> Optional.empty();
            case Opening.Closed closed ->
                Optional.of(new HoldView("window", null, closed.until(), closed.words(), steps));
        };
    }

    private static Map<String, List<Integer>> raising(RolloutPlan plan) {
        var steps = new LinkedHashMap<String, List<Integer>>();
        for (TargetPlan target : plan.targets()) {
            var raising = Steps.raising(target);
            if (!raising.isEmpty()) {
                steps.put(target.name(), raising);
            }
        }
        return steps;
    }
}
