package dev.sluice.cli.trial;

import dev.sluice.gate.core.Bounds;
import dev.sluice.gate.core.Decision;
import dev.sluice.gate.core.Gate;
import dev.sluice.gate.core.GateEvent;
import dev.sluice.gate.core.Pulled;
import dev.sluice.gate.core.TargetKey;
import dev.sluice.gate.judge.StandardJudging;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One target as a metrics-gate has it: its windows, its open analyses, and a clock that goes on when it is told to. */
final class JudgedTarget {
    private static final int PARTITION = 0;
    /** As far back as any query looks at the release before. */
    private static final Duration BEFORE = Duration.ofMinutes(50);

    /** A gate's own, but for what it forgets and reads from the log again: here is no log. */
    private static final Bounds BOUNDS = new Bounds(
            Bounds.DEFAULT.pane(),
            Bounds.DEFAULT.keep(),
            Release.LONGEST.plus(BEFORE),
            Bounds.DEFAULT.grace(),
            Bounds.DEFAULT.seriesPerTarget(),
            50_000_000,
            Bounds.DEFAULT.idsPerTarget(),
            Bounds.DEFAULT.openRuns());

    private final Gate gate = new Gate(BOUNDS, StandardJudging.create(), key -> PARTITION);
    private final Scenario scenario;
    private final Traffic traffic;
    private final Instant begun;
    private Instant now;

    JudgedTarget(Scenario scenario, TargetKey target, Instant begun) {
        this.scenario = scenario;
        this.traffic = new Traffic(scenario, target, begun);
        this.begun = begun;
        this.now = begun.minus(BEFORE);
        gate.on(new GateEvent.PartitionAssigned(PARTITION, Instant.EPOCH, Instant.EPOCH));
        gate.on(new GateEvent.CaughtUp(PARTITION));
        while (now.isBefore(begun)) {
            pass(Weight.ZERO);
        }
    }

    Instant now() {
        return now;
    }

    /** How many have come in. */
    long events() {
        return traffic.sent();
    }

    Duration sinceBegun() {
        return Duration.between(begun, now);
    }

    void judges(AnalysisSet set) {
        carriedOut(new GateEvent.AnalysesChanged(set), new ArrayList<>());
    }

    /** A second passes; returns what was found in it. */
    List<Verdict> pass(Weight weight) {
        var verdicts = new ArrayList<Verdict>();
        var end = now.plus(Traffic.TICK);
        for (var due = gate.nextDue(PARTITION);
                due.isPresent() && due.get().isBefore(end);
                due = gate.nextDue(PARTITION)) {
            carriedOut(new GateEvent.TimeReached(PARTITION, due.get()), verdicts);
        }
        now = end;
        carriedOut(new GateEvent.MetricsArrived(PARTITION, traffic.before(end, weight), end), verdicts);
        return verdicts;
    }

    private void carriedOut(GateEvent event, List<Verdict> verdicts) {
        for (var decision : gate.on(event)) {
            switch (decision) {
                case Decision.VerdictReached(var verdict) -> verdicts.add(verdict);
                case Decision.CompletenessNeeded(var partition, var upTo) ->
                    carriedOut(new GateEvent.Complete(partition, upTo), verdicts);
                case Decision.AnswerNeeded asked ->
                    carriedOut(
                            new GateEvent.Answered(
                                    PARTITION,
                                    asked.key(),
                                    asked.analysis(),
                                    asked.run(),
                                    asked.query().name(),
                                    answer(asked)),
                            verdicts);
                case Decision.RebuildNeeded needed ->
                    throw new IllegalStateException("the gate forgot what came since " + needed.since());
                case Decision.Counted counted -> {}
                case Decision.Ignored ignored -> {}
            }
        }
    }

    private Pulled answer(Decision.AnswerNeeded asked) {
        var query = asked.query();
        var answer = scenario.answers().get(query.name());
        return answer == null
                ? new Pulled.Nothing("no provider is asked here: say what it would answer below `answers`")
                : new Pulled.Found(answer.at(sinceBegun()), Math.max(1, query.minimumSamples()));
    }
}
