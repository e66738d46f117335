package dev.sluice.gate.core;

import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.AnalysisSet.Variants;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The newest set of analyses of one application and target, with the progress of each. */
final class TargetAnalyses {
    private AnalysisSet set;
    private final Map<String, OpenAnalysis> open = new LinkedHashMap<>();
    private final Refusals refusals = new Refusals();
    private long unseenSince = Long.MAX_VALUE;

    /** Events that would have been of this target, had anybody been able to read them. */
    Refusals refusals() {
        return refusals;
    }

    /** Says false for a set that is not newer than the one known. */
    boolean replace(AnalysisSet newer, Judging judging, Bounds bounds) {
        if (set != null && !isNewer(newer)) {
            return false;
        }
        set = newer;
        var kept = new HashMap<>(open);
        open.clear();
        unseenSince = Long.MAX_VALUE;
        for (var analysis : newer.analyses()) {
            var known = kept.get(analysis.analysis());
            if (known == null) {
                var opened = new OpenAnalysis(analysis, judging, bounds);
                open.put(analysis.analysis(), opened);
                unseenSince = Math.min(unseenSince, opened.earliestJudged());
            } else {
                var same = known.analysis().equals(analysis);
                open.put(analysis.analysis(), same ? known : known.changedTo(analysis, judging));
            }
        }
        return true;
    }

    private boolean isNewer(AnalysisSet other) {
        return other.generation() != set.generation()
                ? other.generation() > set.generation()
                : other.revision() > set.revision();
    }

    /** The earliest window of the analyses that came with the newest set; {@link Long#MAX_VALUE} where none is new. */
    long unseenSince() {
        return unseenSince;
    }

    AnalysisSet set() {
        return set;
    }

    Variants variants() {
        return set.variants();
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    Collection<OpenAnalysis> all() {
        return open.values();
    }

    OpenAnalysis get(String analysis) {
        return open.get(analysis);
    }

    boolean asksFor(String metric) {
        return open.values().stream()
                .flatMap(analysis -> analysis.queries().stream())
                .anyMatch(query -> query.asksFor(metric));
    }

    boolean names(String revision) {
        var variants = variants();
        return variants != null
                && (Objects.equals(revision, variants.stable()) || Objects.equals(revision, variants.canary()));
    }

    long nextDue() {
        return open.values().stream().mapToLong(OpenAnalysis::nextDue).min().orElse(Long.MAX_VALUE);
    }

    long earliestJudged() {
        return open.values().stream()
                .mapToLong(OpenAnalysis::earliestJudged)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** See {@link OpenAnalysis#segment}; of all analyses together. */
    long segment(long millis) {
        return open.values().stream()
                .mapToLong(analysis -> analysis.segment(millis))
                .sum();
    }
}
