package dev.sluice.gate.core;

import dev.sluice.schemas.rollout.Selector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** What one query sees of one run. */
final class QueryEvidence implements Evidence {
    private static final long MINUTE_MILLIS = TargetWindows.HISTORY_PANE_MILLIS;

    private final CompiledQuery query;
    private final TargetWindows windows;
    private final Window window;
    private final RunSums sums;
    private final Run run;
    private final VariantView canary;
    private final VariantView stable;

    /** @param sums of this window; null where they are to be read from the panes */
    QueryEvidence(CompiledQuery query, TargetWindows windows, Window window, RunSums sums, Run run) {
        this.query = query;
        this.windows = windows;
        this.window = window;
        this.sums = sums;
        this.run = run;
        this.canary = new VariantView(windows, Side.CANARY, window, query, sums);
        this.stable = new VariantView(windows, Side.STABLE, window, query, sums);
    }

    /** Whether nothing that came in the window is to be looked at yet. */
    boolean isEmpty() {
        var unsettled = query.unsettled();
        return window.endMillis() <= window.startMillis()
                || (!unsettled.isNone() && unsettled.settledIn(window).isEmpty());
    }

    /** What was asked, with all variables filled in; null where nothing was. */
    String asked() {
        var put = run.askedOf(query.name());
        return put == null
                ? AskedText.of(query.query().asks(), windows.analyses().variants())
                : put;
    }

    /** Whether it looks at a time before the rollout of which not all events are known any more. */
    boolean lacksBefore() {
        return query.reach().before() && before().startMillis() < windows.completeSince();
    }

    /** From when on the query looks, or does so again. */
    Instant since() {
        return Instant.ofEpochMilli(query.unsettled().settledFrom(window.endMillis()));
    }

    @Override
    public Window window() {
        return window;
    }

    @Override
    public View of(Side side) {
        return view(side);
    }

    VariantView view(Side side) {
        return side == Side.CANARY ? canary : stable;
    }

    @Override
    public View of(Side side, Window other) {
        return new VariantView(windows, side, other, query, null);
    }

    @Override
    public Map<String, Double> byLabel(Side side, Window other, Selector selector, String label) {
        return new VariantView(windows, side, other, query, null).byLabel(selector, label);
    }

    @Override
    public Window before() {
        var begun = windows.analyses().begunMillis();
        return new Window(begun - Math.min(window.length().toMillis(), LookBack.LONGEST_BEFORE_MILLIS), begun, true);
    }

    @Override
    public List<Window> minutesBefore() {
        var end = Math.floorDiv(windows.analyses().begunMillis(), MINUTE_MILLIS) * MINUTE_MILLIS;
        return LongStream.rangeClosed(1, LookBack.LONGEST_BEFORE_MILLIS / MINUTE_MILLIS)
                .map(minute -> end - (LookBack.LONGEST_BEFORE_MILLIS - (minute - 1) * MINUTE_MILLIS))
                .mapToObj(start -> new Window(start, start + MINUTE_MILLIS, true))
                .toList();
    }

    @Override
    public List<Window> cells() {
        var grid = query.reach().grid();
        var start = window.startMillis();
        var cells = new ArrayList<Window>();
        for (int cell = 0; start + grid.startMillis(cell + 1) <= window.endMillis(); cell++) {
            cells.add(new Window(start + grid.startMillis(cell), start + grid.startMillis(cell + 1), true));
        }
        return cells;
    }

    @Override
    public List<Window> cellsBefore() {
        var grid = query.reach().grid();
        var before = before();
        var end = before.endMillis();
        var cells = new ArrayList<Window>();
        for (int cell = 0; end - grid.startMillis(cell + 1) >= before.startMillis(); cell++) {
            cells.add(new Window(end - grid.startMillis(cell + 1), end - grid.startMillis(cell), true));
        }
        return cells;
    }

    @Override
    public boolean isSteady() {
        return windows.analyses().set().moved().stream()
                .mapToLong(Instant::toEpochMilli)
                .noneMatch(moved -> moved > window.startMillis() && moved < window.endMillis());
    }

    @Override
    public Pulled pulled() {
        return run.answerOf(query.name());
    }

    @Override
    public Collection<Alert> alerts() {
        return windows.alerts().all();
    }

    @Override
    public <S> S folded(Fold<S> fold) {
        var kept = sums == null ? null : sums.cellsOf(query);
        return (kept == null ? Cells.read(query, window, windows) : kept).folded(fold, query, windows);
    }
}
