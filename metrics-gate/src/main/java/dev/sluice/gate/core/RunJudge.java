package dev.sluice.gate.core;

import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.message.Verdict.QueryResult;
import java.time.Instant;
import java.util.ArrayList;
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
        var results = unlessStopped(results(run, open.queries(), window), run);
        if (run.start() < completeSince) {
            return Optional.of(verdict(
                    run,
                    window,
                    withheld(
                            results,
                            true,
                            "events before " + Instant.ofEpochMilli(completeSince) + " are no longer in the log")));
        }
        if (outcome(results) == Outcome.INCONCLUSIVE && run.extend(longestWait(results))) {
            return Optional.empty();
        }
        return Optional.of(verdict(run, window, results));
    }

    /** Of the queries that decide and lack something. */
    private long longestWait(List<QueryResult> results) {
        return IntStream.range(0, results.size())
                .filter(i -> !results.get(i).dryRun() && results.get(i).outcome() == Outcome.INCONCLUSIVE)
                .mapToLong(i -> open.maxWaitMillis(open.queries().get(i)))
                .max()
                .orElse(0);
    }

    /** The deadline passed before all events were in: what fails fails, nothing passes. */
    Verdict onIncomplete(Run run, String reason) {
        var window = run.window(true);
        return verdict(
                run, window, withheld(results(run, open.queries(), window), run.start() < completeSince, reason));
    }

    private Optional<Verdict> failure(Run run, List<CompiledQuery> queries, Window window) {
        return fails(run, queries, window)
                ? Optional.of(verdict(run, window, results(run, queries, window)))
                : Optional.empty();
    }

    /** Whether one of those that decide does. */
    private boolean fails(Run run, List<CompiledQuery> queries, Window window) {
        for (int i = 0; i < queries.size(); i++) {
            var query = queries.get(i);
            if (query.decides() && query.outcome(evidence(query, run, window)) == Outcome.FAIL) {
                return true;
            }
        }
        return false;
    }

    private boolean wouldPass(Run run, Window window) {
        return results(run, open.queries(), window).stream()
                        .filter(result -> !result.dryRun())
                        .allMatch(result -> result.outcome() == Outcome.PASS)
                && !open.queries().isEmpty();
    }

    /** In words, which name what there is now. */
    private List<QueryResult> results(Run run, List<CompiledQuery> queries, Window window) {
        state.tidy(windows);
        var answers = queries.stream()
                .map(query -> query.answer(evidence(query, run, window)))
                .toList();
        var speaks = IntStream.range(0, answers.size())
                .anyMatch(i -> queries.get(i).decides()
                        && !answers.get(i).isSilent()
                        && answers.get(i).outcome() == Outcome.PASS);
        return IntStream.range(0, answers.size())
                .mapToObj(i -> {
                    var answer = answers.get(i);
                    // who has nothing to say doesn't keep others from passing
                    var outcome = answer.isSilent() && speaks ? Outcome.PASS : answer.outcome();
                    return queries.get(i).result(answer, outcome, evidence(queries.get(i), run, window));
                })
                .toList();
    }

    private QueryEvidence evidence(CompiledQuery query, Run run, Window window) {
        var own = open.windowOf(query, window);
        var sums = open.sums(run, window, windows);
        return sums == null ? new QueryEvidence(query, windows, own, null) : sums.evidence(query, window, own);
    }

    /** The panes know: it is asked for once. */
    private View ownOfCanary(CompiledQuery query, Run run) {
        return new VariantView(windows, Side.CANARY, run.ownWindow(), query, null);
    }

    private List<QueryResult> unlessStopped(List<QueryResult> results, Run run) {
        var checked = new ArrayList<QueryResult>();
        for (int i = 0; i < results.size(); i++) {
            var query = open.queries().get(i);
            checked.add(query.unlessStopped(results.get(i), ownOfCanary(query, run)));
        }
        return checked;
    }

    private static List<QueryResult> withheld(List<QueryResult> results, boolean also, String reason) {
        return results.stream()
                .map(result ->
                        also || result.outcome() == Outcome.PASS ? CompiledQuery.withheld(result, reason) : result)
                .toList();
    }

    /** The worst of the queries that decide. Where all are dry runs nothing is wrong; where there are none nothing is known. */
    private static Outcome outcome(List<QueryResult> results) {
        if (results.isEmpty()) {
            return Outcome.INCONCLUSIVE;
        }
        return results.stream()
                .filter(result -> !result.dryRun())
                .map(QueryResult::outcome)
                .max(Outcome::compareTo)
                .orElse(Outcome.PASS);
    }

    private Verdict verdict(Run run, Window window, List<QueryResult> results) {
        var set = target.set();
        var analysis = open.analysis().analysis();
        return new Verdict(
                analysis + "/" + run.number(),
                set.rollout(),
                set.application(),
                set.target(),
                analysis,
                run.number(),
                outcome(results),
                share(run, window),
                results.stream().map(result -> explained(result, run)).toList(),
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
