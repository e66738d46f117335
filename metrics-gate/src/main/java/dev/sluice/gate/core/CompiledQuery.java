package dev.sluice.gate.core;

import dev.sluice.schemas.message.AnalysisSet.Variants;
import dev.sluice.schemas.message.Cut;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.message.Verdict.QueryResult;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Query.Evaluation;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** A query with its way to an answer found and its label expressions compiled; or the reason why it has none. */
final class CompiledQuery {
    private static final int WORDS_CHARS = 500;
    private static final int ASKED_CHARS = 600;
    /** Of all queries of an analysis together, whose verdict is one message. */
    private static final int ALL_ASKED_CHARS = 20_000;

    private final Query query;
    private final Asking asking;
    private final List<LabelMatcher> matchers = new ArrayList<>(2);
    private final String error;
    private int number;
    private int beside = 1;
    private int firstSlot;
    private Unsettled unsettled = Unsettled.NONE;

    CompiledQuery(Query query, Asking asking, LabelPatterns patterns) {
        this.query = query;
        this.asking = asking;
        this.error = compile(patterns);
    }

    CompiledQuery(Query query, String error) {
        this.query = query;
        this.asking = null;
        this.error = error;
    }

    private String compile(LabelPatterns patterns) {
        try {
            asking.selectors().stream().distinct().forEach(s -> matchers.add(new LabelMatcher(s, patterns)));
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

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

    String name() {
        return query.name();
    }

    /** Null where no provider is asked. */
    Question.Pull pull() {
        return error == null && query.asks() instanceof Question.Pull pull ? pull : null;
    }

    Query query() {
        return query;
    }

    boolean decides() {
        return !query.dryRun();
    }

    long initialDelayMillis() {
        return query.initialDelay().toMillis();
    }

    /** What it leaves out; changes when weights move. */
    Unsettled unsettled() {
        return unsettled;
    }

    /** @return whether that changes what it looks at */
    boolean leavesOut(Unsettled times) {
        var changes = !(unsettled.isNone() && times.isNone());
        unsettled = times;
        return changes;
    }

    Duration settle() {
        return query.settle() == null ? Duration.ZERO : query.settle();
    }

    /** Null where its analysis's counts. */
    Duration maxWait() {
        return query.maxWait();
    }

    Reach reach() {
        return error == null ? asking.reach() : Reach.NONE;
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
     * @param of how many queries there are
     */
    void stands(int which, int sum, int of) {
        number = which;
        beside = of;
        firstSlot = sum;
    }

    int number() {
        return number;
    }

    int firstSlot() {
        return firstSlot;
    }

    /** Where a side's sum of the selector is among those of this query. */
    int slotOf(Selector selector, Side side) {
        return 2 * indexOf(selector) + side.place();
    }

    private int indexOf(Selector selector) {
        for (int i = 0; i < matchers.size(); i++) {
            if (matchers.get(i).selector().equals(selector)) {
                return i;
            }
        }
        throw new IllegalArgumentException(query.name() + " does not ask for " + selector);
    }

    LabelMatcher matcherOf(Selector selector) {
        return matchers.get(indexOf(selector));
    }

    List<LabelMatcher> matchers() {
        return matchers;
    }

    /** The sums of this query that a series adds to; found once per series, so that no event is matched against anything. */
    void slotsOf(SeriesKey key, Variants variants, List<Integer> slots) {
        for (int i = 0; 2 * i < slots(); i++) {
            var side = Variant.canary(variants).owns(key)
                    ? Side.CANARY
                    : Variant.stable(variants).owns(key) ? Side.STABLE : null;
            if (side != null
                    && matchers.get(i).selector().metric().equals(key.metric())
                    && matchers.get(i).matches(key.labels())) {
                slots.add(firstSlot + 2 * i + side.place());
            }
        }
    }

    /** Without words. */
    Outcome outcome(QueryEvidence evidence) {
        if (error != null) {
            return Outcome.ERROR;
        }
        return evidence.isEmpty() || evidence.lacksBefore() ? Outcome.INCONCLUSIVE : asking.outcome(evidence);
    }

    Answer answer(QueryEvidence evidence) {
        if (error != null) {
            return Answer.of(Outcome.ERROR, error);
        }
        if (evidence.lacksBefore()) {
            return Answer.of(
                    Outcome.INCONCLUSIVE, query.name() + ": not all that was before the rollout is known any more");
        }
        return evidence.isEmpty()
                ? Answer.silent(query.name() + " is looked at from " + evidence.since() + " on")
                : asking.answer(evidence);
    }

    /** What became of it in a run of whose own interval it looks at nothing: only what fails, or could not be asked, counts. */
    QueryResult pending(Answer answer, QueryEvidence evidence) {
        var result = result(answer, Outcome.INCONCLUSIVE, evidence);
        var words = evidence.isEmpty()
                ? result.words()
                : query.name() + " is looked at again from " + evidence.since() + " on";
        return new QueryResult(
                result.name(),
                result.outcome(),
                result.canary(),
                result.stable(),
                result.samples(),
                result.limit(),
                result.interval(),
                result.evidence(),
                words,
                result.asked(),
                result.detectable(),
                result.dryRun(),
                true);
    }

    /** @param outcome of the answer, unless others decide on it */
    QueryResult result(Answer answer, Outcome outcome, QueryEvidence evidence) {
        return new QueryResult(
                query.name(),
                outcome,
                answer.canary(),
                answer.stable(),
                answer.samples(),
                answer.limit(),
                answer.interval(),
                answer.evidence(),
                cut(WORDS_CHARS, error == null ? withContradictions(evidence, answer.words()) : answer.words()),
                asked(evidence),
                answer.detectable(),
                query.dryRun(),
                false);
    }

    private String withContradictions(QueryEvidence evidence, String words) {
        var said = new LinkedHashSet<String>();
        for (var matcher : matchers) {
            for (var side : Side.values()) {
                var contradicted = evidence.view(side).contradicted(matcher.selector());
                if (contradicted != null) {
                    said.add(contradicted);
                }
            }
        }
        return said.isEmpty() ? words : words + "; " + String.join("; ", said);
    }

    /**
     * A run that looks back over its own interval passes only if that held something as well (B10).
     *
     * @param own what the canary sent in it
     */
    QueryResult unlessStopped(QueryResult result, View own) {
        return result.outcome() == Outcome.PASS && error == null && !asking.hasSamples(own)
                ? withheld(result, "nothing came from the canary in the run's own interval: has its traffic stopped?")
                : result;
    }

    /** The canary's share of the requests this query is about; null where it is about none. */
    Verdict.Share share(QueryEvidence evidence) {
        var requests = error == null ? asking.requests() : null;
        if (requests == null) {
            return null;
        }
        var canary = evidence.of(Side.CANARY).total(requests);
        var stable = evidence.of(Side.STABLE).total(requests);
        return Share.of(canary == null ? 0 : canary.events(), stable == null ? 0 : stable.events());
    }

    /** The same result with other words. */
    static QueryResult with(QueryResult result, String words) {
        return with(result, result.outcome(), words);
    }

    /** The same result where the run cannot be told: never better than Inconclusive. */
    static QueryResult withheld(QueryResult result, String reason) {
        return with(result, Outcome.INCONCLUSIVE, result.name() + ": " + reason);
    }

    private static QueryResult with(QueryResult result, Outcome outcome, String words) {
        return new QueryResult(
                result.name(),
                outcome,
                result.canary(),
                result.stable(),
                result.samples(),
                result.limit(),
                result.interval(),
                result.evidence(),
                words,
                result.asked(),
                result.detectable(),
                result.dryRun(),
                result.pending());
    }

    private String asked(QueryEvidence evidence) {
        var asked = error == null ? evidence.asked() : null;
        return asked == null ? null : cut(Math.min(ASKED_CHARS, ALL_ASKED_CHARS / beside), asked);
    }

    /** Labels are the senders' and can be long, and so are queries. */
    private static String cut(int most, String words) {
        return words.length() > most ? Cut.to(most, words) + "…" : words;
    }
}
