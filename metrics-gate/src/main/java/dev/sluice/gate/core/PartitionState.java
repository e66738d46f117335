package dev.sluice.gate.core;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** What the gate holds of one owned partition: its windows, its clock and what has been read of it. */
final class PartitionState {
    /** How often it looks whether there is something to forget … */
    private static final long TIDY_EVERY_MILLIS = 1000;
    /** … and how often in each target: not all at once, and not so often, while there is room. */
    private static final long TIDY_TARGET_EVERY_MILLIS = 5000;

    /**
     * And after so many events from where panes are coarse. While windows are read back the clock stands still: a tick, which is read
     * before the events that are as old, has told the time already.
     */
    private static final int TIDY_EVERY_COARSE = 10_000;

    private static final int REFUSED_TARGETS = 10_000;

    private final int number;
    private final Bounds bounds;
    private final Budget budget;
    private final long completeSince;
    private final long readSince;
    private final Function<TargetKey, TargetAnalyses> analyses;
    private final Predicate<TargetKey> isRule;
    private final Map<TargetKey, TargetWindows> windows = new HashMap<>();
    /** Of each target, in the order in which it is their turn. */
    private final Deque<Turn> turns = new ArrayDeque<>();

    private final Map<String, Newest> newestBySource = new HashMap<>();
    private Newest newestOfLast = new Newest(null);
    private final Agenda agenda = new Agenda();
    private final Set<TargetWindows> awaiting = new LinkedHashSet<>();
    private long clock = Long.MIN_VALUE;
    private long fineSince = Long.MIN_VALUE;
    private long tidiedAt = Long.MIN_VALUE;
    private int coarse;
    private boolean caughtUp;

    private record Turn(TargetWindows windows, long tidiedAt) {}

    private static final class Newest {
        private final String source;
        private long offset = -1;
        private int index;

        private Newest(String source) {
            this.source = source;
        }
    }

    /**
     * @param analyses the newest of a target; null for none
     * @param isRule whether a target is a rule, whose alerts freeze rollouts
     */
    PartitionState(
            int number,
            Bounds bounds,
            Budget budget,
            Function<TargetKey, TargetAnalyses> analyses,
            Predicate<TargetKey> isRule,
            Instant completeSince,
            Instant readSince) {
        this.number = number;
        this.bounds = bounds;
        this.budget = budget;
        this.analyses = analyses;
        this.isRule = isRule;
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

    /** What was before may be missing, even by the minute. */
    long historySince(TargetKey key) {
        var kept = windows.get(key);
        var read = Math.max(completeSince, readSince);
        return kept == null ? read : Math.max(kept.keptSince(), read);
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
    boolean isNew(Sample sample) {
        var newest = newestOf(sample.source());
        if (sample.offset() < newest.offset || (sample.offset() == newest.offset && sample.index() <= newest.index)) {
            return false;
        }
        newest.offset = sample.offset();
        newest.index = sample.index();
        return true;
    }

    /** Nearly always the same as that of the event before. */
    private Newest newestOf(String source) {
        if (!source.equals(newestOfLast.source)) {
            newestOfLast = newestBySource.computeIfAbsent(source, Newest::new);
        }
        return newestOfLast;
    }

    TargetWindows windows(TargetKey key) {
        return windows.computeIfAbsent(key, k -> {
            var alerts = new Alerts(budget, isRule.test(k));
            var added = new TargetWindows(k, bounds, budget, alerts, totalsKnownFrom(), analyses.apply(k));
            added.logBegins(completeSince);
            turns.add(new Turn(added, clock));
            return added;
        });
    }

    /** The log is read back that much further for them. */
    private long totalsKnownFrom() {
        return Math.max(completeSince, readSince - bounds.reach().toMillis());
    }

    List<FiringAlert> firing() {
        return windows.values().stream()
                .flatMap(target -> target.alerts().firing(target.key()))
                .toList();
    }

    /** Null where it has none. */
    TargetWindows knownWindows(TargetKey key) {
        return windows.get(key);
    }

    Agenda agenda() {
        return agenda;
    }

    /** Targets with runs that await the last events. */
    List<TargetWindows> awaiting() {
        return List.copyOf(awaiting);
    }

    void awaits(TargetWindows target, boolean whether) {
        if (target.awaits() != whether) {
            target.awaits(whether);
            if (whether) {
                awaiting.add(target);
            } else {
                awaiting.remove(target);
            }
        }
    }

    /** The same as {@link #tidy()} once these are taken in; {@code newest} is the append time of the last of them. */
    void tidyAfter(int events, Instant newest) {
        coarse += newest.toEpochMilli() < fineSince ? events : 0;
        if (coarse >= TIDY_EVERY_COARSE) {
            coarse = 0;
            for (var left = turns.size(); left > 0; left--) {
                tidyNext();
            }
        }
        tidy();
    }

    /** Forgets what no window can reach and merges what none cuts, in those targets whose turn it is. */
    void tidy() {
        if (clock < tidiedAt + TIDY_EVERY_MILLIS && tidiedAt != Long.MIN_VALUE) {
            return;
        }
        tidiedAt = clock;
        fineSince = bounds.floor(clock - bounds.keep().toMillis());
        var turnFrom = budget.isLow() ? clock - 1 : clock - TIDY_TARGET_EVERY_MILLIS;
        while (!turns.isEmpty() && turns.peek().tidiedAt() <= turnFrom) {
            tidyNext();
        }
    }

    private void tidyNext() {
        var next = turns.remove().windows();
        next.tidy(tidiedAt, fineSince);
        if (next.isEmpty() && !mustRemember(next)) {
            windows.remove(next.key());
            agenda.set(next, Long.MAX_VALUE);
            awaits(next, false);
        } else {
            turns.add(new Turn(next, clock));
        }
    }

    /** The same in this target now, because it is about to be told in words. */
    void tidy(TargetWindows one) {
        if (one.tidiedAt() != tidiedAt) {
            one.tidy(tidiedAt, fineSince);
        }
    }

    /** What is judged always; of what is not, only so many, since senders may name targets without end. */
    private boolean mustRemember(TargetWindows empty) {
        var isJudged = empty.analyses() != null && !empty.analyses().isEmpty();
        return isJudged || (empty.hasRefusals() && (empty.analyses() != null || windows.size() <= REFUSED_TARGETS));
    }

    void release() {
        windows.values().forEach(TargetWindows::release);
        windows.clear();
        turns.clear();
    }
}
