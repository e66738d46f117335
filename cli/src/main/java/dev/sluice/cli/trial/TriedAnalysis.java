package dev.sluice.cli.trial;

import dev.sluice.cli.trial.Tried.Runs;
import dev.sluice.engine.core.rule.Tally;
import dev.sluice.engine.core.rule.Tally.Standing;
import dev.sluice.engine.core.state.AnalysisRun;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.AnalysisSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An analysis while it is tried: the engine counts its runs, and its story is kept. */
final class TriedAnalysis {
    /** Of one that comes now to this, now to that, nobody reads more. */
    static final int MOST_RUNS = 1_000;

    private final List<Runs> story = new ArrayList<>();
    private final Duration began;
    private AnalysisRun run;
    private Duration ended;
    private Outcome outcome;
    private String words;

    /** @param settled before, none of its queries looks at the weight there is */
    TriedAnalysis(String id, String name, AnalysisSpec spec, Instant now, Instant settled, Duration began) {
        this.run = AnalysisRun.open(id, name, spec, now, settled);
        this.began = began;
    }

    AnalysisRun run() {
        return run;
    }

    boolean isTold() {
        return story.size() < MOST_RUNS;
    }

    boolean isOpen() {
        return ended == null;
    }

    /** @param settle the target's */
    AnalysisSet.Analysis asked(Duration settle) {
        var spec = run.spec();
        return new AnalysisSet.Analysis(
                run.id(),
                run.name(),
                run.from(),
                spec.interval(),
                spec.runs(),
                spec.lookbackMethod(),
                spec.maxWait(),
                spec.score(),
                spec.settling(settle).queries());
    }

    Standing take(Verdict verdict, Duration after, Weight weight) {
        run = run.judged(verdict.run(), verdict.outcome(), verdict.queries());
        var next = new Runs(verdict.run(), verdict.run(), after, weight, verdict.outcome(), verdict.queries());
        if (!story.isEmpty() && story.getLast().isLike(next)) {
            story.set(story.size() - 1, story.getLast().with(next));
        } else if (story.size() < MOST_RUNS) {
            story.add(next);
        }
        return Tally.of(run);
    }

    /** What follows where it ends without a run that passed. */
    Optional<Standing> unpassed() {
        return Tally.unpassed(run);
    }

    /** @param outcome null where it came to nothing of its own */
    void close(Outcome outcome, String words, Duration after) {
        this.outcome = outcome;
        this.words = words;
        this.ended = after;
    }

    Tried.Analysis told() {
        return new Tried.Analysis(run.name(), began, ended, outcome, words, story);
    }
}
