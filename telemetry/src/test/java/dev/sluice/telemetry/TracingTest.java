package dev.sluice.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.wire.Lineage;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class TracingTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SENDER = "b7ad6b7169203331";
    private static final String FROM_SENDER = "00-" + TRACE + "-" + SENDER + "-01";

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final Tracing tracing = Tracing.by(OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .build());

    private static Arrival arrival(Lineage lineage) {
        return new Arrival("rollout.commands", 3, 42, lineage);
    }

    private static ProducerRecord<byte[], byte[]> record(Lineage lineage) {
        var record = new ProducerRecord<byte[], byte[]>("rollout.weights", new byte[0]);
        if (lineage.traceparent() != null) {
            record.headers().add("traceparent", lineage.traceparent().getBytes(UTF_8));
        }
        return record;
    }

    private static String traceparent(ProducerRecord<byte[], byte[]> record) {
        var headers = List.of(record.headers().toArray());
        assertThat(headers).hasSize(1);
        return new String(headers.getFirst().value(), UTF_8);
    }

    private SpanData span(String name) {
        return exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aMessageThatIsHandledIsTheChildOfItsSendersSpanAndWhatItLeadsToIsItsOwn() {
        // given
        var came = new Lineage("c-1", FROM_SENDER, FROM_SENDER);

        // when
        ProducerRecord<byte[], byte[]> order;
        try (var hop = tracing.process(arrival(came)).about("application", "shop/checkout")) {
            order = record(hop.lineage());
            assertThat(hop.lineage().origin()).isEqualTo(FROM_SENDER);
        }
        var sending = tracing.send(List.of(order));
        sending.taken();

        // then
        var process = span("process rollout.commands");
        assertThat(process.getTraceId()).isEqualTo(TRACE);
        assertThat(process.getParentSpanId()).isEqualTo(SENDER);
        assertThat(process.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(process.getAttributes().asMap().toString())
                .contains("messaging.kafka.offset=42", "sluice.application=shop/checkout");
        var send = span("send rollout.weights");
        assertThat(send.getParentSpanId()).isEqualTo(process.getSpanId());
        assertThat(traceparent(sending.records().getFirst())).isEqualTo("00-" + TRACE + "-" + send.getSpanId() + "-01");
    }

    @Test
    void aMessageWithoutATraceBeginsOneAndAllThatFollowsNamesIt() {
        // when
        Lineage after;
        try (var hop = tracing.process(arrival(Lineage.NONE))) {
            after = hop.lineage();
        }

        // then
        var process = span("process rollout.commands");
        assertThat(process.getParentSpanId()).isEqualTo(SpanId.getInvalid());
        assertThat(after.traceparent()).contains(process.getTraceId(), process.getSpanId());
        assertThat(after.origin()).isEqualTo(after.traceparent());
    }

    @Test
    void aMomentThatComesBeginsATraceWithALinkToWhereItAllBegan() {
        // when
        try (var hop = tracing.process(Arrival.WITHIN.begunAt(FROM_SENDER))) {
            assertThat(hop.lineage().origin()).isEqualTo(FROM_SENDER);
        }

        // then
        var process = span("process");
        assertThat(process.getTraceId()).isNotEqualTo(TRACE);
        assertThat(process.getLinks())
                .extracting(link -> link.getSpanContext().getSpanId())
                .containsExactly(SENDER);
    }

    @Test
    void whatIsDoneForSeveralAtOnceLinksToEachAndForOneIsAPartOfIt() {
        // given
        var first = tracing.process(arrival(Lineage.NONE.through(FROM_SENDER)));
        var second = tracing.process(arrival(Lineage.NONE));

        // when
        tracing.together("several", List.of(first, second)).close();
        tracing.together("one", List.of(first)).close();

        // then
        assertThat(span("several").getParentSpanId()).isEqualTo(SpanId.getInvalid());
        assertThat(span("several").getLinks())
                .extracting(LinkData::getSpanContext)
                .containsExactly(first.span().getSpanContext(), second.span().getSpanContext());
        assertThat(span("one").getParentSpanId())
                .isEqualTo(first.span().getSpanContext().getSpanId());
    }

    @Test
    void whatFailsSaysWhy() {
        // when
        tracing.send(List.of(record(Lineage.NONE.through(FROM_SENDER)))).failed("no broker");

        // then
        assertThat(span("send rollout.weights").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span("send rollout.weights").getStatus().getDescription()).isEqualTo("no broker");
    }

    @Test
    void aMessageThatCarriesNoTraceIsSentWithoutOne() {
        // given
        var record = record(Lineage.NONE);

        // when
        tracing.send(List.of(record)).taken();

        // then
        assertThat(record.headers()).isEmpty();
        assertThat(exporter.getFinishedSpanItems()).isEmpty();
    }

    @Test
    void aRecordThatWasSentBeforeIsSentAgainWithASpanOfItsOwn() {
        // given
        var record = record(Lineage.NONE.through(FROM_SENDER));
        ((RecordHeaders) record.headers()).setReadOnly();

        // when
        var first = tracing.send(List.of(record));
        first.failed("no leader");
        var second = tracing.send(List.of(record));
        second.taken();

        // then
        assertThat(exporter.getFinishedSpanItems())
                .hasSize(2)
                .allMatch(span -> span.getParentSpanId().equals(SENDER));
        assertThat(traceparent(record)).isEqualTo(FROM_SENDER);
    }

    @Test
    void aHeaderWithoutAValueIsNone() {
        // given
        var record = new ProducerRecord<byte[], byte[]>("rollout.weights", new byte[0]);
        record.headers().add("traceparent", null);

        // then
        assertThat(tracing.send(List.of(record)).records()).containsExactly(record);
    }

    @Test
    void aDeadLetterStaysAsItCame() {
        // given
        var letter = new ProducerRecord<byte[], byte[]>("rollout.commands.dlq", new byte[0]);
        letter.headers().add("traceparent", "none at all".getBytes(UTF_8));

        // then
        assertThat(tracing.send(List.of(letter)).records()).containsExactly(letter);
        assertThat(traceparent(letter)).isEqualTo("none at all");
    }

    @Test
    void whereNobodyTracesATraceGoesOnAsItCame() {
        // given
        var off = Tracing.off();
        var came = new Lineage("c-1", FROM_SENDER, null);

        // when
        var record = record(off.process(arrival(came)).lineage());
        off.send(List.of(record)).taken();

        // then
        assertThat(traceparent(record)).isEqualTo(FROM_SENDER);
        assertThat(off.here()).isEqualTo(Lineage.NONE);
    }
}
