package dev.sluice.gate.core;

import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.AnalysisSet.Variants;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The newest set of analyses of one application and target, with the progress of each. */
final class TargetAnalyses {
    private AnalysisSet set;
    private final Map<String, OpenAnalysis> open = new LinkedHashMap<>();
    private Variant canary;
    private Variant stable;
    private final Refusals refusals = new Refusals();
    private long unseenSince = Long.MAX_VALUE;
    private long unseenRunsSince = Long.MAX_VALUE;

    /** Events that would have been of this target, had anybody been able to read them. */
    Refusals refusals() {
        return refusals;
    }

    /** Says false for a set that is not newer than the one known. */
    boolean replace(AnalysisSet newer, Judging judging, Bounds bounds) {
        if (set != null && !isNewer(newer)) {
            return false;
        }
        // else of whom an event is may be another's now
        var isOfTheSame = set != null
                && Objects.equals(set.variants(), newer.variants())
                && Objects.equals(set.begun(), newer.begun());
        set = newer;
        canary = Variant.canary(newer.variants());
        stable = Variant.stable(newer.variants());
        var kept = new HashMap<>(open);
        open.clear();
        unseenSince = Long.MAX_VALUE;
        unseenRunsSince = Long.MAX_VALUE;
        for (var analysis : newer.analyses()) {
            var known = kept.get(analysis.analysis());
            if (known == null) {
                var opened = new OpenAnalysis(analysis, judging, bounds, begunMillis());
                opened.moved(newer.moved());
                open.put(analysis.analysis(), opened);
                unseenSince = Math.min(unseenSince, opened.earliestJudged());
                unseenRunsSince = Math.min(unseenRunsSince, opened.earliestRun());
            } else {
                var same = known.analysis().equals(analysis) && isOfTheSame;
                if (!same) {
                    known.dropSums();
                }
                kept.remove(analysis.analysis());
                var now = same ? known : known.changedTo(analysis, judging, begunMillis());
                var movedSince = now.moved(newer.moved());
                if (same) {
                    // panes that were merged over it don't tell
                    unseenSince = Math.min(unseenSince, movedSince);
                    unseenRunsSince = Math.min(unseenRunsSince, movedSince);
                }
                open.put(analysis.analysis(), now);
            }
        }
        kept.values().forEach(OpenAnalysis::dropSums);
        return true;
    }

    private boolean isNewer(AnalysisSet other) {
        // what is asked before a rollout begins has no generation yet
        if (other.generation() == 0 && set.generation() != 0 && other.begun() != null && set.begun() != null) {
            return other.begun().isAfter(set.begun());
        }
        return other.generation() != set.generation()
                ? other.generation() > set.generation()
                : other.revision() > set.revision();
    }

    /** The earliest window of the analyses that came with the newest set; {@link Long#MAX_VALUE} where none is new. */
    long unseenSince() {
        return unseenSince;
    }

    /** The same of their runs alone, without what they look back to. */
    long unseenRunsSince() {
        return unseenRunsSince;
    }

    AnalysisSet set() {
        return set;
    }

    Variants variants() {
        return set.variants();
    }

    Variant variant(Side side) {
        return side == Side.CANARY ? canary : stable;
    }

    /** When the rollout began; what was before is the previous release's. */
    long begunMillis() {
        var begun = set.begun() == null ? earliestFrom() : set.begun();
        return begun.toEpochMilli();
    }

    private Instant earliestFrom() {
        return set.analyses().stream()
                .map(AnalysisSet.Analysis::from)
                .min(Instant::compareTo)
                .orElse(Instant.EPOCH);
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

    /** What the runs have summed up; it is read from the panes again where it is asked for. */
    void dropSums() {
        open.values().forEach(OpenAnalysis::dropSums);
    }

    boolean names(String revision) {
        var variants = variants();
        return variants != null
                && (Objects.equals(revision, variants.stable()) || Objects.equals(revision, variants.canary()));
    }

    long nextDue() {
        var due = Long.MAX_VALUE;
        for (var analysis : open.values()) {
            due = Math.min(due, analysis.nextDue());
        }
        return due;
    }

    long earliestJudged() {
        return open.values().stream()
                .mapToLong(OpenAnalysis::earliestJudged)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    boolean isJudgedByEvents() {
        for (var analysis : open.values()) {
            if (analysis.isJudgedByEvents()) {
                return true;
            }
        }
        return false;
    }

    boolean isAwaiting() {
        for (var analysis : open.values()) {
            if (analysis.isAwaiting()) {
                return true;
            }
        }
        return false;
    }

    /** Another number wherever segments may have grown together. */
    int segments() {
        return open.values().stream().mapToInt(OpenAnalysis::firstOpen).sum();
    }

    /** See {@link OpenAnalysis#segment}; of all analyses together. */
    long segment(long millis) {
        return open.values().stream()
                .mapToLong(analysis -> analysis.segment(millis))
                .sum();
    }
}
