package dev.sluice.gate.core;

import dev.sluice.schemas.rollout.Query.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads one variant's series out of a target's windows. */
final class VariantEvidence implements Evidence {
    private static final int NAMED = 10;

    private final TargetWindows windows;
    private final Variant variant;
    private final Window window;
    private final Map<Selector, LabelMatcher> matchers;

    VariantEvidence(TargetWindows windows, Variant variant, Window window, Map<Selector, LabelMatcher> matchers) {
        this.windows = windows;
        this.variant = variant;
        this.window = window;
        this.matchers = matchers;
    }

    @Override
    public Window window() {
        return window;
    }

    @Override
    public Aggregate total(Selector selector) {
        var matcher = matchers.get(selector);
        Aggregate total = null;
        for (var series : windows.ofMetric(selector.metric())) {
            if (variant.owns(series.key()) && matcher.matches(series.key().labels())) {
                var sum = new Aggregate();
                var complete = series.addTo(sum, window);
                if (sum.events() == 0 && complete) {
                    continue;
                }
                total = total == null ? new Aggregate() : total;
                complete &= total.add(sum);
                if (!complete) {
                    return null;
                }
            }
        }
        return windows.hasRefused(selector.metric()) ? null : total;
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
            return "no " + selector.metric() + " from the " + variant.name() + "; there is " + metrics();
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
