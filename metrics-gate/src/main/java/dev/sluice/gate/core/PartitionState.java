package dev.sluice.gate.core;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What the gate holds of one owned partition: its windows, its clock and what has been read of it. */
final class PartitionState {
    private static final long TIDY_EVERY_MILLIS = 1000;
    private static final int REFUSED_TARGETS = 10_000;

    private final int number;
    private final Bounds bounds;
    private final Budget budget;
    private final long completeSince;
    private final long readSince;
    private final Map<TargetKey, TargetWindows> windows = new HashMap<>();
    private final Map<String, Origin> newestBySource = new HashMap<>();
    private final Agenda agenda = new Agenda();
    private final Set<TargetKey> awaiting = new LinkedHashSet<>();
    private long clock = Long.MIN_VALUE;
    private long fineSince = Long.MIN_VALUE;
    private long tidiedAt = Long.MIN_VALUE;
    private boolean caughtUp;

    PartitionState(int number, Bounds bounds, Budget budget, Instant completeSince, Instant readSince) {
        this.number = number;
        this.bounds = bounds;
        this.budget = budget;
        this.completeSince = completeSince.toEpochMilli();
        this.readSince = readSince.toEpochMilli();
    }

    int number() {
        return number;
    }

    /** Broker time never goes back. */
    void advance(Instant brokerTime) {
        clock = Math.max(clock, brokerTime.toEpochMilli());
    }

    long clock() {
        return clock;
    }

    long completeSince() {
        return completeSince;
    }

    /** Windows may begin anywhere from here on; before, panes are merged, forgotten or were never read. */
    long fineSince() {
        return Math.max(fineSince, Math.max(completeSince, readSince));
    }

    void caughtUp() {
        caughtUp = true;
    }

    /** Stops verdicts until the partition is assigned anew. */
    void mustBeRebuilt() {
        caughtUp = false;
    }

    boolean isCaughtUp() {
        return caughtUp;
    }

    /** Says false for an event at or below the newest of its source: it was taken in before. */
    boolean isNew(Origin origin) {
        var newest = newestBySource.get(origin.source());
        if (newest != null && !origin.isAfter(newest)) {
            return false;
        }
        newestBySource.put(origin.source(), origin);
        return true;
    }

    TargetWindows windows(TargetKey key) {
        return windows.computeIfAbsent(key, k -> new TargetWindows(bounds, budget));
    }

    Agenda agenda() {
        return agenda;
    }

    /** Targets with runs that await the last events. */
    Set<TargetKey> awaiting() {
        return awaiting;
    }

    /** Once per second of broker time: forgets what no window can reach and merges what none cuts. */
    void tidy(Function<TargetKey, TargetAnalyses> analyses) {
        if (clock < tidiedAt + TIDY_EVERY_MILLIS && tidiedAt != Long.MIN_VALUE) {
            return;
        }
        tidiedAt = clock;
        fineSince = bounds.floor(clock - bounds.keep().toMillis());
        windows.entrySet().removeIf(entry -> {
            var open = analyses.apply(entry.getKey());
            var judgedFrom = open == null ? Long.MAX_VALUE : open.earliestJudged();
            entry.getValue()
                    .tidy(Math.min(fineSince, judgedFrom), fineSince, at -> open == null ? 0 : open.segment(at));
            return entry.getValue().isEmpty() && !mustRemember(entry.getValue(), open);
        });
    }

    /** What is judged always; of what is not, only so many, since senders may name targets without end. */
    private boolean mustRemember(TargetWindows empty, TargetAnalyses open) {
        return empty.hasRefusals() && (open != null || windows.size() <= REFUSED_TARGETS);
    }

    void release() {
        windows.values().forEach(TargetWindows::release);
        windows.clear();
    }
}
