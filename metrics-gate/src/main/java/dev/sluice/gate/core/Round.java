package dev.sluice.gate.core;

import dev.sluice.gate.core.Decision.CompletenessNeeded;
import dev.sluice.gate.core.Decision.VerdictReached;
import dev.sluice.schemas.message.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Goes once through the open runs of one target. */
final class Round {
    private final PartitionState state;
    private final TargetKey key;
    private final TargetAnalyses target;
    private final Bounds bounds;
    private final List<Decision> decisions = new ArrayList<>();

    Round(PartitionState state, TargetKey key, TargetAnalyses target, Bounds bounds) {
        this.state = state;
        this.key = key;
        this.target = target;
        this.bounds = bounds;
    }

    /** Opens what has begun, judges what events may have changed and ends what is over by the clock. */
    List<Decision> judge() {
        for (var open : target.all()) {
            open.openUntil(state.clock());
            var judge = judgeOf(open);
            for (var run : open.runs()) {
                if (isOver(run)) {
                    end(open, judge, run);
                } else {
                    reach(
                            open,
                            run,
                            judge.onEvents(
                                    run,
                                    bounds.floor(state.clock()) + bounds.pane().toMillis()));
                }
            }
        }
        return scheduled();
    }

    /** Gives the runs that await the last events, and end by then, their verdict. */
    List<Decision> close(Instant upTo, BiFunction<RunJudge, Run, Optional<Verdict>> verdict) {
        for (var open : target.all()) {
            var judge = judgeOf(open);
            for (var run : open.runs()) {
                if (run.phase() == Run.Phase.AWAITING && run.end() <= upTo.toEpochMilli()) {
                    reach(open, run, verdict.apply(judge, run));
                }
            }
        }
        return scheduled();
    }

    private boolean isOver(Run run) {
        return run.due() != Long.MAX_VALUE && run.due() + bounds.grace().toMillis() <= state.clock();
    }

    private void end(OpenAnalysis open, RunJudge judge, Run run) {
        var failure = judge.onEnd(run);
        reach(open, run, failure);
        if (failure.isEmpty()) {
            decisions.add(new CompletenessNeeded(state.number(), Instant.ofEpochMilli(run.end())));
        }
    }

    private void reach(OpenAnalysis open, Run run, Optional<Verdict> verdict) {
        verdict.ifPresent(reached -> {
            decisions.add(new VerdictReached(reached));
            open.close(run.number());
        });
    }

    private RunJudge judgeOf(OpenAnalysis open) {
        return new RunJudge(target, open, state.windows(key), state.clock(), state.completeSince());
    }

    private List<Decision> scheduled() {
        state.agenda().set(key, target.nextDue());
        var awaits = target.all().stream()
                .flatMap(open -> open.runs().stream())
                .anyMatch(run -> run.phase() == Run.Phase.AWAITING);
        if (awaits) {
            state.awaiting().add(key);
        } else {
            state.awaiting().remove(key);
        }
        return decisions;
    }
}
