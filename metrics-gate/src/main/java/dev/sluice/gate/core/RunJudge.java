package dev.sluice.gate.core;

import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.message.Verdict.QueryResult;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** Judges the runs of one analysis on what its target's windows hold at one moment. */
final class RunJudge {
    private final TargetAnalyses target;
    private final OpenAnalysis open;
    private final TargetWindows windows;
    private final PartitionState state;
    /** The log no longer holds all events with an earlier time. */
    private final long completeSince;

    RunJudge(TargetAnalyses target, OpenAnalysis open, TargetWindows windows, PartitionState state) {
        this.target = target;
        this.open = open;
        this.windows = windows;
        this.state = state;
        this.completeSince = state.completeSince();
    }

    /**
     * Events came in. A running run is judged by its continuous queries only and its verdict names only those; one whose
     * time is over, by all. Only a Fail leaves; an extended run that has enough now ends here.
     */
    Optional<Verdict> onEvents(Run run, long now) {
        if (run.start() < completeSince) {
            return Optional.empty();
        }
        return switch (run.phase()) {
            case RUNNING -> failure(run, open.continuous(), run.window(false));
            case AWAITING -> failure(run, open.queries(), run.window(false));
            case EXTENDED -> {
                var failure = failure(run, open.queries(), run.windowUntil(now, false));
                if (failure.isEmpty() && wouldPass(run, run.windowUntil(now, true))) {
                    run.awaitAt(now);
                }
                yield failure;
            }
        };
    }

    /** The run's time is over. A Fail leaves; anything else waits until all events are known to be in. */
    Optional<Verdict> onEnd(Run run) {
        var failure = run.start() < completeSince
                ? Optional.<Verdict>empty()
                : failure(run, open.queries(), run.window(false));
        if (failure.isEmpty()) {
            run.await();
        }
        return failure;
    }

    /** All events are in: the verdict, unless the run is inconclusive and may still be extended. */
    Optional<Verdict> onComplete(Run run) {
        var window = run.window(true);
        var judged = unlessStopped(judged(run, open.queries(), window), run);
        if (run.start() < completeSince) {
            return Optional.of(verdict(
                    run,
                    window,
                    withheld(
                            judged,
                            true,
                            "events before " + Instant.ofEpochMilli(completeSince) + " are no longer in the log")));
        }
        if (outcome(judged) == Outcome.INCONCLUSIVE
                && run.extend(longestWait(judged), open.askAgain(run, state.clock()))) {
            return Optional.empty();
        }
        return Optional.of(verdict(run, window, judged));
    }

    /** Of the queries that decide and lack something. */
    private long longestWait(List<Judged> judged) {
        return judged.stream()
                .filter(one -> one.decides() && !one.isPending() && one.outcome() == Outcome.INCONCLUSIVE)
                .mapToLong(one -> open.maxWaitMillis(one.query()))
                .max()
                .orElse(0);
    }

    /** The deadline passed before all events were in: what fails fails, nothing passes. */
    Verdict onIncomplete(Run run, String reason) {
        var window = run.window(true);
        return verdict(run, window, withheld(judged(run, open.queries(), window), run.start() < completeSince, reason));
    }

    private Optional<Verdict> failure(Run run, List<CompiledQuery> queries, Window window) {
        return fails(run, queries, window)
                ? Optional.of(verdict(run, window, judged(run, queries, window)))
                : Optional.empty();
    }

    /** Whether one of those that decide does; where there is a score, none decides alone. */
    private boolean fails(Run run, List<CompiledQuery> queries, Window window) {
        for (int i = 0; i < queries.size() && !open.isScored(); i++) {
            var query = queries.get(i);
            if (query.decides() && query.outcome(evidence(query, run, window)) == Outcome.FAIL) {
                return true;
            }
        }
        return false;
    }

    private boolean wouldPass(Run run, Window window) {
        return !open.queries().isEmpty() && outcome(judged(run, open.queries(), window)) == Outcome.PASS;
    }

