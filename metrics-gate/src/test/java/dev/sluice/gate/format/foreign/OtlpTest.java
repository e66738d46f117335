package dev.sluice.gate.format.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.message.MetricEvent.Histogram;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.internal.otlp.metrics.MetricsRequestMarshaler;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import io.opentelemetry.sdk.resources.Resource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What OpenTelemetry's own SDK measures and its own exporter writes. */
public class OtlpTest {
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");

    /** Collects when it is told to. */
    private static final class Reader implements MetricReader {
        private final AggregationTemporality temporality;
        private CollectionRegistration registration = CollectionRegistration.noop();

        Reader(AggregationTemporality temporality) {
            this.temporality = temporality;
        }

        Collection<MetricData> collect() {
            return registration.collectAllMetrics();
        }

        @Override
        public void register(CollectionRegistration registration) {
            this.registration = registration;
        }

        @Override
        public AggregationTemporality getAggregationTemporality(InstrumentType type) {
            return temporality;
        }

        @Override
        public CompletableResultCode forceFlush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    /** A service with OpenTelemetry in it. */
    public static final class Service {
        private final Reader reader;
        private final SdkMeterProvider provider;

        Service(AggregationTemporality temporality, String version, String pod) {
            this(temporality, "checkout", version, pod);
        }

        public Service(AggregationTemporality temporality, String name, String version, String pod) {
            reader = new Reader(temporality);
            provider = SdkMeterProvider.builder()
                    .setResource(Resource.create(Attributes.of(
                            AttributeKey.stringKey("service.namespace"),
                            "shop",
                            AttributeKey.stringKey("service.name"),
                            name,
                            AttributeKey.stringKey("service.version"),
                            version,
                            AttributeKey.stringKey("k8s.pod.name"),
                            pod)))
                    .registerView(
                            InstrumentSelector.builder().setName("exponential").build(),
                            View.builder()
                                    .setAggregation(Aggregation.base2ExponentialBucketHistogram())
                                    .build())
                    .registerMetricReader(reader)
                    .build();
        }

        public void requests(long status, long count) {
            provider.get("test")
                    .counterBuilder("http.server.requests")
                    .build()
                    .add(count, Attributes.of(STATUS, status, ROUTE, "/cart"));
        }

        void took(String histogram, double seconds) {
            provider.get("test")
                    .histogramBuilder(histogram)
                    .setExplicitBucketBoundariesAdvice(List.of(0.1, 0.5, 1.0))
                    .build()
                    .record(seconds, Attributes.of(ROUTE, "/cart"));
        }

        void active(long change) {
            provider.get("test").upDownCounterBuilder("active").build().add(change);
        }

        void depth(double depth) {
            provider.get("test").gaugeBuilder("depth").build().set(depth);
        }

        /** Collected, and written as protobuf. */
        public byte[] proto() {
            return write(MetricsRequestMarshaler.create(reader.collect()), false);
        }

        /** Collected, and written as JSON. */
        public byte[] json() {
            return write(MetricsRequestMarshaler.create(reader.collect()), true);
        }
    }

