package dev.sluice.schemas.rollout;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.schemas.rollout.Query.Evaluation;
import dev.sluice.schemas.rollout.Query.WhenAbsent;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A query as it stands in messages and in what is stored. What the first version had, stands as that wrote it, and either
 * version reads the other's; everything else stands in {@code asks} and {@code rule}.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record WrittenQuery(
        String name,
        Ratio ratio,
        Quantile quantile,
        Selector mean,
        Selector rate,
        Selector max,
        Question asks,
        Double upperLimit,
        Double lowerLimit,
        Rule rule,
        long minimumSamples,
        WhenAbsent whenAbsent,
        Evaluation evaluation,
        Duration initialDelay,
        Duration settle,
        Duration maxWait,
        Integer failureLimit,
        Integer inconclusiveLimit,
        OnInconclusive onInconclusive,
        boolean dryRun) {
    record Ratio(Selector numerator, Selector denominator) {}

    record Quantile(String metric, Map<String, String> labels, double q) {}

    static WrittenQuery of(Query query) {
        var limits = query.rule() instanceof Rule.Limits those ? those : new Rule.Limits(null, null);
        var asked = query.asks();
        return new WrittenQuery(
                query.name(),
                asked instanceof Question.Ratio(var numerator, var denominator)
                        ? new Ratio(numerator, denominator)
                        : null,
                asked instanceof Question.Quantile(var of, var q) ? new Quantile(of.metric(), of.labels(), q) : null,
                asked instanceof Question.Mean(var of) ? of : null,
                asked instanceof Question.Rate(var of) ? of : null,
                asked instanceof Question.Max(var of) ? of : null,
                isOfTheFirst(asked) ? null : asked,
                limits.upper(),
                limits.lower(),
                query.rule() instanceof Rule.Limits ? null : query.rule(),
                query.minimumSamples(),
                query.whenAbsent(),
                query.evaluation(),
                query.initialDelay().isZero() ? null : query.initialDelay(),
                query.settle(),
                query.maxWait(),
                query.failureLimit(),
                query.inconclusiveLimit(),
                query.onInconclusive(),
                query.dryRun());
    }

    private static boolean isOfTheFirst(Question asked) {
        return asked instanceof Question.Ratio
                || asked instanceof Question.Quantile
                || asked instanceof Question.Mean
                || asked instanceof Question.Rate
                || asked instanceof Question.Max;
    }

    Query query() {
        return new Query(
                name,
                question(),
                ruleOrLimits(),
                minimumSamples,
                whenAbsent,
                evaluation,
                initialDelay,
                settle,
                maxWait,
                failureLimit,
                inconclusiveLimit,
                onInconclusive,
                dryRun);
    }

    private Rule ruleOrLimits() {
        if (rule != null) {
            return rule;
        }
        return upperLimit == null && lowerLimit == null ? new Rule.Itself() : new Rule.Limits(upperLimit, lowerLimit);
    }

    /** Null where it asks nothing that this version knows. */
    private Question question() {
        return Stream.of(
                        asks,
                        ratio == null ? null : new Question.Ratio(ratio.numerator(), ratio.denominator()),
                        quantile == null
                                ? null
                                : new Question.Quantile(
                                        new Selector(quantile.metric(), quantile.labels()), quantile.q()),
                        mean == null ? null : new Question.Mean(mean),
                        rate == null ? null : new Question.Rate(rate),
                        max == null ? null : new Question.Max(max))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
