package dev.sluice.applier.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.applier.config.ApplierSettings;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.wire.Lineage;
import dev.sluice.telemetry.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReportLogTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final ReportLog reports = open();

    private ReportLog open() {
        var settings = new SmallRyeConfigBuilder()
                .withMapping(ApplierSettings.class)
                .withDefaultValue("sluice.clusters", "prod")
                .build()
                .getConfigMapping(ApplierSettings.class);
        return new ReportLog(this::broker, settings, Tracing.off(), new SimpleMeterRegistry());
    }

    private CompletionStage<Void> broker(ProducerRecord<byte[], byte[]> record) {
        var answer = new CompletableFuture<Void>();
        var unused = producer.send(record, (taken, error) -> {
            if (error == null) {
                answer.complete(null);
            } else {
                answer.completeExceptionally(error);
            }
        });
        return answer;
    }

    @AfterEach
    void close() {
        reports.stop();
    }

    @Test
    @DisplayName("Line 8: a report that its broker refuses is sent again, and keeps no other route's waiting meanwhile")
    void sendsAgainWhatWasRefused() {
        // given
        send("route-1", Outcome.APPLIED);
        awaitSent(1);

        // when
        producer.errorNext(new TimeoutException("no leader"));
        send("route-2", Outcome.APPLIED);

        // then
        awaitSent(3);
        assertThat(sent().map(text -> text.contains("route-1"))).containsExactly(true, false, true);
    }

    @Test
    @DisplayName("Line 8: a 0 by hand is told although a newer report of its route waits for the same broker")
    void tellsWhatHappenedBesideWhereItStands() {
        // given
        send("route-1", Outcome.WAITING);
        awaitSent(1);

        // when
        send("route-1", Outcome.TAKEN_BACK);
        send("route-1", Outcome.WAITING);
        send("route-1", Outcome.APPLIED);
        completeAll();

        // then
        assertThat(sent().filter(text -> text.contains("\"taken-back\""))).hasSize(1);
        assertThat(sent().filter(text -> text.contains("\"applied\""))).hasSize(1);
    }

    private void completeAll() {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            producer.completeNext();
            return sent().anyMatch(text -> text.contains("\"applied\""));
        });
    }

    private void awaitSent(int messages) {
        Awaitility.await().atMost(PATIENCE).until(() -> producer.history().size() >= messages);
    }

    private Stream<String> sent() {
        return producer.history().stream().map(record -> new String(record.value(), StandardCharsets.UTF_8));
    }

    private void send(String route, Outcome outcome) {
        var report = new WeightReport(
                "r-1",
                "shop/checkout",
                "prod",
                route,
                TestOrder.GENERATION,
                2,
                null,
                outcome,
                null,
                null,
                null,
                null,
                Map.of(),
                false,
                null,
                null,
                null,
                null,
                List.of(),
                TestOrder.NOW);
        reports.send(report, route + "/" + outcome, Lineage.NONE);
    }
}
