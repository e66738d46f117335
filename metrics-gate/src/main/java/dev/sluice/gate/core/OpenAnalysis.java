package dev.sluice.gate.core;

import dev.sluice.schemas.message.AnalysisSet.Analysis;
import dev.sluice.schemas.rollout.AnalysisSpec.Lookback;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** An analysis of the newest set: which of its runs are open and which have their verdict. */
final class OpenAnalysis {
    /** More runs than a week of verdicts, which is what their topic keeps, can hold at the shortest interval of a second. */
    private static final int FARTHEST = 1_000_000;

    private final Analysis analysis;
    private final List<CompiledQuery> queries;
    private final Bounds bounds;
    private final long from;
    private final long interval;
    private final BitSet done;
    private final NavigableMap<Integer, Run> open = new TreeMap<>();
    private int next = 1;

    OpenAnalysis(Analysis analysis, Judging judging, Bounds bounds) {
        this(analysis, judging, bounds, new BitSet());
    }

    private OpenAnalysis(Analysis analysis, Judging judging, Bounds bounds, BitSet done) {
        this.done = done;
        this.analysis = analysis;
        this.queries = analysis.queries().stream().map(judging::compile).toList();
        this.bounds = bounds;
        this.from = analysis.from().toEpochMilli();
        this.interval = Math.max(analysis.interval().toMillis(), bounds.pane().toMillis());
    }

    /** The same analysis with other queries or limits; runs that have their verdict keep it. */
    OpenAnalysis changedTo(Analysis changed, Judging judging) {
        return new OpenAnalysis(changed, judging, bounds, done);
    }

    Analysis analysis() {
        return analysis;
    }

    List<CompiledQuery> queries() {
        return queries;
    }

    boolean isContinuous() {
        return queries.stream().anyMatch(CompiledQuery::isContinuous);
    }

    /** Opens the runs that have begun by then; at most as many at a time as the bounds say. */
    void openUntil(long clock) {
        while (open.size() < bounds.openRuns() && isRun(next) && beginning(next) <= clock) {
            if (!done.get(next)) {
                open.put(next, run(next));
            }
            next++;
        }
    }

    private boolean isRun(int number) {
        return analysis.runs() == 0 || number <= analysis.runs();
    }

    private long beginning(int number) {
        return from + (number - 1) * interval;
    }

    private Run run(int number) {
        var start = analysis.lookbackMethod() == Lookback.SLIDING ? beginning(number) : from;
        var end = beginning(number + 1);
        var maxWait = analysis.maxWait() == null ? 0 : analysis.maxWait().toMillis();
        return new Run(
                number,
                bounds.floor(start),
                bounds.floor(beginning(number)),
                bounds.floor(end),
                bounds.floor(end + maxWait));
    }

    /** The open runs, oldest first; a copy, so that they may be closed on the way. */
    List<Run> runs() {
        return List.copyOf(open.values());
    }

    /** A run that can't be one, or none so soon, comes from no gate of ours, and each takes its bit of memory. */
    void close(int run) {
        if (run < 1 || !isRun(run) || run > done.nextClearBit(1) + FARTHEST) {
            return;
        }
        done.set(run);
        open.remove(run);
    }

    /** Forgets how far its open runs are: the windows are read from the log again. */
    void restart() {
        open.clear();
        next = 1;
    }

    /** The broker time at which the clock alone moves a run on; {@link Long#MAX_VALUE} for never. */
    long nextDue() {
        var ofOpen = open.values().stream().mapToLong(Run::due).min().orElse(Long.MAX_VALUE);
        var unopened =
                open.size() < bounds.openRuns() && isRun(next) ? bounds.floor(beginning(next + 1)) : Long.MAX_VALUE;
        var due = Math.min(ofOpen, unopened);
        return due == Long.MAX_VALUE ? due : due + bounds.grace().toMillis();
    }

    /** The beginning of the earliest window that is still to be judged. */
    long earliestJudged() {
        return bounds.floor(analysis.lookbackMethod() == Lookback.SLIDING ? beginning(done.nextClearBit(1)) : from);
    }

    /** Two instants of one segment are never told apart by a window that is still to be judged, so their panes may be merged. */
    long segment(long millis) {
        if (millis < bounds.floor(from)) {
            return -1;
        }
        var begun = Math.floorDiv(millis + bounds.pane().toMillis() - 1 - from, interval);
        // a sliding window also begins where the run before it ends
        var cutsAgo = analysis.lookbackMethod() == Lookback.SLIDING ? 2L : 1L;
        return Math.max(begun, done.nextClearBit(1) - cutsAgo);
    }
}
