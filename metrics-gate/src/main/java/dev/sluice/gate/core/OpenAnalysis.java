package dev.sluice.gate.core;

import dev.sluice.schemas.message.AnalysisSet.Analysis;
import dev.sluice.schemas.message.AnalysisSet.Variants;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.AnalysisSpec.Lookback;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** An analysis of the newest set: which of its runs are open and which have their verdict. */
final class OpenAnalysis {
    /** More runs than a week of verdicts, which is what their topic keeps, can hold at the shortest interval of a second. */
    private static final int FARTHEST = 1_000_000;

    /** Usually there is one, and another that awaits its last events; of those to be caught up with, the others are read from the panes. */
    private static final int MOST_SUMMED = 8;

    private static final long ASK_AGAIN_MILLIS = 5_000;

    private final Analysis analysis;
    private final List<CompiledQuery> queries;
    private final List<CompiledQuery> continuous;
    private final int slots;
    private final Bounds bounds;
    private final long from;
    private final long interval;
    private final LookBack lookBack;
    private final Scoring scoring;
    private final BitSet done;
    /** Ascending by number. */
    private final List<Run> open = new ArrayList<>(2);

    private final List<Run> summed = new ArrayList<>(2);
    private int next = 1;

    private List<Instant> moved = List.of();

    /** @param begun when the rollout began: milliseconds since the epoch */
    OpenAnalysis(Analysis analysis, Judging judging, Bounds bounds, long begun) {
        this(analysis, judging, bounds, begun, new BitSet());
    }

    private OpenAnalysis(Analysis analysis, Judging judging, Bounds bounds, long begun, BitSet done) {
        this.done = done;
        this.analysis = analysis;
        this.queries = analysis.queries().stream().map(judging::compile).toList();
        this.continuous = queries.stream().filter(CompiledQuery::isContinuous).toList();
        var number = 0;
        var taken = 0;
        for (var query : queries) {
            query.stands(number++, taken, queries.size());
            taken += query.slots();
        }
        this.slots = taken;
        this.bounds = bounds;
        this.from = analysis.from().toEpochMilli();
        this.interval = Math.max(analysis.interval().toMillis(), bounds.pane().toMillis());
        this.scoring = judging.scoring();
        this.lookBack = new LookBack(analysis, queries, bounds, interval, begun);
    }

    /** The same analysis with other queries or limits; runs that have their verdict keep it. */
    OpenAnalysis changedTo(Analysis changed, Judging judging, long begun) {
        return new OpenAnalysis(changed, judging, bounds, begun, done);
    }

    /**
     * Weights have moved, so that queries leave out other times.
     *
     * @return since when they do; {@link Long#MAX_VALUE} where nothing changes
     */
    long moved(List<Instant> times) {
        if (times.equals(moved)) {
            return Long.MAX_VALUE;
        }
        var changes = false;
        for (var query : queries) {
            changes |= query.leavesOut(Unsettled.of(times, query.settle(), bounds));
        }
        var known = moved;
        moved = times;
        if (!changes) {
            return Long.MAX_VALUE;
        }
        // among them may be what is to be left out now
        dropSums();
        return times.stream()
                .filter(time -> !known.contains(time))
                .map(time -> bounds.floor(time.toEpochMilli()))
                .min(Long::compare)
                .orElse(Long.MAX_VALUE);
    }

    Analysis analysis() {
        return analysis;
    }

    /** Whether some provider has not answered yet. */
    boolean lacksAnswers(Run run) {
        return queries.stream().anyMatch(query -> isToBeAsked(query, run));
    }

    /** When providers are asked again about an extended run: soon, and less often the longer it takes. Never where none is asked. */
    long askAgain(Run run, long clock) {
        if (queries.stream().allMatch(query -> query.pull() == null)) {
            return Long.MAX_VALUE;
        }
        var pause = Math.max(ASK_AGAIN_MILLIS, run.waited() / 10);
        return bounds.floor(Math.max(run.end() + pause, clock));
    }

    /** Whether a provider is to be asked, and has not answered yet. */
    boolean isToBeAsked(CompiledQuery query, Run run) {
        return query.pull() != null && run.answerOf(query.name()) == null && !isPending(query, run);
    }

    /** What a provider is asked about: no query language leaves times out, so it is all since the weight there is has settled. */
    Window askedOf(CompiledQuery query, Run run) {
        return query.unsettled().settledIn(windowOf(query, run.window(true))).getLast();
    }

    /** Whether the query looks at nothing of the run's own interval. */
    boolean isPending(CompiledQuery query, Run run) {
        var own = windowOf(query, run.ownWindow());
        return own.endMillis() <= own.startMillis()
                || query.unsettled().settledIn(own).isEmpty();
    }

    /** Null where it is not open. */
    Run find(int number) {
        return open.stream().filter(run -> run.number() == number).findFirst().orElse(null);
    }

    boolean isScored() {
        return analysis.score() != null;
    }

    /** Of the queries that decide. */
    Outcome score(List<Judged> deciding) {
        return scoring.outcome(
                analysis.score(),
                deciding.stream()
                        .map(one -> new Scoring.Scored(one.query().query(), one.outcome(), one.isCritical()))
                        .toList());
    }

    List<CompiledQuery> queries() {
        return queries;
    }

    /** Those that are judged as events come in. */
    List<CompiledQuery> continuous() {
        return continuous;
    }

