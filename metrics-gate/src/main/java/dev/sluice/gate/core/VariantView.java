package dev.sluice.gate.core;

import dev.sluice.schemas.rollout.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads one variant's series out of a target's windows. */
final class VariantView implements View {
    private static final int NAMED = 10;

    private final TargetWindows windows;
    private final Side side;
    private final Variant variant;
    private final Window window;
    private final CompiledQuery query;
    private final RunSums sums;
    /** What the query looks at of the window. */
    private final List<Window> settled;

    /** @param sums of this window; null where they are to be read from the panes */
    VariantView(TargetWindows windows, Side side, Window window, CompiledQuery query, RunSums sums) {
        this.windows = windows;
        this.side = side;
        this.variant = windows.analyses().variant(side);
        this.window = window;
        this.query = query;
        this.sums = sums;
        this.settled = query.unsettled().settledIn(window);
    }

    private int slotOf(Selector selector) {
        return query.firstSlot() + query.slotOf(selector, side);
    }

    @Override
    public Window window() {
        return window;
    }

    @Override
    public Duration looked() {
        return settled.stream().map(Window::length).reduce(Duration.ZERO, Duration::plus);
    }

    /** @param complete false where histogram layouts were too many to add up */
    private record Total(Aggregate sum, boolean complete) {}

    @Override
    public Aggregate total(Selector selector) {
        if (windows.hasRefused(selector.metric())) {
            return null;
        }
        if (sums != null) {
            var slot = slotOf(selector);
            return sums.isTorn(slot) ? null : sums.total(slot);
        }
        var total = sum(selector);
        return total.complete() ? total.sum() : null;
    }

    private boolean isTorn(Selector selector) {
        return sums == null ? !sum(selector).complete() : sums.isTorn(slotOf(selector));
    }

    private Total sum(Selector selector) {
        var matcher = query.matcherOf(selector);
        Aggregate total = null;
        for (var series : windows.ofMetric(selector.metric())) {
            if (variant.owns(series.key()) && matcher.matches(series.key().labels())) {
                var sum = new Aggregate();
                var complete = addTo(sum, series);
                if (sum.events() == 0 && complete) {
                    continue;
                }
                total = total == null ? new Aggregate() : total;
                complete &= total.add(sum);
                if (!complete) {
                    return new Total(total, false);
                }
            }
        }
        return new Total(total, true);
    }

    private boolean addTo(Aggregate sum, Series series) {
        var complete = true;
        for (var part : settled) {
            complete &= series.addTo(sum, part.startMillis(), part.endMillis());
        }
        return complete;
    }

    private record Shown(long sinceMillis, double events) {
        Shown and(Shown other) {
            return new Shown(Math.min(sinceMillis, other.sinceMillis), events + other.events);
        }
    }

    /** See {@link Evidence#byLabel}. */
    Map<String, Double> byLabel(Selector selector, String label) {
        var matcher = query.matcherOf(selector);
        var shown = new TreeMap<String, Shown>();
        for (var series : windows.ofMetric(selector.metric())) {
            var value = series.key().labels().get(label);
            if (value != null
                    && variant.owns(series.key())
                    && matcher.matches(series.key().labels())) {
                settled.forEach(part -> series.each(part.startMillis(), part.endMillis(), (millis, counted, other) -> {
                    var events = counted + (other == null ? 0 : other.events());
                    if (events > 0) {
                        shown.merge(value, new Shown(millis, events), Shown::and);
                    }
                }));
            }
        }
        var ordered = new LinkedHashMap<String, Double>();
        shown.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> entry.getValue().sinceMillis()))
                .forEach(entry -> ordered.put(entry.getKey(), entry.getValue().events()));
        return ordered;
    }

    @Override
    public boolean hasGap(Selector selector) {
        return windows.hasRefused(selector.metric()) || isTorn(selector);
    }

    @Override
    public Seen everSaw(String metric) {
        return windows.everSaw(metric);
    }

    @Override
    public boolean everMatched(Selector selector) {
        var matcher = query.matcherOf(selector);
        return windows.ofMetric(selector.metric()).stream()
                .anyMatch(series -> matcher.matches(series.key().labels()));
    }

    /** Events that name this side and another's revision (B45), of this metric in the window; null for none. */
    String contradicted(Selector selector) {
        var others = new TreeSet<String>();
        double events = 0;
        for (var series : windows.ofMetric(selector.metric())) {
            if (variant.isContradictedBy(series.key())) {
                var sum = new Aggregate();
                addTo(sum, series);
                if (sum.events() > 0) {
                    events += sum.events();
                    others.add(series.key().revision());
                }
            }
        }
        return others.isEmpty()
                ? null
                : "%.0f events said %s and revision %s: not judged"
                        .formatted(events, variant.name(), listed(new ArrayList<>(others)));
    }

    @Override
    public String whyMissing(Selector selector) {
        if (windows.hasRefused(selector.metric())) {
            return "more series or panes of " + selector.metric() + " than the gate keeps";
        }
        var lines = windows.ofMetric(selector.metric()).stream()
                .filter(series -> variant.owns(series.key()))
                .toList();
        if (lines.isEmpty()) {
            return "no " + selector.metric() + " from the " + variant.name() + "; there is " + metrics() + refused();
        }
        return "no " + selector.metric() + " of the " + variant.name() + " in the window matches " + selector.labels()
                + "; there is " + labels(lines);
    }

    private String metrics() {
        var names = new TreeSet<String>();
        windows.all().forEach(series -> {
            if (variant.owns(series.key())) {
                names.add(series.key().metric());
            }
        });
        return listed(new ArrayList<>(names));
    }

    private String refused() {
        return windows.refusals() == 0
                ? ""
                : ", and " + windows.refusals() + " events of this target for which there was no room";
    }

    private static String labels(List<Series> lines) {
        return listed(lines.stream()
                .map(series -> series.key().labels().entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .sorted()
                        .collect(Collectors.joining(",", "{", "}")))
                .distinct()
                .sorted()
                .toList());
    }

    private static String listed(List<String> names) {
        if (names.isEmpty()) {
            return "nothing";
        }
        var more = names.size() - NAMED;
        return names.stream().limit(NAMED).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