    /** In words, which name what there is now. */
    private List<Judged> judged(Run run, List<CompiledQuery> queries, Window window) {
        state.tidy(windows);
        var answers = queries.stream()
                .map(query -> query.answer(evidence(query, run, window)))
                .toList();
        var speaks = IntStream.range(0, answers.size())
                .anyMatch(i -> queries.get(i).decides()
                        && !answers.get(i).isSilent()
                        && !open.isPending(queries.get(i), run)
                        && answers.get(i).outcome() == Outcome.PASS);
        return IntStream.range(0, answers.size())
                .mapToObj(i -> judged(queries.get(i), answers.get(i), speaks, run, window))
                .toList();
    }

    /** @param speaks whether another has something to say, and passes */
    private Judged judged(CompiledQuery query, Answer answer, boolean speaks, Run run, Window window) {
        var evidence = evidence(query, run, window);
        var tellsNothing = answer.outcome() == Outcome.PASS || answer.outcome() == Outcome.INCONCLUSIVE;
        if (tellsNothing && open.isPending(query, run)) {
            return new Judged(query, query.pending(answer, evidence), false, answer.isSilent());
        }
        // who has nothing to say doesn't keep others from passing
        var outcome = answer.isSilent() && speaks ? Outcome.PASS : answer.outcome();
        return new Judged(query, query.result(answer, outcome, evidence), answer.isCritical(), answer.isSilent());
    }

    private QueryEvidence evidence(CompiledQuery query, Run run, Window window) {
        var own = open.windowOf(query, window);
        var sums = open.sums(run, window, windows);
        return sums == null
                ? new QueryEvidence(query, windows, own, null, run)
                : sums.evidence(query, window, own, run);
    }

    /** The panes know: it is asked for once. */
    private View ownOfCanary(CompiledQuery query, Run run) {
        return new VariantView(windows, Side.CANARY, run.ownWindow(), query, null);
    }

    private List<Judged> unlessStopped(List<Judged> judged, Run run) {
        return judged.stream()
                .map(one -> one.with(one.query().unlessStopped(one.result(), ownOfCanary(one.query(), run))))
                .toList();
    }

    private static List<Judged> withheld(List<Judged> judged, boolean also, String reason) {
        return judged.stream()
                .map(one -> also || one.outcome() == Outcome.PASS ? one.withheld(reason) : one)
                .toList();
    }

    /**
     * The worst of the queries that decide, or what their score says. Where all are dry runs nothing is wrong; where there are
     * none nothing is known.
     */
    private Outcome outcome(List<Judged> judged) {
        if (judged.isEmpty()) {
            return Outcome.INCONCLUSIVE;
        }
        var deciding =
                judged.stream().filter(one -> one.decides() && !one.isPending()).toList();
        if (deciding.isEmpty() && judged.stream().anyMatch(Judged::decides)) {
            return Outcome.INCONCLUSIVE;
        }
        var speaking = deciding.stream().filter(one -> !one.isSilent()).toList();
        // what could not be judged at all is no number of points (B11)
        var isError = deciding.stream().anyMatch(one -> one.outcome() == Outcome.ERROR);
        if (open.isScored() && !speaking.isEmpty() && !isError) {
            return open.score(speaking);
        }
        return deciding.stream().map(Judged::outcome).max(Outcome::compareTo).orElse(Outcome.PASS);
    }

    private Verdict verdict(Run run, Window window, List<Judged> judged) {
        var set = target.set();
        var analysis = open.analysis().analysis();
        return new Verdict(
                analysis + "/" + run.number(),
                set.rollout(),
                set.application(),
                set.target(),
                analysis,
                run.number(),
                outcome(judged),
                share(run, window),
                judged.stream().map(one -> explained(one.result(), run)).toList(),
                Instant.ofEpochMilli(state.clock()));
    }

    /** Where numbers are missing, their sender has to know that they came and were of no use. */
    private QueryResult explained(QueryResult result, Run run) {
        var refused =
                result.outcome() == Outcome.INCONCLUSIVE ? target.refusals().since(run.start()) : "";
        return refused.isEmpty() ? result : CompiledQuery.with(result, result.words() + refused);
    }

    private Verdict.Share share(Run run, Window window) {
        return open.queries().stream()
                .map(query -> query.share(evidence(query, run, window)))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
