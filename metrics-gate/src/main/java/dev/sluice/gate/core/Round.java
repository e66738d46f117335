package dev.sluice.gate.core;

import dev.sluice.gate.core.Decision.AnswerNeeded;
import dev.sluice.gate.core.Decision.CompletenessNeeded;
import dev.sluice.gate.core.Decision.VerdictReached;
import dev.sluice.schemas.message.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/** Goes once through the open runs of one target. */
final class Round {
    private final PartitionState state;
    private final TargetWindows windows;
    private final TargetAnalyses target;
    private final Bounds bounds;
    private final List<Decision> decisions;

    /** @param decisions gets what follows */
    Round(PartitionState state, TargetWindows windows, Bounds bounds, List<Decision> decisions) {
        this.state = state;
        this.windows = windows;
        this.target = windows.analyses();
        this.bounds = bounds;
        this.decisions = decisions;
    }

    /** Opens what has begun, judges what events may have changed and ends what is over by the clock. */
    void judge() {
        if (windows.hasRefusals()) {
            // what was refused long ago keeps nothing from being judged
            state.tidy(windows);
        }
        for (var open : target.all()) {
            open.openUntil(state.clock());
            eachRun(open, (judge, run) -> {
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
            });
        }
        schedule();
    }

    /** Gives the runs that await the last events, and end by then, their verdict. */
    void close(Instant upTo, BiFunction<RunJudge, Run, Optional<Verdict>> verdict) {
        for (var open : target.all()) {
            eachRun(open, (judge, run) -> {
                if (run.phase() == Run.Phase.AWAITING && run.end() <= upTo.toEpochMilli()) {
                    run.closesBy(verdict);
                    closeIfAnswered(open, judge, run);
                }
            });
        }
        schedule();
    }

    /** A provider has answered for one run: the verdict, if nothing else is awaited. */
    void answered(OpenAnalysis open, Run run) {
        var judge = new RunJudge(target, open, windows, state);
        var failure = run.phase() == Run.Phase.AWAITING ? judge.onEvents(run, run.end()) : Optional.<Verdict>empty();
        reach(open, run, failure);
        if (failure.isEmpty()) {
            closeIfAnswered(open, judge, run);
        }
        schedule();
    }

    private void closeIfAnswered(OpenAnalysis open, RunJudge judge, Run run) {
        if (run.closing() != null && run.phase() == Run.Phase.AWAITING && !open.lacksAnswers(run)) {
            reach(open, run, run.closing().apply(judge, run));
        }
    }

    /** Whoever steps may close the run that it is at. */
    private void eachRun(OpenAnalysis open, BiConsumer<RunJudge, Run> step) {
        var judge = new RunJudge(target, open, windows, state);
        var runs = open.runs();
        for (int i = 0; i < runs.size(); ) {
            var run = runs.get(i);
            step.accept(judge, run);
            i += i < runs.size() && runs.get(i) == run ? 1 : 0;
        }
    }

    private boolean isOver(Run run) {
        return run.due() != Long.MAX_VALUE && run.due() + bounds.grace().toMillis() <= state.clock();
    }

    private void end(OpenAnalysis open, RunJudge judge, Run run) {
        var failure = judge.onEnd(run);
        reach(open, run, failure);
        if (failure.isEmpty()) {
            ask(open, run);
            decisions.add(new CompletenessNeeded(state.number(), Instant.ofEpochMilli(run.end())));
        }
    }

    private void ask(OpenAnalysis open, Run run) {
        for (var query : open.queries()) {
            if (open.isToBeAsked(query, run)) {
                decisions.add(new AnswerNeeded(
                        state.number(),
                        windows.key(),
                        open.analysis().analysis(),
                        run.number(),
                        query.query(),
                        open.askedOf(query, run),
                        open.analysis().interval(),
                        target.set().variables()));
            }
        }
    }

    private void reach(OpenAnalysis open, Run run, Optional<Verdict> verdict) {
        verdict.ifPresent(reached -> {
            decisions.add(new VerdictReached(reached));
            open.close(run.number());
        });
    }

    private void schedule() {
        state.agenda().set(windows, target.nextDue());
        state.awaits(windows, target.isAwaiting());
        windows.judgedByEvents(target.isJudgedByEvents());
    }
}
