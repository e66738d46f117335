package dev.sluice.gate.core;

import java.util.Map;
import java.util.Set;

/** Takes the events of one batch into a partition's windows and counts what became of each. */
final class Intake {
    private final PartitionState state;
    private final Map<TargetKey, TargetAnalyses> analyses;
    private long kept;
    private long clamped;
    private long repeated;
    private long overflowed;
    private long otherRevision;

    Intake(PartitionState state, Map<TargetKey, TargetAnalyses> analyses) {
        this.state = state;
        this.analyses = analyses;
    }

    /** @param touched gets the target, where the event changed its windows */
    void take(Arrival arrival, Set<TargetKey> touched) {
        var event = arrival.event();
        if (!state.isNew(arrival.origin())) {
            repeated++;
            return;
        }
        var key = new TargetKey(event.application(), event.target());
        var windows = state.windows(key);
        var time = EventTime.of(event.time(), arrival.appended());
        if (windows.isRepeat(event, arrival.appended().toEpochMilli())) {
            repeated++;
            return;
        }
        if (!windows.add(event, time.millis(), isAsked(key, event.metric()))) {
            overflowed++;
            return;
        }
        kept++;
        clamped += time.clamped() ? 1 : 0;
        otherRevision += isOfOtherRevision(key, event.variant() == null ? event.revision() : null) ? 1 : 0;
        touched.add(key);
    }

    private boolean isAsked(TargetKey key, String metric) {
        var target = analyses.get(key);
        return target != null && target.asksFor(metric);
    }

    private boolean isOfOtherRevision(TargetKey key, String revision) {
        var target = revision == null ? null : analyses.get(key);
        return target != null && !target.isEmpty() && !target.names(revision);
    }

    Tally tally() {
        return new Tally(kept, clamped, repeated, overflowed, otherRevision);
    }
}
