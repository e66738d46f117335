package dev.sluice.cli.replay;

import dev.sluice.cli.Stop;
import dev.sluice.cli.trial.Ground;
import dev.sluice.cli.trial.LoneGate;
import dev.sluice.gate.core.GateEvent;
import dev.sluice.gate.core.Pulled;
import dev.sluice.gate.core.TargetKey;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Metrics as they came in, at the weights that there were: a step waits until the canary got its weight then. */
final class RecordedGround implements Ground {
    /** What comes in within it is looked at together, as a gate does with what it has polled. */
    private static final Duration BATCH = Duration.ofMillis(50);

    private static final Pulled NOT_ASKED = new Pulled.Nothing("no provider is asked about what was");

    private final Past past;
    private final TargetKey target;
    private final Arrivals arrivals;
    private final LoneGate gate;
    private Instant now;

    /**
     * @param before how far back the log is read
     * @param reach of that, what only tells counters' first increases
     */
    RecordedGround(Past past, TargetKey target, Arrivals arrivals, Duration before, Duration reach) throws Stop {
        this.past = past;
        this.target = target;
        this.arrivals = arrivals;
        var memory = Duration.between(past.begun(), past.ended()).plus(before).plusHours(1);
        this.gate = new LoneGate(memory, reach, asked -> NOT_ASKED);
        this.now = past.begun().minus(before);
        while (now.isBefore(past.begun())) {
            goTo(earliest(Stream.of(past.begun(), batchEnd())));
        }
    }

    @Override
    public Instant begun() {
        return past.begun();
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public AnalysisSet.Variants variants() {
        return new AnalysisSet.Variants(past.stableRevision(), past.revision());
    }

    @Override
    public void judges(AnalysisSet set) {
        gate.judges(set);
    }

    @Override
    public void order(Weight weight) {} // it was as it was

    @Override
    public boolean hasCarried(Weight weight) {
        return weight.isZero()
                || past.course().headMap(now, true).values().stream().anyMatch(carried -> !weight.above(carried));
    }

    @Override
    public Weight weight() {
        var carried = past.course().floorEntry(now);
        return carried == null ? Weight.ZERO : carried.getValue();
    }

    @Override
    public List<Verdict> pass(Instant latest) throws Stop {
        gate.reach(now);
        goTo(earliest(Stream.of(
                        Optional.of(past.ended()),
                        Optional.ofNullable(latest),
                        Optional.ofNullable(past.course().higherKey(now)),
                        gate.nextDue(),
                        Optional.of(batchEnd()))
                .flatMap(Optional::stream)));
        gate.reach(now);
        return gate.found();
    }

    private Instant earliest(Stream<Instant> times) {
        return times.filter(time -> time.isAfter(now)).min(Instant::compareTo).orElseThrow();
    }

    /** Of what comes in next. */
    private Instant batchEnd() throws Stop {
        var next = arrivals.nextMillis();
        return next == Long.MAX_VALUE
                ? Instant.MAX
                : Stream.of(now, Instant.ofEpochMilli(next))
                        .max(Instant::compareTo)
                        .orElseThrow()
                        .plus(BATCH);
    }

    private void goTo(Instant end) throws Stop {
        var taken = new ArrayList<Arrivals.Arrived>();
        while (arrivals.nextMillis() < end.toEpochMilli()) {
            taken.add(arrivals.next());
        }
        now = end;
        if (!taken.isEmpty()) {
            var samples = taken.stream()
                    .map(Arrivals.Arrived::sample)
                    .filter(Objects::nonNull)
                    .toList();
            gate.on(new GateEvent.SamplesArrived(
                    LoneGate.PARTITION,
                    samples,
                    Instant.ofEpochMilli(taken.getLast().appendedMillis())));
            taken.stream()
                    .filter(arrived -> arrived.alert() != null)
                    .forEach(arrived -> gate.on(new GateEvent.AlertHeard(LoneGate.PARTITION, target, arrived.alert())));
        }
    }

    @Override
    public boolean isOver() {
        return !now.isBefore(past.ended());
    }

    /** When the canary went bad nobody knows. */
    @Override
    public Optional<Duration> changedBy(Duration time) {
        return Optional.empty();
    }

    long events() {
        return gate.kept();
    }

    long ofOtherRevisions() {
        return gate.ofOtherRevisions();
    }
}
