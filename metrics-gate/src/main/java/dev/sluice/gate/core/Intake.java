package dev.sluice.gate.core;

import java.util.List;

/** Takes the events of one batch into a partition's windows and counts what became of each. */
final class Intake {
    private final PartitionState state;
    private final long batch;
    private long kept;
    private long clamped;
    private long repeated;
    private long overflowed;
    private long otherRevision;
    private long withoutIncrease;

    /** @param batch another number for each */
    Intake(PartitionState state, long batch) {
        this.state = state;
        this.batch = batch;
    }

    /** @param touched gets the target, once, where the event changed its windows and may end a run of it */
    void take(Sample sample, List<TargetWindows> touched) {
        if (!state.isNew(sample)) {
            repeated++;
            return;
        }
        var known = sample.series().kept();
        var windows = known == null ? state.windows(sample.series().target()) : known.windows();
        if (windows.isRepeat(sample)) {
            repeated++;
            return;
        }
        if (sample instanceof TotalSample total) {
            takeTotal(total, windows, touched);
        } else {
            add(sample, windows, touched);
        }
    }

    private void takeTotal(TotalSample total, TargetWindows windows, List<TargetWindows> touched) {
        takeIncrease(total, windows, touched);
        var histogram = windows.histogram(total);
        if (histogram != null) {
            takeIncrease(histogram, windows, touched);
        }
    }

    private void takeIncrease(TotalSample total, TargetWindows windows, List<TargetWindows> touched) {
        if (!windows.hasRoomFor(total)) {
            overflowed++;
            return;
        }
        var increase = windows.increase(total);
        if (increase == null) {
            withoutIncrease++;
        } else {
            add(increase, windows, touched);
        }
    }

    private void add(Sample sample, TargetWindows windows, List<TargetWindows> touched) {
        var series = windows.add(sample);
        if (series == null) {
            overflowed++;
            return;
        }
        kept++;
        clamped += sample.isClamped() ? 1 : 0;
        otherRevision += series.listeners().isOfOtherRevision() ? 1 : 0;
        if (windows.isJudgedByEvents() && windows.isTouchedBy(batch)) {
            touched.add(windows);
        }
    }

    Tally tally() {
        return new Tally(kept, clamped, repeated, overflowed, otherRevision, withoutIncrease);
    }
}
