package dev.sluice.gate;

import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.AnalysisSet.Analysis;
import dev.sluice.schemas.message.AnalysisSet.Variants;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.message.MetricEvent.Histogram;
import dev.sluice.schemas.rollout.AnalysisSpec.Lookback;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Query.Evaluation;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Rule;
import dev.sluice.schemas.rollout.Selector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One application as the tests know it: what it measures and what is asked about it. */
public record Shop(String application, String target) {
    public static final Variants VARIANTS = new Variants("1.4.1", "1.4.2");

    public static Shop named(String application) {
        return new Shop(application, "prod");
    }

    public MetricEvent requests(String variant, String code, double count) {
        return requests(variant, code, count, null, null);
    }

    public MetricEvent requests(String variant, String code, double count, Instant time, String id) {
        return new MetricEvent(
                application,
                target,
                variant,
                null,
                "http_requests",
                time,
                count,
                null,
                null,
                Map.of("code", code),
                null,
                id);
    }

    public MetricEvent ofRevision(String revision, String code, double count) {
        return new MetricEvent(
                application,
                target,
                null,
                revision,
                "http_requests",
                null,
                count,
                null,
                null,
                Map.of("code", code),
                null,
                null);
    }

    public MetricEvent value(String variant, String metric, double value) {
        return new MetricEvent(
                application, target, variant, null, metric, null, null, value, null, Map.of(), null, null);
    }

    public MetricEvent histogram(String variant, String metric, List<Double> bounds, List<Double> counts) {
        return new MetricEvent(
                application,
                target,
                variant,
                null,
                metric,
                null,
                null,
                null,
                new Histogram(bounds, counts),
                Map.of(),
                null,
                null);
    }

    public AnalysisSet set(long revision, Analysis... analyses) {
        return new AnalysisSet(
                "r-" + application, application, target, 1, revision, null, Map.of(), VARIANTS, List.of(analyses));
    }

    public Analysis analysis(String name, Instant from, Duration interval, int runs, Query... queries) {
        return analysis(name, from, interval, runs, Lookback.GROWING, Duration.ZERO, queries);
    }

    public Analysis analysis(
            String name,
            Instant from,
            Duration interval,
            int runs,
            Lookback lookback,
            Duration maxWait,
            Query... queries) {
        var id = "r-" + application + "/" + target + "/" + name + "/1";
        return new Analysis(id, name, from, interval, runs, lookback, maxWait, List.of(queries));
    }

    /** At most 1 % of the requests may be answered 5xx. */
    public static Query errorRate(Evaluation evaluation, long minimumSamples) {
        var all = Selector.of("http_requests");
        var errors = new Selector("http_requests", Map.of("code", "5.."));
        return query("error-rate", new Question.Ratio(errors, all), 0.01, null, minimumSamples, evaluation);
    }

    public static Query query(
            String name,
            Question question,
            Double upperLimit,
            Double lowerLimit,
            long minimumSamples,
            Evaluation evaluation) {
        return new Query(name, question, new Rule.Limits(upperLimit, lowerLimit), evaluation)
                .withMinimumSamples(minimumSamples);
    }
}
