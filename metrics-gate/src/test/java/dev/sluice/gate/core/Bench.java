package dev.sluice.gate.core;

import dev.sluice.gate.Shop;
import dev.sluice.gate.core.Decision.CompletenessNeeded;
import dev.sluice.gate.core.Decision.Counted;
import dev.sluice.gate.core.Decision.VerdictReached;
import dev.sluice.gate.core.GateEvent.AnalysesChanged;
import dev.sluice.gate.core.GateEvent.CaughtUp;
import dev.sluice.gate.core.GateEvent.Complete;
import dev.sluice.gate.core.GateEvent.MetricsArrived;
import dev.sluice.gate.core.GateEvent.PartitionAssigned;
import dev.sluice.gate.core.GateEvent.TimeReached;
import dev.sluice.gate.judge.StandardJudging;
import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Query.Evaluation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The gate with one partition, a clock that the test turns, and all that it has decided. */
final class Bench {
    static final Duration RUN = Duration.ofSeconds(30);
    static final Duration RUN_AND_GRACE = Duration.ofSeconds(31);
    static final Query AT_THE_END = Shop.errorRate(Evaluation.INTERVAL, 100);
    static final Query AT_ONCE = Shop.errorRate(Evaluation.CONTINUOUS, 100);
    static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

    final Gate gate;
    final List<Decision> decisions = new ArrayList<>();
    private Instant now = START;
    private long offset;

    Bench() {
        this(Bounds.DEFAULT);
    }

    Bench(Bounds bounds) {
        gate = new Gate(bounds, StandardJudging.create(), key -> 0);
        tell(new PartitionAssigned(0, Instant.EPOCH, Instant.EPOCH));
        tell(new CaughtUp(0));
    }

    List<Decision> tell(GateEvent event) {
        var made = gate.on(event);
        decisions.addAll(made);
        return made;
    }

    void open(AnalysisSet set) {
        tell(new AnalysesChanged(set));
    }

    void measure(MetricEvent... events) {
        var arrivals = new ArrayList<Arrival>();
        for (var event : events) {
            arrivals.add(new Arrival(event, now, new Origin("rollout.metrics/0", offset++, 0)));
        }
        tell(new MetricsArrived(0, arrivals, now));
    }

    /** Lets time pass; what has to be complete is complete at once. */
    void pass(Duration time) {
        passWithoutCompleteness(time).forEach(upTo -> tell(new Complete(0, upTo)));
    }

    /** Lets time pass; answers what would have to be complete. */
    List<Instant> passWithoutCompleteness(Duration time) {
        now = now.plus(time);
        return tell(new TimeReached(0, now)).stream()
                .filter(CompletenessNeeded.class::isInstance)
                .map(decision -> ((CompletenessNeeded) decision).upTo())
                .toList();
    }

    Instant now() {
        return now;
    }

    List<Verdict> verdicts() {
        return decisions.stream()
                .filter(VerdictReached.class::isInstance)
                .map(decision -> ((VerdictReached) decision).verdict())
                .toList();
    }

    Tally lastTally() {
        return decisions.stream()
                .filter(Counted.class::isInstance)
                .map(decision -> ((Counted) decision).tally())
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    List<Outcome> outcomes() {
        return verdicts().stream().map(Verdict::outcome).toList();
    }

    /** Of the first query of the first verdict. */
    String words() {
        return verdicts().getFirst().queries().getFirst().words();
    }
}
