package dev.sluice.gate.format.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.schemas.message.MetricEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatsTest {
    private static final String ISTIO = """
            {"timestamp":"2026-11-20T12:00:15Z","value":"%s","name":"istio_requests_total","labels":{
             "__name__":"istio_requests_total","reporter":"%s","destination_workload_namespace":"shop",
             "destination_canonical_service":"checkout","destination_canonical_revision":"1.4.2",
             "destination_workload":"checkout-canary","response_code":"500","source_workload":"front",
             "pod":"checkout-canary-7","prometheus_replica":"%s"}}""";

    private final ForeignTopic istio = Formats.topic("prometheus_json", "preset", "istio", "target", "prod");

    private static MetricEvent event(ForeignTopic topic, String json) {
        var mapped = mapped(topic, json);
        if (mapped instanceof Mapped.Event(var event, var counter)) {
            return event;
        }
        throw new AssertionError(mapped);
    }

    private static Mapped mapped(ForeignTopic topic, String json) {
        return topic.mapping().map(Formats.samples(topic.format(), json).getFirst());
    }

    @Test
    @DisplayName("A counter as prometheus-kafka-adapter writes it is a total of the destination's pod")
    void mapsIstio() {
        // when
        var event = event(istio, ISTIO.formatted("12", "destination", "a"));

        // then
        assertThat(event.application()).isEqualTo("shop/checkout");
        assertThat(event.target()).isEqualTo("prod");
        assertThat(event.variant()).isNull();
        assertThat(event.revision()).isEqualTo("1.4.2");
        assertThat(event.metric()).isEqualTo("istio_requests_total");
        assertThat(event.total()).isEqualTo(12);
        assertThat(event.time()).isEqualTo(Instant.parse("2026-11-20T12:00:15Z"));
        assertThat(event.instance()).isEqualTo("checkout-canary-7");
        assertThat(event.labels())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("response_code", "500", "destination_workload", "checkout-canary"));
    }

    @Test
    void takesTheDestinationsSideAlone() {
        assertThat(mapped(istio, ISTIO.formatted("12", "source", "a")))
                .isEqualTo(new Mapped.Dropped(Drop.NOT_SELECTED));
    }

    @ParameterizedTest
    @CsvSource({"NaN", "+Inf", "-Inf", "''", "twelve"})
    void whatIsNoNumberIsNothing(String value) {
        assertThat(mapped(istio, ISTIO.formatted(value, "destination", "a")))
                .isEqualTo(new Mapped.Dropped(Drop.NO_NUMBER));
    }

    @Test
    @DisplayName("Labels left out keep counters apart, and which of a pair of servers scraped doesn't")
    void namesCounters() {
        // given
        var one = (Mapped.Event) mapped(istio, ISTIO.formatted("12", "destination", "a"));
        var replica = (Mapped.Event) mapped(istio, ISTIO.formatted("12", "destination", "b"));
        var other = (Mapped.Event)
                mapped(istio, ISTIO.formatted("12", "destination", "a").replace("\"front\"", "\"admin\""));

        // then
        assertThat(replica).isEqualTo(one);
        assertThat(other.event()).isEqualTo(one.event());
        assertThat(other.counter()).isNotEqualTo(one.counter()).hasSize(32);
    }

    @Test
    @DisplayName("A single value that a pair of servers says twice has one id")
    void namesValuesOfPairs() {
        // given
        var gauge = "{\"timestamp\":\"2026-11-20T12:00:%s\",\"value\":\"3.5\",\"name\":\"queue_depth\",\"labels\":{"
                + "\"namespace\":\"shop\",\"app\":\"checkout\",\"version\":\"2\",\"pod\":\"p\",\"prometheus_replica\":\"%s\"}}";
        var topic = Formats.topic(
                "prometheus_json", "application", "{namespace}/{app}", "target", "prod", "revision", "{version}");

        // then
        var event = event(topic, gauge.formatted("00Z", "a"));
        assertThat(event.value()).isEqualTo(3.5);
        assertThat(event.id())
                .isNotNull()
                .isEqualTo(event(topic, gauge.formatted("00Z", "b")).id());
        assertThat(event.id())
                .isNotEqualTo(event(topic, gauge.formatted("01Z", "a")).id());
        assertThat(event.labels()).isEmpty();
    }

    @Test
    @DisplayName("A canary is known by its workload's name, and what has one and isn't it is stable")
    void mapsVariantsByALabel() {
        // given
        var topic = Formats.topic(
                "prometheus_json",
                "preset",
                "istio",
                "target",
                "{destination_cluster|reporter}",
                "canary",
                "destination_workload=.*-canary");
        var json = ISTIO.formatted("12", "destination", "a");

        // then
        assertThat(event(topic, json).variant()).isEqualTo("canary");
        assertThat(event(topic, json).target()).isEqualTo("destination");
        assertThat(event(topic, json.replace("\"checkout-canary\"", "\"checkout\""))
                        .variant())
                .isEqualTo("stable");
        assertThat(event(topic, json.replace("\"destination_workload\"", "\"other\""))
                        .variant())
                .isNull();
        assertThat(mapped(
                        topic,
                        json.replace("\"destination_workload\"", "\"other\"")
                                .replace("\"destination_canonical_revision\":\"1.4.2\"", "\"x\":\"y\"")))
                .isEqualTo(new Mapped.Dropped(Drop.NO_VARIANT));
    }

    @Test
    @DisplayName("An Envoy gateway's cluster names the service, and with it the variant")
    void mapsEnvoy() {
        // given
        var topic = Formats.topic("prometheus_json", "preset", "envoy", "target", "prod");
        var json =
                "{\"timestamp\":\"2026-11-20T12:00:15Z\",\"value\":\"7\",\"name\":\"envoy_cluster_upstream_rq\",\"labels\":"
                        + "{\"envoy_cluster_name\":\"%s\",\"envoy_response_code\":\"503\",\"pod\":\"envoy-1\"}}";

        // then
        var canary = event(topic, json.formatted("shop_checkout-canary_80"));
        assertThat(canary.application()).isEqualTo("shop/checkout");
        assertThat(canary.variant()).isEqualTo("canary");
        assertThat(canary.total()).isEqualTo(7);
        var stable = event(topic, json.formatted("shop/checkout/80/abc"));
        assertThat(stable.application()).isEqualTo("shop/checkout");
        assertThat(stable.variant()).isEqualTo("stable");
        assertThat(mapped(topic, json.formatted("admin"))).isEqualTo(new Mapped.Dropped(Drop.NO_APPLICATION));
    }

    @Test
    void mapsLinkerdsInboundSide() {
        // given
        var topic = Formats.topic("prometheus_json", "preset", "linkerd", "target", "prod");
        var json = "{\"timestamp\":\"2026-11-20T12:00:15Z\",\"value\":\"7\",\"name\":\"response_total\",\"labels\":"
                + "{\"direction\":\"%s\",\"namespace\":\"shop\",\"app\":\"checkout\",\"pod\":\"p-1\",\"pod_template_hash\":\"abc\","
                + "\"classification\":\"failure\"}}";

        // then
        assertThat(event(topic, json.formatted("inbound")).revision()).isEqualTo("abc");
        assertThat(mapped(topic, json.formatted("outbound"))).isEqualTo(new Mapped.Dropped(Drop.NOT_SELECTED));
    }

    @Test
    @DisplayName("A bucket of Prometheus is a counter by its bound")
    void keepsBounds() {
        var json = ISTIO.formatted("12", "destination", "a")
                .replace("istio_requests_total", "istio_request_duration_milliseconds_bucket")
                .replace("\"pod\"", "\"le\":\"250\",\"pod\"");

        assertThat(event(istio, json).labels()).containsEntry("le", "250");
        assertThat(event(istio, json).total()).isEqualTo(12);
    }

    @Test
    @DisplayName("Buckets of a histogram are known to be of one, and of no other")
    void bucketsOfOneHistogramCountByOneHash() {
        // given
        var bucket = ISTIO.formatted("12", "destination", "a")
                .replace("istio_requests_total", "istio_request_duration_milliseconds_bucket");

        // when
        var narrow = (Mapped.Event) mapped(istio, bucket.replace("\"pod\"", "\"le\":\"250\",\"pod\""));
        var wide = (Mapped.Event) mapped(istio, bucket.replace("\"pod\"", "\"le\":\"+Inf\",\"pod\""));
        var others = (Mapped.Event)
                mapped(istio, bucket.replace("\"front\"", "\"back\"").replace("\"pod\"", "\"le\":\"250\",\"pod\""));

        // then
        assertThat(wide.counter()).isEqualTo(narrow.counter());
        assertThat(others.counter()).isNotEqualTo(narrow.counter());
    }

    @Test
    void mapsOpenTelemetry() {
        // given
        var topic = Formats.topic("otlp_proto", "preset", "otel", "target", "prod");
        var service = new OtlpTest.Service(
                io.opentelemetry.sdk.metrics.data.AggregationTemporality.CUMULATIVE, "1.4.2", "pod-7");
        service.requests(500, 3);

        // when
        var mapped = topic.mapping()
                .map(Formats.samples(topic.format(), service.proto()).getFirst());

        // then
        var event = ((Mapped.Event) mapped).event();
        assertThat(event.application()).isEqualTo("shop/checkout");
        assertThat(event.revision()).isEqualTo("1.4.2");
        assertThat(event.instance()).isEqualTo("pod-7");
        assertThat(event.since()).isNotNull();
        assertThat(event.labels())
                .containsExactlyInAnyOrderEntriesOf(Map.of("http.response.status_code", "500", "http.route", "/cart"));
    }

    @Test
    void readsTelegraf() {
        // given
        var json = """
                {"metrics":[
                 {"name":"nginx","tags":{"host":"web-1"},"fields":{"requests":12,"up":true,"version":"1.2"},"timestamp":1763640015},
                 {"name":"http_requests_total","tags":{},"fields":{"counter":7},"timestamp":1763640015000},
                 {"name":"latency","tags":{},"fields":{"0.1":4,"+Inf":5,"sum":1.5,"count":5},"timestamp":1763640015000000},
                 {"name":"gc","tags":{},"fields":{"0.99":0.25,"sum":1.5},"timestamp":1763640015000000000}]}""";

        // when
        var samples = Formats.samples(new TelegrafJson(), json);

        // then
        var found = new TreeMap<String, Amount>();
        samples.forEach(sample -> {
            assertThat(sample.time()).isEqualTo(Instant.ofEpochSecond(1763640015));
            found.put(
                    sample.metric()
                            + sample.labels().getOrDefault("le", "")
                            + sample.labels().getOrDefault("quantile", ""),
                    sample.amount());
        });
        assertThat(found)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "nginx_requests", new Amount.Untyped(12),
                        "http_requests_total", new Amount.Total(7),
                        "latency_bucket0.1", new Amount.Total(4),
                        "latency_bucket+Inf", new Amount.Total(5),
                        "latency_sum", new Amount.Untyped(1.5),
                        "latency_count", new Amount.Untyped(5),
                        "gc0.99", new Amount.Value(0.25),
                        "gc_sum", new Amount.Untyped(1.5)));
    }

    @Test
    void sluicesOwnEventsNeedNoMapping() {
        // given
        var topic = Formats.topic("sluice");
        var json =
                "{\"application\":\"shop/checkout\",\"target\":\"prod\",\"variant\":\"canary\",\"metric\":\"m\",\"count\":3}";

        // then
        var reading = topic.format().read(json.getBytes(StandardCharsets.UTF_8), new RecordHeaders());
        assertThat(reading)
                .isInstanceOfSatisfying(
                        ForeignReading.Event.class,
                        event -> assertThat(event.event().count()).isEqualTo(3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "otlp;target=prod,preset=otel;known are [otlp_json, otlp_proto, prometheus_json, sluice, telegraf_json]",
                "otlp_proto;target=prod,preset=otlp;known are [envoy, istio, linkerd, otel]",
                "otlp_proto;preset=otel;doesn't say `target`",
                "otlp_proto;target=prod,preset=otel,application={a;names no label",
                "otlp_proto;target=prod,application=shop;neither `canary` nor `revision`",
                "otlp_proto;target=prod,application=shop,canary=x;no condition on a label",
                "otlp_proto;target=prod,application=shop,canary=x=(;is not RE2"
            })
    @DisplayName("What is wrong with a configuration is said at the start, with what there is")
    void refusesConfigurations(String format, String mapping, String says) {
        var settings = mapping.split(",|(?<=target|preset|application|canary)=");

        assertThatThrownBy(() -> Formats.topic(format, settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sluice.gate.formats.\"theirs\"")
                .hasMessageContaining(says);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rollout.metrics", "rollout.metrics-placed"})
    void sluicesOwnTopicsAreNoneOfOthers(String topic) {
        assertThatThrownBy(() -> Formats.topics(Map.of("sluice.gate.formats.\"" + topic + "\".format", "sluice")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one of Sluice's own topics");
    }

    @ParameterizedTest
    @ValueSource(strings = {"k8s.pod.labels.rollouts-pod-template-hash", "k8s.pod.label.rollouts-pod-template-hash"})
    @DisplayName("The Collector's labels of a pod are read in both of its spellings")
    void readsAPodsLabels(String name) {
        // given
        var labels = Map.of("service.namespace", "shop", "service.name", "web", name, "6d4cf56db6");

        // when
        var mapped = Formats.topic("otlp_proto", "preset", "otel", "target", "prod")
                .mapping()
                .map(new ForeignSample("m", labels, Amount.value(1), null, null));

        // then
        assertThat(mapped)
                .isInstanceOfSatisfying(
                        Mapped.Event.class,
                        event -> assertThat(event.event().revision()).isEqualTo("6d4cf56db6"));
    }

    @Test
    void aFormatWithoutItsMappingIsRefused() {
        assertThatThrownBy(() -> Formats.topic("otlp_json")).hasMessageContaining("needs a `mapping`");
    }
}
