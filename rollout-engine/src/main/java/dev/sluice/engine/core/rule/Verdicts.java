package dev.sluice.engine.core.rule;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.state.AnalysisRun;
import dev.sluice.engine.core.state.Condition;
import dev.sluice.engine.core.state.Gate;
import dev.sluice.engine.core.state.Gate.Place;
import dev.sluice.engine.core.state.Hold;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.OnInconclusive;
import dev.sluice.schemas.rollout.RollMode;
import java.util.List;
import java.util.Locale;

/** Counts verdicts against their limits and acts on what an analysis comes to. */
public final class Verdicts {
    private static final String AWAITED = "the steps are done: waits for the first verdict of the analysis beside them";

    private Verdicts() {}

    public static void take(Draft d, Verdict verdict) {
        var found = d.runs().stream()
                .filter(run -> run.name().equals(verdict.target()))
                .flatMap(run -> run.judging().find(verdict.analysis()).stream())
                .findFirst();
        if (found.isEmpty()) {
            d.ignore(verdict.target(), "analysis " + verdict.analysis() + " is not open");
            return;
        }
        var analysis = found.get();
        if (analysis.seen().contains(verdict.run())) {
            d.ignore(verdict.target(), "run " + verdict.run() + " of " + verdict.analysis() + " has its verdict");
        } else if (verdict.run() < 1
                || !analysis.seen().isInReach(verdict.run())
                || (!analysis.isBackground() && verdict.run() > analysis.spec().runs())) {
            d.ignore(verdict.target(), verdict.analysis() + " has no run " + verdict.run());
        } else {
            judge(d, verdict.target(), analysis, verdict.run(), verdict.outcome(), verdict);
        }
    }

    /** No verdicts came in time for the runs up to this one: that is no success (B06, B10). */
    public static void missed(Draft d, String target, AnalysisRun analysis, int upTo) {
        var runs = analysis.nextRun() == upTo ? "run " + upTo : "runs " + analysis.nextRun() + " to " + upTo;
        var words =
                "analysis " + analysis.name() + ", " + runs + ": no verdict came in time; is a metrics-gate running?";
        d.decide(new Decision.RunsMissed(target, why(ReasonCode.ANALYSIS_RUNNING, words), d.at(), analysis.id(), upTo));
        d.run(target).judging().find(analysis.id()).ifPresent(now -> weigh(d, target, now));
    }

    /**
     * The steps are done: an analysis beside them that never passed is no success either. One without any verdict yet is
     * awaited, which ends with its verdict or, where nobody judges, with {@link #missed}.
     *
     * @return whether it is awaited
     */
    public static boolean awaitsAtTheEnd(Draft d, TargetRun run) {
        var beside = run.judging().background();
        if (beside == null) {
            return false;
        }
        if (beside.hasLooked()) {
            Tally.unpassed(beside).ifPresent(standing -> act(d, run.name(), beside, standing));
            return false;
        }
        if (!run.position().why().words().equals(AWAITED)) {
            var awaited = new Condition.FirstVerdict(beside.id(), false);
            var gate = new Gate(Place.STEP, run.plan().steps().size(), List.of(awaited));
            d.decide(new Decision.StepEntered(run.name(), why(ReasonCode.ANALYSIS_RUNNING, AWAITED), d.at(), gate));
        }
        return true;
    }

    /** Closes whatever is open, without acting on it: an analysis without a measurement stays inconclusive (B13). */
    public static void stopAll(Draft d, String target, String words) {
        d.run(target).judging().open().forEach(analysis -> stop(d, target, analysis, words));
    }

    public static void stop(Draft d, String target, AnalysisRun analysis, String words) {
        var outcome = analysis.lastOutcome() == null ? Outcome.INCONCLUSIVE : analysis.lastOutcome();
        close(d, target, analysis, outcome, "stopped: " + words);
    }