    private static byte[] write(MetricsRequestMarshaler marshaler, boolean json) {
        try (var out = new ByteArrayOutputStream()) {
            if (json) {
                marshaler.writeJsonTo(out);
            } else {
                marshaler.writeBinaryTo(out);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot be written to", e);
        }
    }

    private final Service delta = new Service(AggregationTemporality.DELTA, "1.4.2", "pod-7");
    private final Service cumulative = new Service(AggregationTemporality.CUMULATIVE, "1.4.2", "pod-7");

    private static Map<String, List<ForeignSample>> byName(List<ForeignSample> samples) {
        return samples.stream().collect(Collectors.groupingBy(ForeignSample::metric));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void countersAreCountsOrTotals(boolean json) {
        // given
        for (var service : List.of(delta, cumulative)) {
            service.requests(200, 40);
            service.requests(500, 2);
        }

        // when
        var counts = samples(delta, json);
        var totals = samples(cumulative, json);

        // then
        assertThat(counts)
                .extracting(sample -> sample.labels().get("http.response.status_code"), ForeignSample::amount)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("200", new Amount.Count(40)),
                        org.assertj.core.groups.Tuple.tuple("500", new Amount.Count(2)));
        assertThat(totals)
                .extracting(ForeignSample::amount)
                .containsExactlyInAnyOrder(new Amount.Total(40), new Amount.Total(2));
        assertThat(totals).allSatisfy(sample -> {
            assertThat(sample.since()).isBeforeOrEqualTo(sample.time());
            assertThat(sample.metric()).isEqualTo("http.server.requests");
            assertThat(sample.labels())
                    .containsEntry("service.name", "checkout")
                    .containsEntry("service.version", "1.4.2")
                    .containsEntry("otel.scope.name", "test")
                    .containsEntry("k8s.pod.name", "pod-7")
                    .containsEntry("http.route", "/cart");
        });
    }

    private static List<ForeignSample> samples(Service service, boolean json) {
        return json
                ? Formats.samples(new OtlpJson(), service.json())
                : Formats.samples(new OtlpProto(), service.proto());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void histogramsKeepTheirBuckets(boolean json) {
        // given
        Stream.of(0.05, 0.1, 0.3, 7.0).forEach(seconds -> delta.took("latency", seconds));

        // when
        var samples = byName(samples(delta, json));

        // then
        assertThat(samples.get("latency"))
                .extracting(ForeignSample::amount)
                .containsExactly(new Amount.Counts(new Histogram(List.of(0.1, 0.5, 1.0), List.of(2.0, 1.0, 0.0, 1.0))));
        assertThat(samples.get("latency_sum"))
                .singleElement()
                .satisfies(sum -> assertThat(((Amount.Count) sum.amount()).count())
                        .isCloseTo(7.45, org.assertj.core.data.Offset.offset(1e-9)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void levelsAreValuesAndTheirChangesAreNot(boolean json) {
        // given
        for (var service : List.of(delta, cumulative)) {
            service.active(5);
            service.active(-2);
            service.depth(17.5);
        }

        // then
        var changes = byName(samples(delta, json));
        var levels = byName(samples(cumulative, json));
        assertThat(changes.get("active").getFirst().amount()).isEqualTo(new Amount.Nothing(Drop.CHANGE));
        assertThat(levels.get("active").getFirst().amount()).isEqualTo(new Amount.Value(3));
        assertThat(levels.get("depth").getFirst().amount()).isEqualTo(new Amount.Value(17.5));
    }

    @ParameterizedTest
    @EnumSource(AggregationTemporality.class)
    void exponentialBucketsSayWhatIsKnownAndNoMore(AggregationTemporality temporality) {
        for (int seed = 0; seed < 20; seed++) {
            // given
            var random = new Random(seed);
            var service = new Service(temporality, "1.4.2", "pod-7");
            var numbers = random.doubles(500, -12, 5).map(Math::exp).toArray();
            for (var number : numbers) {
                service.took("exponential", number);
            }
            service.took("exponential", 0);

            // when
            var amount = byName(samples(service, seed % 2 == 0))
                    .get("exponential")
                    .getFirst()
                    .amount();

            // then
            var histogram = amount instanceof Amount.Counts(var counts) ? counts : ((Amount.Totals) amount).histogram();
            double upTo = 0;
            for (int i = 0; i < histogram.bounds().size(); i++) {
                upTo += histogram.counts().get(i);
                var bound = histogram.bounds().get(i);
                // a number at a bound may have been put to either side of it by rounding
                assertThat(upTo)
                        .as("seed " + seed + " up to " + bound)
                        .isBetween(
                                1.0
                                        + Stream.of(number(numbers, bound * (1 - 1e-9)))
                                                .mapToDouble(n -> n)
                                                .sum(),
                                1.0 + number(numbers, bound * (1 + 1e-9)));
            }
            assertThat(histogram.counts().getLast()).isZero();
            assertThat(histogram.bounds()).hasSizeLessThanOrEqualTo(256);
        }
    }

    private static double number(double[] numbers, double upTo) {
        return java.util.Arrays.stream(numbers).filter(n -> n <= upTo).count();
    }

    @Test
    void processesOfLikeLatencyHaveOneLayout() {
        // given
        var other = new Service(AggregationTemporality.CUMULATIVE, "1.4.1", "pod-8");
        for (int i = 0; i < 100; i++) {
            cumulative.took("exponential", 0.010 + i * 0.001);
            other.took("exponential", 0.012 + i * 0.003);
        }

        // then
        assertThat(bounds(cumulative)).isEqualTo(bounds(other));
    }

    private static List<Double> bounds(Service service) {
        var amount =
                byName(samples(service, false)).get("exponential").getFirst().amount();
        return ((Amount.Totals) amount).histogram().bounds();
    }

    @Test
    void whatHasNoValueOrNoNumberIsNothing() {
        // given
        var json = """
                {"resourceMetrics":[{"resource":{},"scopeMetrics":[{"metrics":[
                 {"name":"gone","gauge":{"dataPoints":[{"flags":1,"timeUnixNano":"1763640000000000000"}]}},
                 {"name":"nan","gauge":{"dataPoints":[{"asDouble":"NaN"}]}},
                 {"name":"large","sum":{"aggregationTemporality":2,"isMonotonic":true,
                   "dataPoints":[{"asInt":"9007199254740993"},{"asInt":-1}]}},
                 {"name":"neither","sum":{"isMonotonic":true,"dataPoints":[{"asInt":"1"}]}},
                 {"name":"odd","histogram":{"aggregationTemporality":"AGGREGATION_TEMPORALITY_DELTA",
                   "dataPoints":[{"count":"3","bucketCounts":["1","2"],"explicitBounds":[1,2]},
                                 {"count":"3","bucketCounts":["3"]},
                                 {"count":"3","bucketCounts":["1","1","1"],"explicitBounds":[2,1]}]}}]}]}]}""";

        // then
        assertThat(Formats.samples(new OtlpJson(), json))
                .extracting(ForeignSample::amount)
                .containsExactly(
                        new Amount.Nothing(Drop.NO_NUMBER),
                        new Amount.Nothing(Drop.NO_NUMBER),
                        new Amount.Total(9007199254740992.0),
                        new Amount.Nothing(Drop.NEGATIVE),
                        new Amount.Nothing(Drop.NO_TEMPORALITY),
                        new Amount.Nothing(Drop.BUCKETS),
                        new Amount.Count(3),
                        new Amount.Nothing(Drop.BUCKETS));
    }

    @Test
    void protobufAndJsonAreTheSame() {
        // given
        cumulative.requests(200, 40);
        cumulative.took("latency", 0.3);
        cumulative.took("exponential", 0.3);
        cumulative.depth(3);
        var metrics = cumulative.reader.collect();

        // then
        var proto = Formats.samples(new OtlpProto(), write(MetricsRequestMarshaler.create(metrics), false));
        var json = Formats.samples(new OtlpJson(), write(MetricsRequestMarshaler.create(metrics), true));
        assertThat(proto).isEqualTo(json).hasSize(6);
    }
}
