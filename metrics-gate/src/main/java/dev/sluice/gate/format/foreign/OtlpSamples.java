package dev.sluice.gate.format.foreign;

import dev.sluice.gate.format.foreign.OtlpMetric.Kind;
import dev.sluice.gate.format.foreign.OtlpMetric.Temporality;
import dev.sluice.schemas.message.MetricEvent.Histogram;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What OTLP's data points are as samples (opentelemetry-proto, metrics.proto). A label of a point never hides one of its resource
 * that has the same name, for that says who measured.
 */
final class OtlpSamples {
    private static final int MOST_BOUNDS = 256;
    private static final long NANOS = 1_000_000_000L;

    private final List<ForeignSample> samples = new ArrayList<>();

    static List<ForeignSample> of(List<OtlpMetric> metrics) {
        var all = new OtlpSamples();
        for (var metric : metrics) {
            metric.points.forEach(point -> all.add(metric, point));
        }
        return all.samples;
    }

    private void add(OtlpMetric metric, OtlpPoint point) {
        var labels = labels(metric, point);
        if (point.hasNoValue()) {
            add(metric.name, labels, new Amount.Nothing(Drop.NO_NUMBER), point);
            return;
        }
        switch (metric.kind) {
            case GAUGE -> add(metric.name, labels, Amount.value(point.number), point);
            case SUM -> add(metric.name, labels, sum(metric, point), point);
            case HISTOGRAM, EXPONENTIAL -> addHistogram(metric, labels, point);
            case SUMMARY -> addSummary(metric, labels, point);
            case NONE -> {}
        }
    }

    private void add(String name, Map<String, String> labels, Amount amount, OtlpPoint point) {
        samples.add(new ForeignSample(name, labels, amount, instant(point.time), instant(point.start)));
    }

    private static Map<String, String> labels(OtlpMetric metric, OtlpPoint point) {
        return Layered.of(metric.resource, Layered.of(metric.scope, point.labels));
    }

    private static Amount sum(OtlpMetric metric, OtlpPoint point) {
        return switch (metric.temporality) {
            case DELTA -> metric.monotonic ? Amount.count(point.number, false) : new Amount.Nothing(Drop.CHANGE);
            case CUMULATIVE -> metric.monotonic ? Amount.count(point.number, true) : Amount.value(point.number);
            case UNSPECIFIED -> new Amount.Nothing(Drop.NO_TEMPORALITY);
        };
    }

    /** And the sum of what was measured, as a metric of its own: divided by the count it is the mean. */
    private void addHistogram(OtlpMetric metric, Map<String, String> labels, OtlpPoint point) {
        if (metric.temporality == Temporality.UNSPECIFIED) {
            add(metric.name, labels, new Amount.Nothing(Drop.NO_TEMPORALITY), point);
            return;
        }
        var sinceItBegan = metric.temporality == Temporality.CUMULATIVE;
        var isExponential = metric.kind == Kind.EXPONENTIAL;
        add(
                metric.name,
                labels,
                isExponential ? ExponentialBuckets.amount(point, sinceItBegan) : explicit(point, sinceItBegan),
                point);
        if (point.sum >= 0) {
            add(metric.name + "_sum", labels, Amount.count(point.sum, sinceItBegan), point);
        }
    }

    private static Amount explicit(OtlpPoint point, boolean sinceItBegan) {
        if (point.bounds.size() == 0) {
            // nobody knows how large they were, yet how many
            return Amount.count(point.counts.size() == 1 ? point.counts.get(0) : point.count, sinceItBegan);
        }
        if (point.bounds.size() > MOST_BOUNDS || point.counts.size() != point.bounds.size() + 1) {
            return new Amount.Nothing(Drop.BUCKETS);
        }
        var bounds = new ArrayList<Double>(point.bounds.size());
        var counts = new ArrayList<Double>(point.counts.size());
        for (int i = 0; i < point.counts.size(); i++) {
            counts.add(point.counts.get(i));
        }
        for (int i = 0; i < point.bounds.size(); i++) {
            var bound = point.bounds.get(i);
            if (!Double.isFinite(bound) || (i > 0 && bound <= point.bounds.get(i - 1))) {
                return new Amount.Nothing(Drop.BUCKETS);
            }
            bounds.add(bound);
        }
        return counts.stream().allMatch(count -> count >= 0 && Double.isFinite(count))
                ? Amount.buckets(new Histogram(bounds, counts), sinceItBegan)
                : new Amount.Nothing(Drop.BUCKETS);
    }

    private void addSummary(OtlpMetric metric, Map<String, String> labels, OtlpPoint point) {
        add(metric.name + "_count", labels, Amount.count(point.count, true), point);
        add(metric.name + "_sum", labels, Amount.count(point.sum, true), point);
        for (var quantile : point.quantiles) {
            var named = Layered.of(Map.of("quantile", Double.toString(quantile.quantile())), labels);
            add(metric.name, named, Amount.value(quantile.value()), point);
        }
    }

    private static Instant instant(long nanos) {
        return nanos <= 0 ? null : Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS);
    }
}
