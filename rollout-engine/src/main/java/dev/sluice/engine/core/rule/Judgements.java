package dev.sluice.engine.core.rule;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.step.Steps;
import dev.sluice.engine.core.state.AnalysisRun;
import dev.sluice.engine.core.state.Gate;
import dev.sluice.engine.core.state.Gate.Place;
import dev.sluice.engine.core.state.Holding.Cause;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Why;
import dev.sluice.engine.core.state.Word;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.RollMode;
import java.util.List;
import java.util.Optional;

/**
 * What the file leaves to a person once an analysis has come to something ({@code rollForwardMode}, {@code rollBackMode}). One that
 * ran beside the steps stops nothing but raises, and the end.
 */
public final class Judgements {
    private static final String ANSWERS = ": 'approve' goes on, 'reject' rolls back";

    private Judgements() {}

    /** @param words what the analysis came to */
    static void ask(Draft d, String target, AnalysisRun analysis, Outcome outcome, String words) {
        var judgement = Word.Judgement.asked(analysis.id(), analysis.name(), outcome, d.at());
        var until = analysis.isBackground() ? "; no weight goes up until then" : "";
        var why = why(
                ReasonCode.JUDGEMENT_PENDING,
                "analysis " + analysis.name() + " " + came(outcome) + " (" + words + ")" + ANSWERS + until);
        d.decide(new Decision.JudgementAsked(target, why, d.at(), judgement));
    }

    /** The one on the analysis beside the steps; a way back, and an end, wait for nobody's word. */
    public static Optional<Word.Judgement> beside(TargetRun run) {
        return Optional.ofNullable(run.judging().judgement())
                .filter(judgement -> run.position().isUnderWay());
    }

    static Optional<Raises.Held> held(TargetRun run, int next) {
        return beside(run)
                .filter(judgement -> Steps.raises(run, next))
                .map(judgement -> new Raises.Held(Cause.JUDGEMENT, null, awaited(judgement), null));
    }

    /**
     * The steps are done, and a person has to say whether that counts: of an analysis beside them that failed, or that is to be
     * looked at by somebody although it passes.
     *
     * @return whether that word is waited for
     */
    static boolean awaitsAtTheEnd(Draft d, TargetRun run) {
        var asked = beside(run).or(() -> ofWhatPasses(d, run));
        asked.ifPresent(judgement -> {
            var gate = new Gate(Place.STEP, run.plan().steps().size(), List.of(judgement));
            d.decide(new Decision.StepEntered(run.name(), awaited(judgement), d.at(), gate));
        });
        return asked.isPresent();
    }

    private static Optional<Word.Judgement> ofWhatPasses(Draft d, TargetRun run) {
        return Optional.ofNullable(run.judging().background())
                .filter(beside -> beside.spec().rollForwardMode() == RollMode.MANUAL)
                .filter(beside -> !isGiven(run, beside))
                .map(beside -> Word.Judgement.asked(beside.id(), beside.name(), Outcome.PASS, d.at()));
    }

    private static boolean isGiven(TargetRun run, AnalysisRun beside) {
        return run.stage() instanceof Gate gate
                && gate.conditions().stream()
                        .anyMatch(condition -> condition instanceof Word.Judgement given
                                && given.id().equals(beside.id())
                                && given.isOver());
    }

    private static Why awaited(Word.Judgement judgement) {
        return why(
                ReasonCode.JUDGEMENT_PENDING,
                "a person's word is waited for, as analysis " + judgement.name() + " " + came(judgement.outcome())
                        + ANSWERS);
    }

    private static String came(Outcome outcome) {
        return switch (outcome) {
            case PASS -> "passed";
            case FAIL -> "failed";
            case INCONCLUSIVE, ERROR -> "measured nothing";
        };
    }
}
