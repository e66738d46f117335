package dev.sluice.dashboard.core;

import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Verdict;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is remembered of one application, and of each of its targets. */
public final class Timeline {
    private static final int POINT_CHARS = 150;

    private final class Target {
        private final Kept verdicts = new Kept(bounds.verdicts());
        private final Weights weights = new Weights(bounds.weights());
    }

    private final Bounds bounds;
    private final Kept audit;
    private final Map<String, Target> targets = new TreeMap<>();

    Timeline(Bounds bounds) {
        this.bounds = bounds;
        this.audit = new Kept(bounds.audit());
    }

    /** Whether it is new. */
    boolean add(Audit entry, String json) {
        if (!audit.add(entry.id(), json)) {
            return false;
        }
        WeightPoint.of(entry).ifPresent(point -> target(entry.target()).weights.inferred(point));
        return true;
    }

    /** Whether it is new. */
    boolean add(Verdict verdict, String json) {
        return target(verdict.target()).verdicts.add(verdict.id(), json);
    }

    void add(String target, WeightPoint point) {
        target(target).weights.told(point);
    }

    private Target target(String name) {
        return targets.computeIfAbsent(name, unknown -> new Target());
    }

    long chars() {
        return audit.chars()
                + targets.values().stream()
                        .mapToLong(target -> target.verdicts.chars() + (long) POINT_CHARS * target.weights.size())
                        .sum();
    }

    View view() {
        return new View(
                audit.newestFirst(),
                targets.entrySet().stream()
                        .map(entry -> new TargetView(
                                entry.getKey(),
                                entry.getValue().verdicts.newestFirst(),
                                entry.getValue().weights.oldestFirst()))
                        .toList());
    }

    /**
     * What is remembered at one moment.
     *
     * @param audit entries as on their topic, the newest first
     */
    public record View(List<String> audit, List<TargetView> targets) {
        static final View NOTHING = new View(List.of(), List.of());
    }

    /**
     * @param verdicts as on their topic, the newest first
     * @param weights the oldest first
     */
    public record TargetView(String target, List<String> verdicts, List<WeightPoint> weights) {}
}
