package dev.sluice.gate.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gate.Bus;
import dev.sluice.gate.Shop;
import dev.sluice.gate.alert.FreezeRules;
import dev.sluice.gate.config.GateConfig;
import dev.sluice.gate.format.MetricEvents;
import dev.sluice.gate.format.Placement;
import dev.sluice.gate.judge.StandardJudging;
import dev.sluice.gate.source.MetricProviders;
import dev.sluice.gate.source.http.Connections;
import dev.sluice.sandbox.parts.KafkaPart;
import dev.sluice.sandbox.parts.SluiceTopics;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.message.MetricEvent.AlertState;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.Query.Evaluation;
import dev.sluice.schemas.wire.Keys;
import dev.sluice.schemas.wire.Reading;
import dev.sluice.telemetry.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Several instances one after the other and side by side, on a real broker. */
class SessionsTest {
    private static final Duration RUN = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final MetricProviders NO_PROVIDERS =
            new MetricProviders(List.of(), Map::of, new Connections(name -> Optional.empty()));
    private static KafkaPart kafka;

    private final List<Instance> instances = new ArrayList<>();
    private String prefix;
    private Bus bus;

    /** A gate without its HTTP side. */
    private static final class Instance {
        private final AtomicBoolean goOn = new AtomicBoolean(true);
        private final AtomicBoolean turning = new AtomicBoolean();
        private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
        private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
        private final Session session;
        private final Thread thread;

        Instance(Clients clients, GateConfig config) {
            session = new Session(
                    clients,
                    config,
                    StandardJudging.create(),
                    NO_PROVIDERS,
                    new FreezeRules(Map::of),
                    new Meters(registry),
                    Clock.systemUTC(),
                    Tracing.off());
            thread = Thread.ofPlatform().start(this::run);
        }

        private void run() {
            try (session) {
                session.run(() -> {
                    turning.set(true);
                    return goOn.get();
                });
            } catch (RuntimeException e) {
                failure.set(e);
            }
        }

        double partitions() {
            return registry.get("sluice.gate.partitions").gauge().value();
        }

        void stop() {
            goOn.set(false);
            session.stop();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Reads the windows of one partition back for ever. */
    private static final class SlowClients extends Clients {
        private final TopicPartition slow;

        SlowClients(GateConfig config, TopicPartition slow) {
            super(broker(), config);
            this.slow = slow;
        }

        @Override
        KafkaConsumer<byte[], byte[]> metrics() {
            return new KafkaConsumer<>(forMetrics()) {
                @Override
                public void seek(TopicPartition partition, long offset) {
                    super.seek(partition, offset);
                    if (partition.equals(slow)) {
                        pause(Set.of(partition));
                    }
                }
            };
        }
    }

    @BeforeAll
    static void startKafka() {
        kafka = KafkaPart.start();
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @BeforeEach
    void createTopics(TestInfo test) {
        prefix = test.getTestMethod().orElseThrow().getName() + ".";
        SluiceTopics.create(kafka.bootstrapServers(), prefix);
        bus = new Bus(kafka.bootstrapServers(), prefix);
    }

    @AfterEach
    void stopAll() {
        instances.forEach(Instance::stop);
        bus.close();
    }

    @Test
    @DisplayName("Line 11: a metric topic that tells its senders' time is refused, with the command that mends it")
    void refusesTimesOfSenders() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
                var broker = new Broker(Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers())), "any")) {
            // given
            var topic = Topic.METRICS.name(prefix);
            broker.requireAppendTime(topic);
            var bySenders =
                    new AlterConfigOp(new ConfigEntry(Topic.TIMESTAMPS, "CreateTime"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(
                            Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(bySenders)))
                    .all()
                    .get();

            // then
            assertThatThrownBy(() -> broker.requireAppendTime(topic))
                    .hasMessageContaining("--entity-name " + topic)
                    .hasMessageContaining("message.timestamp.type=LogAppendTime");
        }
    }

    @Test
    @DisplayName("an alert that fires is said again, as of when it was said, for whoever owns its partition next")
    void saysAgainThatAnAlertFires() {
        // given
        start();
        var shop = Shop.named("shop/alarmed");
        var said = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        bus.measure(
                MetricEvent.ofAlert(
                        shop.application(),
                        shop.target(),
                        "HighErrorRate",
                        AlertState.FIRING,
                        said,
                        Map.of("severity", "page")),
                1);

        // when
        var again = awaitOnPlaced("alerts/0/0/0");

        // then
        var placement = Placement.carried(again);
        var event = (Reading.Message<MetricEvent>) new MetricEvents().read(again.value(), again.headers());
        assertThat(placement.appended()).isEqualTo(said);
        assertThat(event.message().alert()).isEqualTo("HighErrorRate");
        assertThat(event.message().state()).isEqualTo(AlertState.FIRING);
        assertThat(event.message().labels()).containsEntry("severity", "page");
    }

