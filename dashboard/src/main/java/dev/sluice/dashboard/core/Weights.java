package dev.sluice.dashboard.core;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** A target's weight over time, put together from statuses and audit, which come in any order. */
final class Weights {
    /** @param told by a status, which knows more than what a decision of the same instant changed */
    private record Known(WeightPoint point, boolean told) {}

    private final TreeMap<Instant, Known> points = new TreeMap<>();
    private final int most;

    Weights(int most) {
        this.most = most;
    }

    void told(WeightPoint point) {
        add(new Known(point, true));
    }

    void inferred(WeightPoint point) {
        var known = points.get(point.at());
        if (known == null || !known.told) {
            add(new Known(point, false));
        }
    }

    private void add(Known known) {
        var at = known.point.at();
        var earlier = points.lowerEntry(at);
        if (earlier != null && earlier.getValue().point.says(known.point)) {
            points.remove(at);
            return;
        }
        points.put(at, known);
        if (points.size() > most) {
            points.pollFirstEntry();
        }
    }

    int size() {
        return points.size();
    }

    List<WeightPoint> oldestFirst() {
        return points.values().stream().map(Known::point).toList();
    }
}
