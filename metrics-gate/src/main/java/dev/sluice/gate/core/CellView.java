package dev.sluice.gate.core;

import dev.sluice.schemas.rollout.Selector;
import java.util.LinkedHashMap;
import java.util.Map;

/** One side of one cell. */
final class CellView implements View {
    private final CellSums sums;
    private final Aggregate[] bySlot;
    private final Side side;
    private final Window window;
    private final CompiledQuery query;
    private final TargetWindows windows;

    CellView(CellSums sums, Side side, Window window, CompiledQuery query, TargetWindows windows) {
        this(sums, sums.bySlot(), side, window, query, windows);
    }

    private CellView(
            CellSums sums, Aggregate[] bySlot, Side side, Window window, CompiledQuery query, TargetWindows windows) {
        this.sums = sums;
        this.bySlot = bySlot;
        this.side = side;
        this.window = window;
        this.query = query;
        this.windows = windows;
    }

    @Override
    public Window window() {
        return window;
    }

    @Override
    public Aggregate total(Selector selector) {
        var total = bySlot[query.slotOf(selector, side)];
        return total == null || total.events() == 0 ? null : total;
    }

    @Override
    public Map<String, View> byInstance() {
        var views = new LinkedHashMap<String, View>();
        if (side == Side.CANARY) {
            sums.byInstance()
                    .forEach((instance, slots) ->
                            views.put(instance, new CellView(sums, slots, side, window, query, windows)));
        }
        return views;
    }

    @Override
    public String whyMissing(Selector selector) {
        return "nothing in the cell";
    }

    @Override
    public boolean hasGap(Selector selector) {
        return windows.hasRefused(selector.metric());
    }

    @Override
    public Seen everSaw(String metric) {
        return windows.everSaw(metric);
    }

    @Override
    public boolean everMatched(Selector selector) {
        return true;
    }
}
