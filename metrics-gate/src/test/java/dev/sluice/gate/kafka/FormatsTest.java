package dev.sluice.gate.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.Bus;
import dev.sluice.gate.Shop;
import dev.sluice.gate.config.GateConfig;
import dev.sluice.gate.format.foreign.ForeignTopics;
import dev.sluice.gate.format.foreign.OtlpTest.Service;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Query.Evaluation;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Selector;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What others write, in bytes as they write them, through a real broker to a verdict. */
@QuarkusTest
@TestProfile(FormatsTest.Configured.class)
@QuarkusTestResource(KafkaTestResource.class)
class FormatsTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final String OTLP = "otlp_metrics";
    private static final String OTLP_JSON = "otlp_metrics_json";
    private static final String PROMETHEUS = "prometheus";
    private static final String TELEGRAF = "telegraf";
    private static final List<String> TOPICS = List.of(OTLP, OTLP_JSON, PROMETHEUS, TELEGRAF, "nobody-writes-here");
    private static final int PARTITIONS = 3;
    private static final String METRIC = "http.server.requests";

    /** One mapping for all. */
    public static final class Configured implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            var settings = new HashMap<String, String>();
            for (var topic : TOPICS) {
                var format = "sluice.gate.formats.\"" + topic + "\".";
                settings.put(format + "mapping.target", "prod");
                settings.put(format + "mapping.revision", "{service.version|version}");
                settings.put(format + "mapping.application", "{service.namespace|namespace}/{service.name|app}");
            }
            // the topics are not there yet when the gate starts
            settings.put("mp.messaging.incoming.formats.metadata.max.age.ms", "500");
            settings.put("sluice.gate.formats.\"otlp_metrics\".format", "otlp_proto");
            settings.put("sluice.gate.formats.\"otlp_metrics_json\".format", "otlp_json");
            settings.put("sluice.gate.formats.\"prometheus\".format", "prometheus_json");
            settings.put("sluice.gate.formats.\"telegraf\".format", "telegraf_json");
            settings.put("sluice.gate.formats.\"nobody-writes-here\".format", "sluice");
            return settings;
        }
    }

    @Inject
    MeterRegistry registry;

    @Inject
    ForeignTopics topics;

    @Inject
    Clients clients;

    @Inject
    GateConfig config;

    @Inject
    Meters meters;

    private Bus bus;

    @BeforeEach
    void connect() throws Exception {
        bus = new Bus(broker(), "rollout.");
        try (var admin = Admin.create(Map.of("bootstrap.servers", (Object) broker()))) {
            var there = admin.listTopics().names().get();
            admin.createTopics(TOPICS.stream()
                            .filter(topic -> !there.contains(topic))
                            .flatMap(topic -> Stream.of(
                                    new NewTopic(topic, PARTITIONS, (short) 1),
                                    new NewTopic(topic + ".dlq", 1, (short) 1)))
                            .toList())
                    .all()
                    .get();
        }
    }

    @AfterEach
    void disconnect() {
        bus.close();
    }

    private static String broker() {
        return ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
    }

    private static Query errors(String metric, String label, Evaluation evaluation, long samples) {
        return Shop.query(
                "error-rate",
                new Question.Ratio(new Selector(metric, Map.of(label, "5..")), Selector.of(metric)),
                0.01,
                null,
                samples,
                evaluation);
    }

    @Test
    @DisplayName("B12 totals that OpenTelemetry's SDK has counted, from its own exporter, fail a bad canary")
    void failsByOpenTelemetry() {
        // given
        var shop = Shop.named("shop/otlp");
        var canary = new Service(AggregationTemporality.CUMULATIVE, "otlp", "1.4.2", "pod-7");
        var stable = new Service(AggregationTemporality.CUMULATIVE, "otlp", "1.4.1", "pod-1");
        bus.open(shop.set(
                1,
                shop.analysis(
                        "step-1",
                        Instant.now(),
                        LONG,
                        1,
                        errors(METRIC, "http.response.status_code", Evaluation.CONTINUOUS, 100))));
        canary.requests(200, 1000);
        stable.requests(200, 9000);
        bus.write(OTLP, 0, stable.proto());
        bus.write(OTLP, 1, canary.proto());

        // when
        canary.requests(500, 50);
        bus.write(OTLP, 2, canary.proto());

        // then
        var verdict = bus.verdict("r-shop/otlp/prod/step-1/1/1");
        assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(verdict.queries().getFirst().words()).contains("4.76 % of 1,050 http.server.requests");
    }

    @Test
    @DisplayName("A pass waits until all that others wrote before is handed over, and each counts once")
    void passesByDeltasInJson() {
        // given
        var shop = Shop.named("shop/deltas");
        var canary = new Service(AggregationTemporality.DELTA, "deltas", "1.4.2", "pod-7");
        bus.open(shop.set(
                1,
                shop.analysis(
                        "step-1",
                        Instant.now(),
                        SHORT,
                        1,
                        errors(METRIC, "http.response.status_code", Evaluation.INTERVAL, 100))));

        // when
        for (int i = 0; i < 30; i++) {
            canary.requests(200, 10);
            bus.write(OTLP_JSON, i % PARTITIONS, canary.json());
        }

        // then
        var verdict = bus.verdict("r-shop/deltas/prod/step-1/1/1");
        assertThat(verdict.outcome()).isEqualTo(Outcome.PASS);
        assertThat(verdict.queries().getFirst().samples().canary()).isEqualTo(300);
    }

    @Test
    @DisplayName("B12 counters of a pair of Prometheus servers, on any partition, fail a bad canary and count once")
    void failsByPrometheus() {
        // given
        var shop = Shop.named("shop/prometheus");
        bus.open(shop.set(
                1,
                shop.analysis(
                        "step-1",
                        Instant.now().minusSeconds(10),
                        Duration.ofSeconds(12),
                        1,
                        errors("http_requests_total", "code", Evaluation.INTERVAL, 100))));
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

        // when
        for (var replica : List.of("a", "b")) {
            scrape(now.minusSeconds(2), replica, 70_000, 3_000);
            scrape(now.minusSeconds(1), replica, 70_500, 3_020);
            scrape(now, replica, 70_950, 3_050);
        }

        // then
        var verdict = bus.verdict("r-shop/prometheus/prod/step-1/1/1");
        assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(verdict.queries().getFirst().samples().canary()).isEqualTo(1000);
        assertThat(dropped("prometheus", "no-number")).isEqualTo(6);
    }

    private void scrape(Instant at, String replica, int good, int bad) {
        var samples = List.of(
                sample(at, replica, "200", good), sample(at, replica, "500", bad), sample(at, replica, "404", "NaN"));
        for (int i = 0; i < samples.size(); i++) {
            bus.write(PROMETHEUS, i, samples.get(i));
        }
    }

    private static byte[] sample(Instant at, String replica, String code, Object value) {
        return Bus.utf8("""
                {"timestamp":"%s","value":"%s","name":"http_requests_total","labels":{"__name__":"http_requests_total",
                 "namespace":"shop","app":"prometheus","version":"1.4.2","pod":"pod-7","code":"%s","prometheus_replica":"%s"}}""".formatted(at, value, code, replica));
    }

    private double dropped(String topic, String reason) {
        return registry.get("sluice.gate.formats.dropped")
                .tags("topic", topic, "reason", reason)
                .counter()
                .count();
    }

    @Test
    @DisplayName("B25 what nobody can read goes to the topic's own dead letters unchanged, and what follows counts")
    void putsRubbishAside() {
        // given
        var shop = Shop.named("shop/telegraf");
        bus.open(shop.set(
                1,
                shop.analysis(
                        "step-1", Instant.now(), LONG, 1, errors("requests", "code", Evaluation.CONTINUOUS, 10))));
        var json =
                "{\"name\":\"requests_total\",\"tags\":{\"namespace\":\"shop\",\"app\":\"telegraf\",\"version\":\"1.4.2\","
                        + "\"host\":\"web-1\",\"code\":\"500\"},\"fields\":{\"counter\":%d},\"timestamp\":%d}";
        var at = Instant.now().toEpochMilli();

        // when
        bus.write(TELEGRAF, 0, Bus.utf8("cpu,host=web-1 usage=3"));
        bus.write(TELEGRAF, 0, Bus.utf8(json.formatted(7000, at)));
        bus.write(TELEGRAF, 0, Bus.utf8(json.formatted(7030, at + 1)));

        // then
        var dead = read(TELEGRAF + ".dlq", 1);
        assertThat(new String(dead.getFirst().value(), StandardCharsets.UTF_8)).isEqualTo("cpu,host=web-1 usage=3");
        assertThat(new String(
                        dead.getFirst().headers().lastHeader("sluice-error").value(), StandardCharsets.UTF_8))
                .contains("no JSON of Telegraf");
        assertThat(new String(
                        dead.getFirst().headers().lastHeader("sluice-source").value(), StandardCharsets.UTF_8))
                .startsWith("telegraf/0/");
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> registry.get("sluice.gate.formats.events")
                                .tag("topic", "telegraf")
                                .counter()
                                .count()
                        >= 2);
    }

    @Test
    @DisplayName("B35 what an instance that has died had handed over already counts once, whoever does it again")
    void aRepeatCountsOnce() {
        // given
        var shop = Shop.named("shop/repeated");
        bus.open(shop.set(
                1,
                shop.analysis(
                        "step-1",
                        Instant.now(),
                        Duration.ofSeconds(8),
                        1,
                        errors(METRIC, "http.response.status_code", Evaluation.INTERVAL, 100))));
        var canary = new Service(AggregationTemporality.DELTA, "repeated", "1.4.2", "pod-7");
        for (int i = 0; i < 20; i++) {
            canary.requests(200, 10);
            canary.requests(500, 1);
            bus.write(OTLP_JSON, i % PARTITIONS, canary.json());
        }

        // when
        var all = read(OTLP_JSON, 20);
        for (int instance = 0; instance < 2; instance++) {
            try (var other = new HandOver(
                    topics,
                    "rollout.",
                    clients.handOver(),
                    new DeadLetterLane(clients.deadLetters(), "rollout.", meters, System::nanoTime),
                    meters,
                    Clock.systemUTC())) {
                other.take(all);
            }
        }

        // then
        var verdict = bus.verdict("r-shop/repeated/prod/step-1/1/1");
        assertThat(verdict.queries().getFirst().samples().canary()).isEqualTo(220);
        assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
    }

    /** At least so many, from the beginning of the topic on. */
    private static List<ConsumerRecord<byte[], byte[]>> read(String topic, int least) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker()), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = IntStream.range(0, consumer.partitionsFor(topic).size())
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
                consumer.poll(Duration.ofMillis(50)).forEach(records::add);
                return records.size() >= least;
            });
            return records;
        }
    }

    @Test
    @DisplayName("A topic without events, and one whose events are all lost, keep no run from passing")
    void waitsForNothingThatIsntThere() {
        // given
        var shop = Shop.named("shop/nobody");
        bus.open(shop.set(1, shop.analysis("step-1", Instant.now(), SHORT, 1, Shop.errorRate(Evaluation.INTERVAL, 1))));

        // when
        bus.measure(shop.requests("canary", "200", 5));

        // then
        Verdict verdict = bus.verdict("r-shop/nobody/prod/step-1/1/1");
        assertThat(verdict.outcome()).isEqualTo(Outcome.PASS);
        assertThat(config.gate().formats()).hasSize(5);
    }
}
