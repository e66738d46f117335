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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** A query with its measure and judge found and its label expressions compiled; or the reason why it has none. */
final class CompiledQuery {
    private static final int WORDS_CHARS = 500;

    private final Query query;
    private final Measure measure;
    private final Judge judge;
    private final List<LabelMatcher> matchers = new ArrayList<>(2);
    private final String error;
    private int number;
    private int firstSlot;

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
            measure.selectors(query).forEach(selector -> matchers.add(new LabelMatcher(selector, patterns)));
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    /** What the two sides sent, as far as this query looks. */
    record Sides(VariantEvidence canary, VariantEvidence stable) {}

    boolean isContinuous() {
        return query.evaluation() == Evaluation.CONTINUOUS;
    }

    boolean asksFor(String metric) {
        for (var matcher : matchers) {
            if (matcher.selector().metric().equals(metric)) {
                return true;
            }
        }
        return false;
    }

    boolean decides() {
        return !query.dryRun();
    }

    /** How many sums it takes: one per selector and side. */
    int slots() {
        return error == null ? 2 * matchers.size() : 0;
    }

    /**
     * In its analysis.
     *
     * @param which of the queries it is, from 0
     * @param sum which of all sums is its first
     */
    void stands(int which, int sum) {
        number = which;
        firstSlot = sum;
    }

    int number() {
        return number;
    }

    int firstSlot() {
        return firstSlot;
    }

    /** Where the canary's sum of the selector is among those of this query; the stable's is next to it. */
    int slotOf(Selector selector) {
        for (int i = 0; i < matchers.size(); i++) {
            if (matchers.get(i).selector().equals(selector)) {
                return 2 * i;
            }
        }
        throw new IllegalArgumentException(query.name() + " does not ask for " + selector);
    }

    LabelMatcher matcherOf(Selector selector) {
        return matchers.get(slotOf(selector) / 2);
    }

    /** The sums of this query that a series adds to; found once per series, so that no event is matched against anything. */
    void slotsOf(SeriesKey key, Variants variants, List<Integer> slots) {
        for (int i = 0; 2 * i < slots(); i++) {
            var side = Variant.canary(variants).owns(key)
                    ? 0
                    : Variant.stable(variants).owns(key) ? 1 : -1;
            if (side >= 0
                    && matchers.get(i).selector().metric().equals(key.metric())
                    && matchers.get(i).matches(key.labels())) {
                slots.add(firstSlot + 2 * i + side);
            }
        }
    }

    /** Without words: most of what is judged leaves nobody. */
    Outcome outcome(Sides sides) {
        if (error != null) {
            return Outcome.ERROR;
        }
        return measure.measure(query, sides.canary()) instanceof Measured.Found found
                        && found.samples() >= query.minimumSamples()
                ? judge.outcome(query, measure, found, () -> measure.measure(query, sides.stable()))
                : Outcome.INCONCLUSIVE;
    }

    QueryResult judge(Sides sides) {
        if (error != null) {
            return result(Outcome.ERROR, null, null, null, error);
        }
        var canary = measure.measure(query, sides.canary());
        var stable = measure.measure(query, sides.stable());
        return switch (canary) {
            case Measured.Missing missing ->
                result(
                        Outcome.INCONCLUSIVE,
                        canary,
                        stable,
                        null,
                        withContradictions(sides, query.name() + ": " + missing.reason()));
            case Measured.Found found
            when found.samples() < query.minimumSamples() ->
                result(
                        Outcome.INCONCLUSIVE,
                        canary,
                        stable,
                        null,
                        withContradictions(
                                sides,
                                query.name() + ": " + found.samples() + " of at least " + query.minimumSamples()
                                        + " samples"));
            case Measured.Found found -> {
                var finding = judge.judge(query, measure, found, stable);
                yield result(
                        finding.outcome(), canary, stable, finding.limit(), withContradictions(sides, finding.words()));
            }
        };
    }

    private String withContradictions(Sides sides, String words) {
        var said = new LinkedHashSet<String>();
        for (var selector : measure.selectors(query)) {
            for (var side : List.of(sides.canary(), sides.stable())) {
                var contradicted = side.contradicted(selector);
                if (contradicted != null) {
                    said.add(contradicted);
                }
            }
        }
        return said.isEmpty() ? words : words + "; " + String.join("; ", said);
    }

    /** Whether this evidence of the canary holds anything that the query is about. */
    boolean hasSamples(VariantEvidence canary) {
        return error == null && measure.measure(query, canary).samples() > 0;
    }

    /**
     * A run that looks back over its own interval passes only if that held something as well (B10).
     *
     * @param own what the canary sent in it
     */
    QueryResult unlessStopped(QueryResult result, VariantEvidence own) {
        return result.outcome() == Outcome.PASS && !hasSamples(own)
                ? withheld(result, "nothing came from the canary in the run's own interval: has its traffic stopped?")
                : result;
    }

    /** The canary's share of the requests this query is about; null where it is about none. */
    Verdict.Share share(Sides sides) {
        var requests = error == null ? measure.requests(query) : null;
        if (requests == null) {
            return null;
        }
        var canary = sides.canary().total(requests);
        var stable = sides.stable().total(requests);
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
