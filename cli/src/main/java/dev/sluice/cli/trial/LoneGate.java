package dev.sluice.cli.trial;

import dev.sluice.gate.core.Bounds;
import dev.sluice.gate.core.Decision;
import dev.sluice.gate.core.Gate;
import dev.sluice.gate.core.GateEvent;
import dev.sluice.gate.core.Pulled;
import dev.sluice.gate.judge.StandardJudging;
import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A metrics-gate that has one target alone, and everything that has come in for it. */
public final class LoneGate {
    public static final int PARTITION = 0;

    private static final long CELLS = 50_000_000;

    private final Gate gate;
    private final Function<Decision.AnswerNeeded, Pulled> answers;
    private List<Verdict> found = new ArrayList<>();
    private long kept;
    private long ofOtherRevisions;

    /**
     * @param history how long it remembers: here is no log to read again
     * @param reach see {@link Bounds#reach}
     * @param answers what metric providers answer
     */
    public LoneGate(Duration history, Duration reach, Function<Decision.AnswerNeeded, Pulled> answers) {
        var bounds = new Bounds(
                Bounds.DEFAULT.pane(),
                Bounds.DEFAULT.keep(),
                history,
                Bounds.DEFAULT.grace(),
                Bounds.DEFAULT.seriesPerTarget(),
                CELLS,
                Bounds.DEFAULT.idsPerTarget(),
                Bounds.DEFAULT.openRuns(),
                reach);
        this.gate = new Gate(bounds, StandardJudging.create(), key -> PARTITION);
        this.answers = answers;
        gate.on(new GateEvent.PartitionAssigned(PARTITION, Instant.EPOCH, Instant.EPOCH));
        gate.on(new GateEvent.CaughtUp(PARTITION));
    }

    public void judges(AnalysisSet set) {
        on(new GateEvent.AnalysesChanged(set));
    }

    public Optional<Instant> nextDue() {
        return gate.nextDue(PARTITION);
    }

    public void reach(Instant time) {
        on(new GateEvent.TimeReached(PARTITION, time));
    }

    public void on(GateEvent event) {
        for (var decision : gate.on(event)) {
            switch (decision) {
                case Decision.VerdictReached(var verdict) -> found.add(verdict);
                case Decision.CompletenessNeeded(var partition, var upTo) ->
                    on(new GateEvent.Complete(partition, upTo));
                case Decision.AnswerNeeded asked ->
                    on(new GateEvent.Answered(
                            PARTITION,
                            asked.key(),
                            asked.analysis(),
                            asked.run(),
                            asked.query().name(),
                            answers.apply(asked)));
                case Decision.RebuildNeeded needed ->
                    throw new IllegalStateException("the gate forgot what came since " + needed.since());
                case Decision.Counted(var tally) -> {
                    kept += tally.kept();
                    ofOtherRevisions += tally.otherRevision();
                }
                case Decision.Ignored ignored -> {}
            }
        }
    }

    /** How many events it has taken in. */
    public long kept() {
        return kept;
    }

    /** Of these, how many named a revision that is neither side's while something was judged. */
    public long ofOtherRevisions() {
        return ofOtherRevisions;
    }

    /** What it has found since it was asked last. */
    public List<Verdict> found() {
        var all = found;
        found = new ArrayList<>();
        return all;
    }
}
