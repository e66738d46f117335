package dev.sluice.engine.postgres;

import dev.sluice.schemas.rollout.AnalysisSpec;
import dev.sluice.schemas.rollout.Route;
import dev.sluice.schemas.rollout.Step;
import dev.sluice.schemas.rollout.TargetPlan;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** What a run refers to of its plan, and by which name: targets, their routes and their analyses. */
final class PlanParts {
    static final PlanParts NONE = new PlanParts(List.of());
    /** Classes whose values are stored by name where the plan has them. */
    static final List<Class<?>> REFERRED_TO = List.of(TargetPlan.class, Route.class, AnalysisSpec.class);

    private final List<TargetPlan> targets;
    private final Map<String, Object> parts = new HashMap<>();
    private final IdentityHashMap<Object, String> names = new IdentityHashMap<>();

    PlanParts(List<TargetPlan> targets) {
        this.targets = List.copyOf(targets);
        for (var target : targets) {
            add(target.name(), target);
            add(target.name() + "/background", target.background());
            for (int i = 0; i < target.routes().size(); i++) {
                add(target.name() + "/routes/" + i, target.routes().get(i));
            }
            addAnalyses(target.name() + "/before/", target.before());
            addAnalyses(target.name() + "/steps/", target.steps());
            addAnalyses(target.name() + "/after/", target.after());
        }
    }

    private void addAnalyses(String path, List<Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            switch (steps.get(i)) {
                case Step.Analysis analysis -> add(path + i, analysis.spec());
                case Step.Together several -> addAnalyses(path + i + "/", List.copyOf(several.conditions()));
                default -> {} // has none
            }
        }
    }

    private void add(String name, Object part) {
        if (part != null) {
            parts.put(name, part);
            names.putIfAbsent(part, name);
        }
    }

    List<TargetPlan> targets() {
        return targets;
    }

    /** Whether these are the very same: a plan never changes, only a rollout's plan does. */
    boolean areOf(List<TargetPlan> others) {
        return targets.size() == others.size()
                && others.stream().allMatch(other -> other.name().equals(name(other)));
    }

    /** Null for what is not of this plan, such as an analysis that an earlier one had opened. */
    String name(Object part) {
        return names.get(part);
    }

    /** Null where there is no such part. */
    Object part(String name) {
        return parts.get(name);
    }
}
