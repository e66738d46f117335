package dev.sluice.telemetry;

import dev.sluice.schemas.wire.Lineage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;

/** One piece of work of a trace, under way until it is closed. Where nobody traces, it only hands on what it came from. */
public final class Hop implements AutoCloseable {
    private final Span span;
    private final Lineage lineage;

    Hop(Span span, Lineage lineage) {
        this.span = span;
        this.lineage = lineage;
    }

    /** Nothing is recorded of it. */
    public static Hop unseen(Lineage lineage) {
        return new Hop(Span.getInvalid(), lineage);
    }

    /** Of what follows from it. */
    public Lineage lineage() {
        return lineage;
    }

    Span span() {
        return span;
    }

    /** @param key as logs have it: {@code application}, {@code target}, {@code rollout}, {@code step}, {@code route}, {@code sequence} */
    public Hop about(String key, Object value) {
        if (value != null) {
            span.setAttribute("sluice." + key, value.toString());
        }
        return this;
    }

    /** @param reason in words, without anything secret */
    public Hop failed(String reason) {
        span.setStatus(StatusCode.ERROR, reason);
        return this;
    }

    @Override
    public void close() {
        span.end();
    }
}
