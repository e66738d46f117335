package dev.sluice.telemetry;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Header;

/** W3C trace context (https://www.w3.org/TR/trace-context/) as the text that a header holds. */
final class Traceparent {
    static final String HEADER = "traceparent";

    private static final TextMapGetter<String> GETTER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String carrier) {
            return List.of(HEADER);
        }

        @Override
        public String get(String carrier, String key) {
            return HEADER.equals(key) ? carrier : null;
        }
    };

    private Traceparent() {}

    /** Without a span where the text is none. */
    static Context context(String text) {
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), text, GETTER);
    }

    static String of(SpanContext span) {
        return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                + span.getTraceFlags().asHex();
    }

    static byte[] bytes(SpanContext span) {
        return of(span).getBytes(StandardCharsets.US_ASCII);
    }

    static String text(Header header) {
        return new String(header.value(), StandardCharsets.US_ASCII);
    }
}
