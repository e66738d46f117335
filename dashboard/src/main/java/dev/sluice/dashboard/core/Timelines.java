package dev.sluice.dashboard.core;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** The applications' timelines. Where they get too long together, the application heard of longest ago is forgotten first. */
final class Timelines {
    private static final float USUAL_LOAD = 0.75f;

    private final Map<String, Timeline> byApplication = new LinkedHashMap<>(16, USUAL_LOAD, true);
    private final Bounds bounds;
    private long chars;

    Timelines(Bounds bounds) {
        this.bounds = bounds;
    }

    /** Whether what was written is new. */
    boolean write(String application, Predicate<Timeline> entry) {
        var timeline = byApplication.computeIfAbsent(application, unknown -> new Timeline(bounds));
        var before = timeline.chars();
        var isNew = entry.test(timeline);
        chars += timeline.chars() - before;
        while (chars > bounds.timelineChars() && byApplication.size() > 1) {
            var longestUnheardOf = byApplication.entrySet().iterator();
            chars -= longestUnheardOf.next().getValue().chars();
            longestUnheardOf.remove();
        }
        return isNew;
    }

    void forget(String application) {
        var forgotten = byApplication.remove(application);
        chars -= forgotten == null ? 0 : forgotten.chars();
    }

    Timeline.View view(String application) {
        // a look must not make it one that was heard of
        for (var entry : byApplication.entrySet()) {
            if (entry.getKey().equals(application)) {
                return entry.getValue().view();
            }
        }
        return Timeline.View.NOTHING;
    }
}