    private ConsumerRecord<byte[], byte[]> awaitOnPlaced(String origin) {
        var settings = new HashMap<>(broker());
        settings.put("key.deserializer", ByteArrayDeserializer.class);
        settings.put("value.deserializer", ByteArrayDeserializer.class);
        try (var consumer = new KafkaConsumer<byte[], byte[]>(settings)) {
            var partitions = IntStream.range(0, bus.partitions())
                    .mapToObj(partition -> new TopicPartition(Topic.METRICS_PLACED.name(prefix), partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return Awaitility.await()
                    .atMost(PATIENCE)
                    .until(
                            () -> {
                                for (var record : consumer.poll(Duration.ofMillis(200))) {
                                    var header = record.headers().lastHeader("sluice-origin");
                                    if (header != null
                                            && new String(header.value(), StandardCharsets.UTF_8).equals(origin)) {
                                        return record;
                                    }
                                }
                                return null;
                            },
                            Objects::nonNull);
        }
    }

    @Test
    @DisplayName("Line 9: added partitions end the session, and the next one judges with them")
    void addedPartitionsEndTheSession() throws Exception {
        // given
        var first = start();
        var more = NewPartitions.increaseTo(bus.partitions() + 2);

        // when
        try (var admin = Admin.create(broker())) {
            admin.createPartitions(Map.of(Topic.METRICS.name(prefix), more, Topic.METRICS_PLACED.name(prefix), more))
                    .all()
                    .get();
        }

        // then
        Awaitility.await().atMost(PATIENCE).until(() -> first.failure.get() != null);
        assertThat(first.failure.get()).hasStackTraceContaining("partitions now; begins anew with them");
        var shop = Shop.named("shop/more");
        start();
        bus.open(shop.set(
                1,
                shop.analysis(
                        "step-1", Instant.now(), Duration.ofMinutes(5), 1, Shop.errorRate(Evaluation.CONTINUOUS, 10))));
        bus.measure(shop.requests("canary", "500", 90), 0);
        assertThat(bus.verdict("r-shop/more/prod/step-1/1/1").outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    @DisplayName("B06 a gate that starts in the middle of a run judges what came before it")
    void rebuildsItsWindows() {
        // given
        var first = start();
        var shop = Shop.named("shop/restarted");
        var from = Instant.now();
        // long enough for the first gate to be gone before the second run is over, on a busy machine too
        var run = Duration.ofSeconds(5);
        bus.open(shop.set(1, shop.analysis("step-1", from, run, 2, Shop.errorRate(Evaluation.INTERVAL, 100))));
        bus.measure(shop.requests("canary", "200", 90), 0);
        assertThat(bus.verdict("r-shop/restarted/prod/step-1/1/1").outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        first.stop();

        // when
        var inSecondRun = from.plus(run).plusMillis(100);
        bus.measure(shop.requests("canary", "200", 90, inSecondRun, null), 1);
        start();

        // then
        var second = bus.verdict("r-shop/restarted/prod/step-1/1/2");
        assertThat(second.outcome()).isEqualTo(Outcome.PASS);
        assertThat(second.queries().getFirst().samples().canary()).isEqualTo(180);
        assertThat(bus.verdicts(verdict -> verdict.run() == 1))
                .as("no run is judged twice")
                .hasSize(1);
    }

    @Test
    @DisplayName("B06 a bad event that came while no gate ran still fails its run")
    void judgesWhatCameWhileItWasAway() {
        // given
        var shop = Shop.named("shop/away");
        bus.open(shop.set(
                1,
                shop.analysis(
                        "step-1", Instant.now(), Duration.ofMinutes(5), 1, Shop.errorRate(Evaluation.CONTINUOUS, 10))));
        bus.measure(shop.requests("canary", "500", 90), 2);

        // when
        start();

        // then
        assertThat(bus.verdict("r-shop/away/prod/step-1/1/1").outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    @DisplayName("B35 several instances share the partitions, and a rebalance loses and doubles nothing")
    void sharesItsPartitions() {
        // given
        var shops = new ArrayList<Shop>();
        for (int i = 0; i < 8; i++) {
            shops.add(Shop.named("shop/shared-" + i));
        }
        start();
        for (var shop : shops) {
            bus.open(shop.set(
                    1, shop.analysis("step-1", Instant.now(), RUN, 0, Shop.errorRate(Evaluation.INTERVAL, 1))));
        }
        measureEverywhere(shops);

        // when
        var second = start();
        Awaitility.await().atMost(PATIENCE).until(() -> second.partitions() > 0);
        measureEverywhere(shops);
        instances.getFirst().stop();
        measureEverywhere(shops);

        // then
        var all = 3L * 10 * bus.partitions();
        for (var shop : shops) {
            Awaitility.await(shop.application())
                    .atMost(PATIENCE)
                    .until(() -> samples(shop).contains(all));
            assertThat(samples(shop)).as("nothing is counted twice").allMatch(samples -> samples <= all);
            assertThat(samples(shop)).as("a growing window loses nothing").isSorted();
        }
    }

    @Test
    @DisplayName("B42: an event of a later version waits for it, those behind it too, and no run passes without them")
    void leavesEventsOfALaterVersionToIt() {
        // given
        var behind = Shop.named("shop/behind");
        var beside = Shop.named("shop/beside");
        var first = start();
        for (var shop : List.of(behind, beside)) {
            bus.open(shop.set(
                    1, shop.analysis("step-1", Instant.now(), RUN, 1, Shop.errorRate(Evaluation.INTERVAL, 1))));
        }

        // when
        bus.measureLater(behind.requests("canary", "200", 90), 3);
        bus.measure(behind.requests("canary", "200", 90), 3);
        bus.measure(beside.requests("canary", "200", 90), 2);

        // then
        Awaitility.await().atMost(PATIENCE).until(() -> first.session.obstacle().isPresent());
        assertThat(first.session.obstacle().orElseThrow()).contains("metrics-3", "later version");
        for (var shop : List.of(behind, beside)) {
            assertThat(bus.verdict("r-" + shop.application() + "/prod/step-1/1/1")
                            .outcome())
                    .as("what is not read may have been anyone's")
                    .isNotEqualTo(Outcome.PASS);
        }
        assertThat(bus.records(Topic.METRICS.deadLetters(prefix), any -> true)).isEmpty();

        // when
        first.stop();
        var second = start();

        // then
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> second.session.obstacle().isPresent());
        assertThat(bus.records(Topic.METRICS.deadLetters(prefix), any -> true)).isEmpty();
    }

    @Test
    @DisplayName("Line 9: a run passes, misplaced events included, while another partition's windows are read back")
    void nobodyWaitsForAnothersWindows() {
        // given
        var slow = new TopicPartition(Topic.METRICS.name(prefix), bus.partitions() - 1);
        var shop = shopElsewhere(slow.partition());
        start();
        bus.measure(shop.requests("canary", "200", 1), slow.partition());
        bus.record(Topic.METRICS_PLACED.name(prefix), record -> record.value() != null);
        instances.getFirst().stop();

        // when
        start(config -> new SlowClients(config, slow));
        bus.open(shop.set(1, shop.analysis("step-1", Instant.now(), RUN, 1, Shop.errorRate(Evaluation.INTERVAL, 1))));
        bus.measure(shop.requests("canary", "200", 90), slow.partition());

        // then
        var verdict = bus.verdict("r-" + shop.application() + "/prod/step-1/1/1");
        assertThat(verdict.outcome()).isEqualTo(Outcome.PASS);
        assertThat(verdict.queries().getFirst().samples().canary()).isEqualTo(90);
    }

    @Test
    @DisplayName("B25: a gate whose dead-letter topic is missing judges on and counts what it could not write there")
    void judgesOnWithoutItsDeadLetterTopic() throws Exception {
        // given
        try (var admin = Admin.create(broker())) {
            admin.deleteTopics(List.of(Topic.METRICS.deadLetters(prefix))).all().get();
        }
        var shop = Shop.named("shop/undead");
        var gate = start();
        bus.open(shop.set(1, shop.analysis("step-1", Instant.now(), RUN, 1, Shop.errorRate(Evaluation.INTERVAL, 1))));

        // when
        bus.send(Topic.METRICS, "junk".getBytes(StandardCharsets.UTF_8));
        bus.measure(shop.requests("canary", "200", 90), 0);

        // then
        assertThat(bus.verdict("r-shop/undead/prod/step-1/1/1").outcome()).isEqualTo(Outcome.PASS);
        assertThat(gate.registry
                        .get("sluice.gate.dead.letters.lost")
                        .tag("topic", "metrics")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(gate.thread.isAlive()).isTrue();
    }

    private Shop shopElsewhere(int partition) {
        return IntStream.range(0, 100)
                .mapToObj(i -> Shop.named("shop/elsewhere-" + i))
                .filter(shop ->
                        Keys.partition(Keys.applicationTarget(shop.application(), shop.target()), bus.partitions())
                                != partition)
                .findFirst()
                .orElseThrow();
    }

    /** Of each run, in the order of the runs; several instances may have judged the same one. */
    private List<Long> samples(Shop shop) {
        return bus.verdicts(verdict -> verdict.application().equals(shop.application())).stream()
                .filter(verdict -> verdict.outcome() == Outcome.PASS)
                .sorted(Comparator.comparingInt(Verdict::run))
                .map(verdict -> verdict.queries().getFirst().samples().canary())
                .toList();
    }

    private void measureEverywhere(List<Shop> shops) {
        for (var shop : shops) {
            for (int partition = 0; partition < bus.partitions(); partition++) {
                bus.measure(shop.requests("canary", "200", 10), partition);
            }
        }
    }

    private static Map<String, Object> broker() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers());
    }

    private Instance start() {
        return start(config -> new Clients(broker(), config));
    }

    private Instance start(Function<GateConfig, Clients> clients) {
        var config = new SmallRyeConfigBuilder()
                .withMapping(GateConfig.class)
                .withDefaultValue("sluice.topics.prefix", prefix)
                .withDefaultValue("sluice.gate.session-timeout", "PT6S")
                .build()
                .getConfigMapping(GateConfig.class);
        var instance = new Instance(clients.apply(config), config);
        instances.add(instance);
        Awaitility.await().atMost(PATIENCE).until(instance.turning::get);
        return instance;
    }
}
