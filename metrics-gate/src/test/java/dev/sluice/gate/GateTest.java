package dev.sluice.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.Query.Evaluation;
import dev.sluice.schemas.wire.Keys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
class GateTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofSeconds(1);

    private Bus bus;

    @BeforeEach
    void connect() {
        bus = new Bus(ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class), "rollout.");
    }

    @AfterEach
    void disconnect() {
        bus.close();
    }

    @Test
    @DisplayName("B12 a bad canary fails long before its run is over")
    void failsAsSoonAsTheEventIsThere() {
        // given
        var shop = Shop.named("shop/failing");
        bus.open(shop.set(
                1, shop.analysis("step-1", Instant.now(), LONG, 1, Shop.errorRate(Evaluation.CONTINUOUS, 100))));
        bus.measure(shop.requests("canary", "200", 1000));
        bus.measure(shop.requests("stable", "200", 9000));

        // when
        bus.measure(shop.requests("canary", "500", 50));
        var published = System.nanoTime();
        var verdict = bus.verdict("r-shop/failing/prod/step-1/1/1");
        var took = Duration.ofNanos(System.nanoTime() - published);

        // then
        assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(verdict.queries().getFirst().words()).isEqualTo("5xx 4.76 % of 1,050 requests, limit 1 %");
        assertThat(verdict.queries().getFirst().stable()).isZero();
        assertThat(verdict.share().observed()).isBetween(10.0, 11.0);
        assertThat(took).isLessThan(LONG.dividedBy(20));
    }

    @Test
    void passesAHealthyCanaryOnceItsRunIsOver() {
        // given
        var shop = Shop.named("shop/healthy");
        var from = Instant.now();
        bus.open(shop.set(1, shop.analysis("step-1", from, SHORT, 1, Shop.errorRate(Evaluation.INTERVAL, 100))));

        // when
        bus.measure(shop.requests("canary", "200", 1000));

        // then
        var verdict = bus.verdict("r-shop/healthy/prod/step-1/1/1");
        assertThat(verdict.outcome()).isEqualTo(Outcome.PASS);
        assertThat(verdict.time()).isAfterOrEqualTo(from.plus(SHORT));
    }

    @Test
    @DisplayName("B35 the same events on any partition give the same verdict")
    void countsEventsOnEveryPartition() {
        // given
        var shop = Shop.named("shop/scattered");
        bus.open(shop.set(1, shop.analysis("step-1", Instant.now(), SHORT, 1, Shop.errorRate(Evaluation.INTERVAL, 1))));

        // when
        for (int partition = 0; partition < bus.partitions(); partition++) {
            bus.measure(shop.requests("canary", "200", 250), partition);
        }

        // then
        var verdict = bus.verdict("r-shop/scattered/prod/step-1/1/1");
        assertThat(verdict.outcome()).isEqualTo(Outcome.PASS);
        assertThat(verdict.queries().getFirst().samples().canary()).isEqualTo(250L * bus.partitions());
    }

    @Test
    @DisplayName("B35 a misplaced event fails a canary at once, too")
    void failsOnAMisplacedEvent() {
        // given
        var shop = Shop.named("shop/misplaced");
        var home = Keys.partition("shop/misplaced/prod", bus.partitions());
        bus.open(shop.set(
                1, shop.analysis("step-1", Instant.now(), LONG, 1, Shop.errorRate(Evaluation.CONTINUOUS, 10))));

        // when
        bus.measure(shop.requests("canary", "500", 50), (home + 1) % bus.partitions());

        // then
        assertThat(bus.verdict("r-shop/misplaced/prod/step-1/1/1").outcome()).isEqualTo(Outcome.FAIL);
        var placed = bus.records(Topic.METRICS_PLACED.name("rollout."), record -> record.value() != null);
        assertThat(placed).anyMatch(record -> record.partition() == home && header(record, "sluice-origin") != null);
    }

    @Test
    @DisplayName("B25 what is no event goes to the dead letters, and the next event counts")
    void putsRubbishAside() {
        // given
        var shop = Shop.named("shop/rubbish");
        bus.open(shop.set(
                1, shop.analysis("step-1", Instant.now(), LONG, 1, Shop.errorRate(Evaluation.CONTINUOUS, 10))));

        // when
        bus.send(
                Topic.METRICS,
                Bus.utf8("{\"application\":\"shop/rubbish\",\"target\":\"prod\",\"variant\":\"canary\","
                        + "\"metric\":\"http_requests\",\"count\":-1}"));
        bus.send(Topic.METRICS, Bus.utf8("not json"));
        bus.send(Topic.METRICS, new byte[Topic.METRICS.maxBytes() + 100]);
        bus.measure(shop.requests("canary", "500", 50));

        // then
        assertThat(bus.verdict("r-shop/rubbish/prod/step-1/1/1").outcome()).isEqualTo(Outcome.FAIL);
        var dlq = Topic.METRICS.deadLetters("rollout.");
        assertThat(error(bus.record(dlq, record -> text(record).contains("shop/rubbish"))))
                .contains("/count");
        assertThat(error(bus.record(dlq, record -> text(record).equals("not json"))))
                .contains("JSON");
        assertThat(error(bus.record(dlq, record -> record.value().length > Topic.METRICS.maxBytes())))
                .contains("at most");
    }

    @ParameterizedTest
    @EnumSource(
            value = Topic.class,
            names = {"METRICS", "ANALYSES"})
    @DisplayName("B25 a schema registry's ids are kept on dead letters byte by byte")
    void keepsASchemaRegistrysIds(Topic topic) {
        // given
        byte[] id = {1, -128, -1, 0, 7, -61, 40, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        byte[] avro = {0, 0, 0, 0, 42, 16, -3};
        // when
        bus.send(topic, avro, Map.of("__value_schema_id", id, "__key_schema_id", id));
        // then
        var letter = bus.record(topic.deadLetters("rollout."), record -> Arrays.equals(record.value(), avro));
        assertThat(letter.headers().lastHeader("__value_schema_id").value()).isEqualTo(id);
        assertThat(letter.headers().lastHeader("__key_schema_id").value()).isEqualTo(id);
        assertThat(error(letter)).contains("the schema's id 42").contains("value.serializer");
    }

    @Test
    @DisplayName("B25 unreadable analyses go to the dead letters, and the next set is judged")
    void putsUnreadableAnalysesAside() {
        // given
        var shop = Shop.named("shop/after-rubbish");

        // when
        bus.send(Topic.ANALYSES, "shop/after-rubbish/prod", Bus.utf8("{\"rollout\":7}"));
        bus.open(shop.set(
                1, shop.analysis("step-1", Instant.now(), LONG, 1, Shop.errorRate(Evaluation.CONTINUOUS, 10))));
        bus.measure(shop.requests("canary", "500", 50));

        // then
        assertThat(bus.verdict("r-shop/after-rubbish/prod/step-1/1/1").outcome())
                .isEqualTo(Outcome.FAIL);
        assertThat(error(bus.record(Topic.ANALYSES.deadLetters("rollout."), record -> true)))
                .isNotBlank();
    }

    @Test
    @DisplayName("B13 an analysis that was closed gets no verdict")
    void isSilentOnceTheSetIsEmptyOrForgotten() {
        // given
        var emptied = Shop.named("shop/emptied");
        var forgotten = Shop.named("shop/forgotten");
        var witness = Shop.named("shop/witness");
        for (var shop : new Shop[] {emptied, forgotten}) {
            bus.open(shop.set(
                    1, shop.analysis("step-1", Instant.now(), SHORT, 1, Shop.errorRate(Evaluation.INTERVAL, 1))));
        }

        // when
        bus.open(emptied.set(2));
        bus.forget(forgotten.application(), forgotten.target());
        bus.open(witness.set(
                1, witness.analysis("step-1", Instant.now(), SHORT, 2, Shop.errorRate(Evaluation.INTERVAL, 1))));

        // then
        assertThat(bus.verdict("r-shop/witness/prod/step-1/1/2").outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(bus.verdicts(verdict -> verdict.application().equals("shop/emptied")))
                .isEmpty();
        assertThat(bus.verdicts(verdict -> verdict.application().equals("shop/forgotten")))
                .isEmpty();
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }

    private static String error(ConsumerRecord<byte[], byte[]> record) {
        return header(record, "sluice-error");
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