    /** The sums that a series adds to, of all queries. */
    int[] slotsOf(SeriesKey key, Variants variants) {
        var all = new ArrayList<Integer>();
        queries.forEach(query -> query.slotsOf(key, variants, all));
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The series is new, or what is made of it has changed. */
    void connect(Series series, int[] ofSlots) {
        summed.forEach(run -> run.sums().hear(series, ofSlots));
    }

    /** What a query of this analysis sees: of a window that begins where the run does, but for its initial delay. */
    Window windowOf(CompiledQuery query, Window window) {
        var from = bounds.floor(this.from + query.initialDelayMillis());
        return from <= window.startMillis()
                ? window
                : new Window(Math.min(from, window.endMillis()), window.endMillis(), window.over());
    }

    /** What the window holds, which begins where the run does; null where there is no room for sums. */
    RunSums sums(Run run, Window window, TargetWindows windows) {
        var sums = run.sums();
        if (sums != null && sums.endMillis() == window.endMillis() && !sums.isSpoilt()) {
            return sums;
        }
        if (sums != null && !canGoOn(sums, window)) {
            drop(run);
        }
        if (run.sums() == null && !begin(run, windows)) {
            return null;
        }
        var isNew = run.sums().endMillis() == run.start();
        run.sums().readTo(window.endMillis());
        if (isNew && summed.size() > 1) {
            run.sums().takeInstances(summed.get(summed.size() - 2).sums());
        }
        if (run.sums().isSpoilt()) {
            drop(run);
        }
        return run.sums();
    }

    private boolean begin(Run run, TargetWindows windows) {
        if (summed.size() == MOST_SUMMED) {
            return false;
        }
        var sums = new RunSums(new Window(run.start(), Long.MAX_VALUE, false), slots, this, windows);
        run.summedIn(sums);
        summed.add(run);
        for (var series : windows.all()) {
            var heard = series.listeners().slotsOf(this);
            if (heard != null) {
                sums.hear(series, heard);
            }
        }
        return true;
    }

    /** An extended window grows; after a long silence what was added up till then may be merged with what came later. */
    private boolean canGoOn(RunSums sums, Window window) {
        var growth = window.endMillis() - sums.endMillis();
        return !sums.isSpoilt() && growth >= 0 && growth < bounds.keep().toMillis() / 2;
    }

    private void drop(Run run) {
        if (run.sums() != null) {
            run.sums().release();
            run.summedIn(null);
            summed.remove(run);
        }
    }

    void dropSums() {
        List.copyOf(summed).forEach(this::drop);
    }

    /** Opens the runs that have begun by then; at most as many at a time as the bounds say. */
    void openUntil(long clock) {
        while (open.size() < bounds.openRuns() && isRun(next) && beginning(next) <= clock) {
            if (!done.get(next)) {
                open.add(run(next));
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
        return new Run(number, bounds.floor(start), bounds.floor(beginning(number)), bounds.floor(end));
    }

    /** How long a run may be extended for a query. */
    long maxWaitMillis(CompiledQuery query) {
        var wait = query.maxWait() == null ? analysis.maxWait() : query.maxWait();
        return wait == null ? 0 : bounds.floor(wait.toMillis());
    }

    /** The open runs, oldest first. */
    List<Run> runs() {
        return open;
    }

    /** Whether what comes in may end a run at once; else the clock alone moves them on. */
    boolean isJudgedByEvents() {
        for (int i = 0; i < open.size(); i++) {
            if (open.get(i).phase() != Run.Phase.RUNNING) {
                return true;
            }
        }
        return !continuous.isEmpty();
    }

    boolean isAwaiting() {
        for (int i = 0; i < open.size(); i++) {
            if (open.get(i).phase() == Run.Phase.AWAITING) {
                return true;
            }
        }
        return false;
    }

    /** The first run without a verdict. */
    int firstOpen() {
        return done.nextClearBit(1);
    }

    /** A run that can't be one, or none so soon, comes from no gate of ours, and each takes its bit of memory. */
    void close(int run) {
        if (run < 1 || !isRun(run) || run > firstOpen() + FARTHEST) {
            return;
        }
        done.set(run);
        for (int i = 0; i < open.size(); i++) {
            if (open.get(i).number() == run) {
                drop(open.remove(i));
                return;
            }
        }
    }

    /** Forgets how far its open runs are: the windows are read from the log again. */
    void restart() {
        dropSums();
        open.clear();
        next = 1;
    }

    /** The broker time at which the clock alone moves a run on; {@link Long#MAX_VALUE} for never. */
    long nextDue() {
        var ofOpen = Long.MAX_VALUE;
        for (int i = 0; i < open.size(); i++) {
            ofOpen = Math.min(ofOpen, open.get(i).due());
        }
        var unopened =
                open.size() < bounds.openRuns() && isRun(next) ? bounds.floor(beginning(next + 1)) : Long.MAX_VALUE;
        var due = Math.min(ofOpen, unopened);
        return due == Long.MAX_VALUE ? due : due + bounds.grace().toMillis();
    }

    /** The beginning of the earliest window that is still to be judged. */
    long earliestJudged() {
        return bounds.floor(lookBack.earliest(beginningOfOpen(), firstOpen()));
    }

    /** The same of runs alone, without what they look back to. */
    long earliestRun() {
        return bounds.floor(beginningOfOpen());
    }

    private long beginningOfOpen() {
        return analysis.lookbackMethod() == Lookback.SLIDING ? beginning(firstOpen()) : from;
    }

    /** Two instants of one segment are never told apart by a window that is still to be judged, so their panes may be merged. */
    long segment(long millis) {
        return ofRuns(millis) + lookBack.segment(millis, firstOpen());
    }

    private long ofRuns(long millis) {
        if (millis < bounds.floor(from)) {
            return -1;
        }
        var begun = Math.floorDiv(millis + bounds.pane().toMillis() - 1 - from, interval);
        // a run is also asked what came in its own interval, which begins where the run before it ends
        return Math.max(begun, firstOpen() - 2L);
    }
}
