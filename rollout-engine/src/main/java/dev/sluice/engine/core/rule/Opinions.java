package dev.sluice.engine.core.rule;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.step.Analyses;
import dev.sluice.engine.core.state.AnalysisRun;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Watched;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Observation.Move;
import dev.sluice.schemas.message.Observation.Opinion;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.OnInconclusive;
import dev.sluice.schemas.rollout.RollMode;

/**
 * What Sluice would do where another tool decides, by the same analyses and limits. To go back is its last word; what it would have
 * paused for, somebody has answered once the other tool goes on.
 */
final class Opinions {
    private Opinions() {}

    /** An analysis has come to something, or not yet. */
    static void weighed(Draft d, String target, AnalysisRun analysis, Tally.Standing standing) {
        switch (standing) {
            case Tally.Standing.Open open -> {}
            case Tally.Standing.Passed passed -> {
                Verdicts.close(d, target, analysis, Outcome.PASS, "all runs are judged");
                form(d, target, Opinion.GO_ON, ReasonCode.ANALYSIS_RUNNING, analysis.name() + " passed");
            }
            case Tally.Standing.Failed failed -> {
                Verdicts.close(d, target, analysis, Outcome.FAIL, failed.words());
                var isLeft = analysis.spec().rollBackMode() == RollMode.MANUAL;
                form(
                        d,
                        target,
                        isLeft ? Opinion.PAUSE : Opinion.ROLL_BACK,
                        ReasonCode.ANALYSIS_FAILED,
                        "analysis failed: " + failed.words());
            }
            case Tally.Standing.Unmeasured none -> {
                Verdicts.close(d, target, analysis, Outcome.INCONCLUSIVE, none.words());
                form(d, target, Opinion.GO_ON, ReasonCode.ANALYSIS_INCONCLUSIVE, none.words(), false);
            }
            case Tally.Standing.Inconclusive none -> {
                Verdicts.close(d, target, analysis, Outcome.INCONCLUSIVE, none.words());
                form(
                        d,
                        target,
                        none.then() == OnInconclusive.ROLLBACK ? Opinion.ROLL_BACK : Opinion.PAUSE,
                        ReasonCode.ANALYSIS_INCONCLUSIVE,
                        "analysis inconclusive: " + none.words());
            }
        }
    }

    private static void form(Draft d, String target, Opinion opinion, ReasonCode code, String reason) {
        form(d, target, opinion, code, reason, true);
    }

    /** What passes beside an opinion that asks for a person doesn't take it away. */
    private static void form(
            Draft d, String target, Opinion opinion, ReasonCode code, String reason, boolean isJudged) {
        var watched = d.run(target).watched();
        var before = watched.opinion();
        if (before != Opinion.ROLL_BACK && (before != Opinion.PAUSE || opinion == Opinion.ROLL_BACK)) {
            think(d, target, isJudged ? watched.havingJudged() : watched, opinion, code, reason);
        }
    }

    private static void think(
            Draft d, String target, Watched watched, Opinion opinion, ReasonCode code, String reason) {
        var weight = d.run(target).traffic().applied();
        var words = would(opinion) + " at " + weight + " %: " + reason;
        d.decide(new Decision.OpinionFormed(
                target, why(code, words), d.at(), watched.thinking(opinion, reason, d.at())));
        if (opinion == Opinion.ROLL_BACK) {
            Verdicts.stopAll(d, target, "Sluice would have gone back");
        }
    }

    private static String would(Opinion opinion) {
        return switch (opinion) {
            case GO_ON -> "Sluice would go on";
            case PAUSE -> "Sluice would pause for a person";
            case ROLL_BACK -> "Sluice would roll back";
        };
    }

    /** The other tool gives the canary more. */
    static void raised(Draft d, String target, Weight weight) {
        var watched = d.run(target).watched();
        switch (watched.opinion()) {
            case GO_ON -> {}
            case PAUSE -> {
                disagree(d, target, Move.RAISED, watched.told().reason());
                think(
                        d,
                        target,
                        d.run(target).watched(),
                        Opinion.GO_ON,
                        ReasonCode.WEIGHT_APPLIED,
                        "the other tool goes on");
                if (d.run(target).stage().step() > 0) {
                    Analyses.openBackground(d, target);
                }
            }
            case ROLL_BACK -> {
                var isTold = watched.told().disagreements().stream()
                        .anyMatch(one -> one.sluice() == Opinion.ROLL_BACK && one.other() == Move.RAISED);
                if (!isTold) {
                    disagree(d, target, Move.RAISED, watched.told().reason());
                }
            }
        }
    }

    /** @param reason why Sluice would not have done so */
    static void disagree(Draft d, String target, Move other, String reason) {
        var run = d.run(target);
        var words =
                "disagrees: the tool that decides " + did(other, run.traffic().applied()) + ", where "
                        + would(run.watched().opinion()) + ": " + reason;
        d.decide(new Decision.Disagreed(
                target,
                why(run.position().why().code(), words),
                d.at(),
                run.watched().disagreeing(other, reason, d.at())));
    }

    private static String did(Move other, Weight weight) {
        return switch (other) {
            case RAISED -> "raised the canary to " + weight + " %";
            case PROMOTED -> "promoted it";
            case TOOK_BACK -> "took it back";
        };
    }

    /** The analysis beside the steps ends with the traffic: what it has come to by then is what counts. */
    static void conclude(Draft d, TargetRun run) {
        var beside = run.judging().background();
        if (beside == null || run.watched().opinion() != Opinion.GO_ON || !beside.hasLooked()) {
            return;
        }
        Tally.unpassed(beside)
                .ifPresentOrElse(
                        standing -> weighed(d, run.name(), beside, standing),
                        () -> form(
                                d,
                                run.name(),
                                Opinion.GO_ON,
                                ReasonCode.ANALYSIS_RUNNING,
                                "analysis " + beside.name() + " passed " + beside.passes() + " of "
                                        + beside.seen().count() + " runs"));
    }

    /** For people, once it is over. */
    static String words(Watched watched) {
        var told = watched.told();
        if (Boolean.TRUE.equals(told.agrees())) {
            return "; Sluice agrees";
        }
        if (Boolean.FALSE.equals(told.agrees())) {
            return "; Sluice disagrees: " + told.disagreements().getLast().reason();
        }
        return watched.judged() ? "" : "; nothing was judged";
    }
}
