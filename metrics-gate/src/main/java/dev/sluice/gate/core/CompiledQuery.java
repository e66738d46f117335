package dev.sluice.gate.core;

import dev.sluice.schemas.message.AnalysisSet.Variants;
import dev.sluice.schemas.message.Cut;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.message.Verdict.QueryResult;
import dev.sluice.schemas.message.Verdict.Samples;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Query.Evaluation;
import dev.sluice.schemas.rollout.Query.Selector;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** A query with its measure and judge found and its label expressions compiled; or the reason why it has none. */
final class CompiledQuery {
    private static final int WORDS_CHARS = 500;

    private final Query query;
    private final Measure measure;
    private final Judge judge;
    private final Map<Selector, LabelMatcher> matchers = new HashMap<>();
    private final String error;

    CompiledQuery(Query query, Measure measure, Judge judge, LabelPatterns patterns) {
        this.query = query;
        this.measure = measure;
        this.judge = judge;
        this.error = compile(patterns);
    }

    CompiledQuery(Query query, String error) {
        this.query = query;
        this.measure = null;
        this.judge = null;
        this.error = error;
    }

    private String compile(LabelPatterns patterns) {
        try {
            measure.selectors(query).forEach(selector -> matchers.put(selector, new LabelMatcher(selector, patterns)));
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    boolean isContinuous() {
        return query.evaluation() == Evaluation.CONTINUOUS;
    }

    boolean asksFor(String metric) {
        return matchers.keySet().stream().anyMatch(selector -> selector.metric().equals(metric));
    }

    boolean decides() {
        return !query.dryRun();
    }

    QueryResult judge(TargetWindows windows, Variants variants, Window window) {
        if (error != null) {
            return result(Outcome.ERROR, null, null, null, error);
        }
        var canary = measure.measure(query, evidence(windows, Variant.canary(variants), window));
        var stable = measure.measure(query, evidence(windows, Variant.stable(variants), window));
        return switch (canary) {
            case Measured.Missing missing ->
                result(
                        Outcome.INCONCLUSIVE,
                        canary,
                        stable,
                        null,
                        withContradictions(windows, variants, window, query.name() + ": " + missing.reason()));
            case Measured.Found found
            when found.samples() < query.minimumSamples() ->
                result(
                        Outcome.INCONCLUSIVE,
                        canary,
                        stable,
                        null,
                        withContradictions(
                                windows,
                                variants,
                                window,
                                query.name() + ": " + found.samples() + " of at least " + query.minimumSamples()
                                        + " samples"));
            case Measured.Found found -> {
                var finding = judge.judge(query, measure, found, stable);
                yield result(
                        finding.outcome(),
                        canary,
                        stable,
                        finding.limit(),
                        withContradictions(windows, variants, window, finding.words()));
            }
        };
    }

    private String withContradictions(TargetWindows windows, Variants variants, Window window, String words) {
        var said = new LinkedHashSet<String>();
        for (var selector : measure.selectors(query)) {
            for (var variant : List.of(Variant.canary(variants), Variant.stable(variants))) {
                var contradicted = new VariantEvidence(windows, variant, window, matchers).contradicted(selector);
                if (contradicted != null) {
                    said.add(contradicted);
                }
            }
        }
        return said.isEmpty() ? words : words + "; " + String.join("; ", said);
    }

    /** Whether this window holds anything that the query is about, from the canary. */
    boolean hasSamples(TargetWindows windows, Variants variants, Window window) {
        return error == null
                && measure.measure(query, evidence(windows, Variant.canary(variants), window))
                                .samples()
                        > 0;
    }

    /** A run that looks back over its own interval passes only if that held something as well (B10). */
    QueryResult unlessStopped(QueryResult result, TargetWindows windows, Variants variants, Window own) {
        return result.outcome() == Outcome.PASS && !hasSamples(windows, variants, own)
                ? withheld(result, "nothing came from the canary in the run's own interval: has its traffic stopped?")
                : result;
    }

    /** The canary's share of the requests this query is about; null where it is about none. */
    Verdict.Share share(TargetWindows windows, Variants variants, Window window) {
        var requests = error == null ? measure.requests(query) : null;
        if (requests == null) {
            return null;
        }
        var canary = evidence(windows, Variant.canary(variants), window).total(requests);
        var stable = evidence(windows, Variant.stable(variants), window).total(requests);
        return Share.of(canary == null ? 0 : canary.events(), stable == null ? 0 : stable.events());
    }

    /** The same result where the run cannot be told: never better than Inconclusive. */
    static QueryResult with(QueryResult result, String words) {
        return new QueryResult(
                result.name(),
                result.outcome(),
                result.canary(),
                result.stable(),
                result.samples(),
                result.limit(),
                words,
                result.dryRun());
    }

    static QueryResult withheld(QueryResult result, String reason) {
        return new QueryResult(
                result.name(),
                Outcome.INCONCLUSIVE,
                result.canary(),
                result.stable(),
                result.samples(),
                result.limit(),
                result.name() + ": " + reason,
                result.dryRun());
    }

    private Evidence evidence(TargetWindows windows, Variant variant, Window window) {
        return new VariantEvidence(windows, variant, window, matchers);
    }

    private QueryResult result(Outcome outcome, Measured canary, Measured stable, String limit, String words) {
        var samples = canary == null ? null : new Samples(canary.samples(), stable.samples());
        return new QueryResult(
                query.name(), outcome, value(canary), value(stable), samples, limit, cut(words), query.dryRun());
    }

    /** Labels are the senders' and can be long. */
    private static String cut(String words) {
        return words.length() > WORDS_CHARS ? Cut.to(WORDS_CHARS, words) + "…" : words;
    }

    private static Double value(Measured measured) {
        return measured instanceof Measured.Found found ? found.value() : null;
    }
}