    private static void judge(Draft d, String target, AnalysisRun analysis, int run, Outcome outcome, Verdict verdict) {
        var words = "analysis " + analysis.name() + ", run " + run
                + (analysis.isBackground() ? "" : " of " + analysis.spec().runs()) + ": " + spoken(outcome, verdict);
        d.decide(new Decision.RunJudged(
                target,
                why(ReasonCode.ANALYSIS_RUNNING, words),
                d.at(),
                analysis.id(),
                run,
                outcome,
                verdict,
                !analysis.passedLike(outcome, verdict.queries())));
        Shares.take(d, target, analysis, verdict);
        d.run(target).judging().find(analysis.id()).ifPresent(now -> weigh(d, target, now));
    }

    /** What its runs have come to so far, as its limits are now. */
    public static void weigh(Draft d, String target, AnalysisRun analysis) {
        act(d, target, analysis, Tally.of(analysis));
    }

    private static void act(Draft d, String target, AnalysisRun analysis, Tally.Standing standing) {
        if (d.state().rollout().isObserving()) {
            Opinions.weighed(d, target, analysis, standing);
            return;
        }
        switch (standing) {
            case Tally.Standing.Open open -> {}
            case Tally.Standing.Passed passed -> {
                close(d, target, analysis, Outcome.PASS, "all runs are judged");
                passed(d, target, analysis, Outcome.PASS, "all runs are judged");
            }
            case Tally.Standing.Failed failed -> {
                close(d, target, analysis, Outcome.FAIL, failed.words());
                failed(d, target, analysis, failed.words());
            }
            case Tally.Standing.Unmeasured none -> {
                close(d, target, analysis, Outcome.INCONCLUSIVE, none.words());
                passed(d, target, analysis, Outcome.INCONCLUSIVE, none.words());
            }
            case Tally.Standing.Inconclusive none -> {
                close(d, target, analysis, Outcome.INCONCLUSIVE, none.words());
                inconclusive(d, target, none);
            }
        }
    }

    /** Nothing else stands in the way, unless the file asks a person. */
    private static void passed(Draft d, String target, AnalysisRun analysis, Outcome outcome, String words) {
        if (analysis.spec().rollForwardMode() == RollMode.MANUAL) {
            Judgements.ask(d, target, analysis, outcome, words);
        }
    }

    private static void failed(Draft d, String target, AnalysisRun analysis, String words) {
        switch (analysis.spec().rollBackMode()) {
            case AUTOMATIC -> rollBack(d, target, ReasonCode.ANALYSIS_FAILED, "analysis failed: " + words);
            case MANUAL -> Judgements.ask(d, target, analysis, Outcome.FAIL, words);
        }
    }

    private static void inconclusive(Draft d, String target, Tally.Standing.Inconclusive none) {
        var words = "analysis inconclusive: " + none.words();
        if (none.then() == OnInconclusive.ROLLBACK) {
            rollBack(d, target, ReasonCode.ANALYSIS_INCONCLUSIVE, words);
        } else {
            var hold = new Hold(Hold.Kind.INCONCLUSIVE, null, d.at());
            var why = why(ReasonCode.ANALYSIS_INCONCLUSIVE, words + "; 'resume' or 'abort'");
            d.decide(new Decision.Paused(target, why, d.at(), hold));
        }
    }

    private static void rollBack(Draft d, String target, ReasonCode code, String words) {
        Rollbacks.failed(d, target, why(code, words), null);
    }

    static void close(Draft d, String target, AnalysisRun analysis, Outcome outcome, String words) {
        d.decide(new Decision.AnalysisClosed(target, why(null, words), d.at(), analysis.id(), outcome));
    }

    private static String spoken(Outcome outcome, Verdict verdict) {
        var word = outcome.name().charAt(0) + outcome.name().substring(1).toLowerCase(Locale.ROOT);
        return verdict.queries().stream()
                .filter(query -> query.outcome() == outcome && query.words() != null)
                .map(query -> word + " (" + query.words() + ")")
                .findFirst()
                .orElse(word);
    }
}
