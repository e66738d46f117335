package dev.sluice.engine.core;

import static dev.sluice.engine.core.Targets.because;
import static dev.sluice.engine.core.Targets.by;
import static dev.sluice.engine.core.Targets.gate;
import static dev.sluice.engine.core.Targets.judging;
import static dev.sluice.engine.core.Targets.run;

import dev.sluice.engine.core.state.Gate;
import dev.sluice.engine.core.state.Judging;
import dev.sluice.engine.core.state.State;
import java.util.List;

/** What decisions about analyses change. */
final class JudgingReplay {
    private JudgingReplay() {}

    static State apply(State state, Decision.OfJudging decision) {
        return switch (decision) {
            case Decision.AnalysisOpened d -> judging(state, d, judging -> judging.opened(d.analysis()));
            case Decision.RunJudged d -> judged(state, d);
            case Decision.ShareMeasured d -> judging(state, d, judging -> judging.with(d.shares()));
            case Decision.RunsMissed d -> missed(state, d);
            case Decision.AnalysisRestarted d -> restarted(state, d);
            case Decision.AnalysisClosed d -> closed(state, d);
            case Decision.JudgementAsked d -> because(asked(state, d), d);
            case Decision.JudgementGiven d -> by(judging(state, d, Judging::answered), d, d.actor());
            case Decision.AnalysisLimited d -> judging(state, d, judging -> judging.limited(d.spec()));
        };
    }

    private static State missed(State state, Decision.RunsMissed d) {
        var next = judging(
                state,
                d,
                judging -> judging.find(d.analysis())
                        .map(run -> judging.judged(run.missed(d.upTo())))
                        .orElse(judging));
        next = gate(next, d, gate -> gate.judged(d.analysis()));
        return isOfStep(state, d.target(), d.analysis()) ? because(next, d) : next;
    }

    /** What a target waits for stays its reason, unless that is this very analysis. */
    private static State judged(State state, Decision.RunJudged d) {
        var isTold = d.stored() || run(state, d.target()).judging().isToBeToldAt(d.at());
        var next = judging(state, d, judging -> isTold ? judged(judging, d).told(d.at()) : judged(judging, d));
        next = gate(next, d, gate -> gate.judged(d.analysis()));
        next = isOfStep(state, d.target(), d.analysis()) ? because(next, d) : next;
        // one that is stored is told like every decision
        return isTold && !d.stored() ? next.told(d.target()) : next;
    }

    private static Judging judged(Judging judging, Decision.RunJudged d) {
        return judging.find(d.analysis())
                .map(run -> run.judged(
                        d.run(),
                        d.outcome(),
                        d.verdict() == null ? List.of() : d.verdict().queries()))
                .map(judging::judged)
                .orElse(judging);
    }

    private static boolean isOfStep(State state, String target, String analysis) {
        return run(state, target).judging().steps().stream()
                .anyMatch(step -> step.id().equals(analysis));
    }

    private static State restarted(State state, Decision.AnalysisRestarted d) {
        var next = judging(state, d, judging -> judging.closed(d.analysis()).opened(d.next()));
        return gate(next, d, gate -> gate.restarted(d.analysis(), d.next().id()));
    }

    private static State closed(State state, Decision.AnalysisClosed d) {
        var next = judging(state, d, judging -> judging.closed(d.analysis()));
        return gate(next, d, gate -> gate.closed(d.analysis(), d.outcome()));
    }

    /** Where the target waits for that analysis, and else beside its steps. */
    private static State asked(State state, Decision.JudgementAsked d) {
        var isWaitedFor = run(state, d.target()).stage() instanceof Gate gate
                && gate.judges(d.judgement().id());
        return isWaitedFor
                ? gate(state, d, gate -> gate.asked(d.judgement()))
                : judging(state, d, judging -> judging.asked(d.judgement()));
    }
}
