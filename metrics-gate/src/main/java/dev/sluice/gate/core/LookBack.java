package dev.sluice.gate.core;

import dev.sluice.schemas.message.AnalysisSet.Analysis;
import dev.sluice.schemas.rollout.AnalysisSpec.Lookback;
import java.time.Duration;
import java.util.List;

/** Where the windows of an analysis begin and end that its queries look at beside their runs': none is told apart by a merged pane. */
final class LookBack {
    /**
     * The window before a rollout is no longer than this: less than is remembered, so that nothing is read back for an analysis that
     * opens soon.
     */
    static final long LONGEST_BEFORE_MILLIS = 50 * 60_000;

    private final long from;
    private final long interval;
    private final boolean isSliding;
    private final long beforeMillis;
    private final long begun;
    private final long[] backMillis;
    private final long[] delayMillis;
    private final List<CompiledQuery> settling;
    private final Grid[] grids;
    private final Grid[] gridsBefore;
    private final long pane;

    /** @param begun when the rollout began */
    LookBack(Analysis analysis, List<CompiledQuery> queries, Bounds bounds, long interval, long begun) {
        this.from = analysis.from().toEpochMilli();
        this.interval = interval;
        this.isSliding = analysis.lookbackMethod() == Lookback.SLIDING;
        this.pane = bounds.pane().toMillis();
        this.begun = begun;
        var longest = analysis.runs() == 0 ? Long.MAX_VALUE : (isSliding ? 1 : analysis.runs()) * interval;
        this.beforeMillis = queries.stream().anyMatch(query -> query.reach().before())
                ? Math.min(LONGEST_BEFORE_MILLIS, longest)
                : 0;
        this.backMillis = queries.stream()
                .flatMap(query -> query.reach().backFromEnd().stream())
                .mapToLong(Duration::toMillis)
                .distinct()
                .toArray();
        this.delayMillis = queries.stream()
                .mapToLong(CompiledQuery::initialDelayMillis)
                .filter(delay -> delay > 0)
                .distinct()
                .toArray();
        this.settling =
                queries.stream().filter(query -> !query.settle().isZero()).toList();
        this.grids = queries.stream()
                .map(query -> query.reach().grid())
                .filter(grid -> grid != null)
                .toArray(Grid[]::new);
        this.gridsBefore = queries.stream()
                .filter(query -> query.reach().before())
                .map(query -> query.reach().grid())
                .filter(grid -> grid != null)
                .toArray(Grid[]::new);
    }

    /** The beginning of the earliest window, where that of the earliest open run is given. */
    long earliest(long ofRun, int firstOpen) {
        var earliest = ofRun;
        if (beforeMillis > 0) {
            earliest = Math.min(earliest, begun - beforeMillis);
        }
        for (var back : backMillis) {
            // no judge looks at what another release's canary did
            earliest = Math.min(earliest, Math.max(begun, from + firstOpen * interval - back));
        }
        return earliest;
    }

    /** Grows by one at every cut; see {@link OpenAnalysis#segment}. */
    long segment(long millis, int firstOpen) {
        var segment = 0L;
        for (var back : backMillis) {
            segment += Math.max(cuts(millis, from - back), firstOpen - 2L);
        }
        if (beforeMillis > 0) {
            // the window before a rollout is as long as the run's: as many beginnings as there are lengths
            segment += Math.clamp(cuts(millis, begun), -beforeMillis / interval - 1, 0);
        }
        for (var delay : delayMillis) {
            segment += Math.min(0, cuts(millis, from + delay));
        }
        for (var query : settling) {
            segment += query.unsettled().cuts(millis);
        }
        for (var grid : gridsBefore) {
            // cells are counted from the beginning of the rollout on backwards
            segment -= millis < begun ? grid.cell(begun - 1 - millis) + 1L : 0;
        }
        for (var grid : grids) {
            segment += cell(grid, millis);
        }
        return segment;
    }

    private long cuts(long millis, long at) {
        return Math.floorDiv(millis + pane - 1 - at, interval);
    }

    private long cell(Grid grid, long millis) {
        if (millis < from) {
            return 0;
        }
        if (!isSliding) {
            return grid.cell(millis - from);
        }
        var run = (millis - from) / interval;
        return run * (grid.cell(interval) + 1L) + grid.cell((millis - from) % interval);
    }
}
