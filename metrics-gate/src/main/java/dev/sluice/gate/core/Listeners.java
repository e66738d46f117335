package dev.sluice.gate.core;

import java.util.ArrayList;
import java.util.List;

/**
 * What the open analyses make of one series, found out once: whether any asks for its metric, whether its revision is none of
 * theirs, and which of their sums its events add to.
 */
final class Listeners {
    static final Listeners NONE = new Listeners(false, false, List.of());

    /** Some of an analysis's sums; never none. */
    private static final class Feed {
        private final OpenAnalysis analysis;
        private final int[] slots;

        private Feed(OpenAnalysis analysis, int[] slots) {
            this.analysis = analysis;
            this.slots = slots;
        }
    }

    private final boolean isAsked;
    private final boolean isOfOtherRevision;
    private final Feed[] feeds;

    private Listeners(boolean isAsked, boolean isOfOtherRevision, List<Feed> feeds) {
        this.isAsked = isAsked;
        this.isOfOtherRevision = isOfOtherRevision;
        this.feeds = feeds.toArray(Feed[]::new);
    }

    /** @param target null where nothing of it is judged */
    static Listeners of(SeriesKey key, TargetAnalyses target) {
        if (target == null) {
            return NONE;
        }
        var feeds = new ArrayList<Feed>();
        for (var analysis : target.all()) {
            var slots = analysis.slotsOf(key, target.variants());
            if (slots.length > 0) {
                feeds.add(new Feed(analysis, slots));
            }
        }
        var revision = key.variant() == null ? key.revision() : null;
        return new Listeners(
                target.asksFor(key.metric()), revision != null && !target.isEmpty() && !target.names(revision), feeds);
    }

    boolean isAsked() {
        return isAsked;
    }

    boolean isOfOtherRevision() {
        return isOfOtherRevision;
    }

    /** A series that is new, or is looked at anew, adds to the sums that there are. */
    void connect(Series series) {
        for (var feed : feeds) {
            feed.analysis.connect(series, feed.slots);
        }
    }

    /** Those of this analysis's sums that the series adds to; null for none. */
    int[] slotsOf(OpenAnalysis analysis) {
        for (var feed : feeds) {
            if (feed.analysis == analysis) {
                return feed.slots;
            }
        }
        return null;
    }
}
