package dev.sluice.telemetry;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.wire.Lineage;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Spans of what Sluice does with messages. Each is named and described by OpenTelemetry's conventions for messaging
 * (https://opentelemetry.io/docs/specs/semconv/messaging/kafka/), with one deviation: a message that is handled by itself is
 * the child of its sender's span, and not only linked to it, so that a command and all it leads to are one trace. What is done
 * for many at once has a trace of its own, with links to theirs.
 */
@ApplicationScoped
public class Tracing {
    private final Tracer tracer;
    private final boolean isOn;

    @Inject
    Tracing(OpenTelemetry telemetry, @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean disabled) {
        this(telemetry, !disabled, "dev.sluice");
    }

    private Tracing(OpenTelemetry telemetry, boolean isOn, String name) {
        this.tracer = telemetry.getTracer(name);
        this.isOn = isOn;
    }

    public static Tracing by(OpenTelemetry telemetry) {
        return new Tracing(telemetry, true, "dev.sluice");
    }

    /** Nobody traces. */
    public static Tracing off() {
        return new Tracing(OpenTelemetry.noop(), false, "dev.sluice");
    }

    /** A message is handled, or what happened here: then it begins a trace, which is linked to where it all began. */
    public Hop process(Arrival arrival) {
        var lineage = arrival.lineage();
        if (!isOn) {
            return Hop.unseen(lineage);
        }
        if (arrival.topic() == null) {
            return begin(tracer.spanBuilder("process").setSpanKind(SpanKind.INTERNAL), lineage);
        }
        var name = "process " + arrival.topic();
        return begin(
                messaging(name, SpanKind.CONSUMER, "process", arrival.topic())
                        .setAttribute("messaging.destination.partition.id", Integer.toString(arrival.partition()))
                        .setAttribute("messaging.kafka.offset", arrival.offset()),
                lineage);
    }

    /** Something that is done for one message. */
    public Hop within(String name, Lineage lineage) {
        return isOn ? begin(tracer.spanBuilder(name).setSpanKind(SpanKind.INTERNAL), lineage) : Hop.unseen(lineage);
    }

    /** Somebody else is asked for one message. */
    public Hop call(String name, Lineage lineage) {
        return isOn ? begin(tracer.spanBuilder(name).setSpanKind(SpanKind.CLIENT), lineage) : Hop.unseen(lineage);
    }

    /** Something that is done for several at once: of one alone it is a part. */
    public Hop together(String name, Collection<Hop> hops) {
        if (!isOn || hops.isEmpty()) {
            return Hop.unseen(Lineage.NONE);
        }
        if (hops.size() == 1) {
            return within(name, hops.iterator().next().lineage());
        }
        var builder = tracer.spanBuilder(name).setNoParent().setAttribute("messaging.batch.message_count", hops.size());
        hops.forEach(hop -> builder.addLink(hop.span().getSpanContext()));
        return new Hop(builder.startSpan(), Lineage.NONE);
    }

    /** What the caller does now is a part of what the current request does, if there is one. */
    public Lineage here() {
        var current = isOn ? Span.current().getSpanContext() : SpanContext.getInvalid();
        return current.isValid() ? Lineage.NONE.through(Traceparent.of(current)) : Lineage.NONE;
    }

    /**
     * Messages go out; those that carry a trace carry it on from here, as copies: a record that was sent once takes no other
     * header. Dead letters stay as they came.
     */
    public Sending send(List<ProducerRecord<byte[], byte[]>> records) {
        return isOn
                ? new Sending(records.stream().map(this::send).toList())
                : new Sending(records.stream().map(Sent::untraced).toList());
    }

    private Sent send(ProducerRecord<byte[], byte[]> record) {
        var header = record.headers().lastHeader(Traceparent.HEADER);
        if (header == null || header.value() == null || record.topic().endsWith(Topic.DEAD_LETTERS)) {
            return Sent.untraced(record);
        }
        var span = messaging("send " + record.topic(), SpanKind.PRODUCER, "send", record.topic())
                .setParent(Traceparent.context(Traceparent.text(header)))
                .startSpan();
        var headers = new RecordHeaders(record.headers());
        headers.remove(Traceparent.HEADER).add(Traceparent.HEADER, Traceparent.bytes(span.getSpanContext()));
        var copy = new ProducerRecord<>(
                record.topic(), record.partition(), record.timestamp(), record.key(), record.value(), headers);
        return new Sent(copy, new Hop(span, Lineage.NONE));
    }

    private SpanBuilder messaging(String name, SpanKind kind, String operation, String topic) {
        return tracer.spanBuilder(name)
                .setSpanKind(kind)
                .setAttribute("messaging.system", "kafka")
                .setAttribute("messaging.operation.name", operation)
                .setAttribute("messaging.operation.type", operation)
                .setAttribute("messaging.destination.name", topic);
    }

    private static Hop begin(SpanBuilder builder, Lineage lineage) {
        if (lineage.traceparent() != null) {
            builder.setParent(Traceparent.context(lineage.traceparent()));
        } else {
            builder.setNoParent();
            if (lineage.origin() != null) {
                builder.addLink(
                        Span.fromContext(Traceparent.context(lineage.origin())).getSpanContext());
            }
        }
        var span = builder.startSpan();
        return new Hop(span, lineage.through(Traceparent.of(span.getSpanContext())));
    }

    private record Sent(ProducerRecord<byte[], byte[]> record, Hop hop) {
        static Sent untraced(ProducerRecord<byte[], byte[]> record) {
            return new Sent(record, Hop.unseen(Lineage.NONE));
        }
    }

    /** Messages on their way to the broker. */
    public static final class Sending {
        private final List<Sent> sent;

        private Sending(List<Sent> sent) {
            this.sent = sent;
        }

        /** What is to be sent, in order. */
        public List<ProducerRecord<byte[], byte[]>> records() {
            return sent.stream().map(Sent::record).toList();
        }

        public void taken() {
            sent.forEach(one -> one.hop().close());
        }

        /** @param failure null: the broker has them */
        public void over(Throwable failure) {
            if (failure == null) {
                taken();
            } else {
                failed(failure.toString());
            }
        }

        public void failed(String reason) {
            sent.forEach(one -> one.hop().failed(reason).close());
        }
    }
}
