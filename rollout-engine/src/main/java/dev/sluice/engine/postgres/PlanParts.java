package dev.sluice.engine.postgres;

import dev.sluice.schemas.rollout.AnalysisSpec;
import dev.sluice.schemas.rollout.RolloutPlan;
import dev.sluice.schemas.rollout.Route;
import dev.sluice.schemas.rollout.Step;
import dev.sluice.schemas.rollout.TargetPlan;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What a state refers to of its plans, and by which name: targets, their routes and their analyses, and what waits as a whole. */
final class PlanParts {
    static final PlanParts NONE = new PlanParts(PlanDocument.EMPTY);
    /** Classes whose values are stored by name where the plan has them. */
    static final List<Class<?>> REFERRED_TO =
            List.of(TargetPlan.class, Route.class, AnalysisSpec.class, RolloutPlan.class);

    /** No target's name has a slash. */
    private static final String QUEUED = "/queued";

    private static final String FORMER = "/former/";

    private final PlanDocument document;
    private final Map<String, Object> parts = new HashMap<>();
    private final IdentityHashMap<Object, String> names = new IdentityHashMap<>();

    PlanParts(PlanDocument document) {
        this.document = document;
        for (var target : document.targets()) {
            add(target.name(), target);
            add(target.name() + "/background", target.background());
            for (int i = 0; i < target.routes().size(); i++) {
                add(target.name() + "/routes/" + i, target.routes().get(i));
            }
            addAnalyses(target.name() + "/before/", target.before());
            addAnalyses(target.name() + "/steps/", target.steps());
            addAnalyses(target.name() + "/after/", target.after());
        }
        add(QUEUED, document.queued());
        document.former().forEach(target -> add(FORMER + target.name(), target));
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
        return document.targets();
    }

    /** Whether these are the very same: a plan never changes, only a state's plans do. */
    boolean areOf(PlanDocument other) {
        return areSame(document.targets(), other.targets())
                && isSame(document.queued(), other.queued())
                && areSame(document.former(), other.former());
    }

    private static boolean areSame(List<TargetPlan> some, List<TargetPlan> others) {
        return some.size() == others.size()
                && IntStream.range(0, some.size()).allMatch(i -> isSame(some.get(i), others.get(i)));
    }

    @SuppressWarnings(
            "ReferenceEquality") // what is equal and another is written under names that this one doesn't have
    private static boolean isSame(Object one, Object other) {
        return one == other;
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
