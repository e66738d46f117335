package dev.sluice.sandbox.e2e;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** What a collector of traces gets: OTLP over HTTP, as protobuf. Keeps the latest. */
final class SpanReceiver {
    private static final int MOST_KEPT = 100_000;

    private final HttpServer server;
    private final Deque<Seen> spans = new ArrayDeque<>();

    /** @param parent empty where it is a trace's first */
    record Seen(String service, String name, String trace, String id, String parent) {}

    SpanReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/traces", exchange -> {
            var isZipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            try (var body = isZipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
                ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().forEach(this::take);
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(0)));
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private synchronized void take(ResourceSpans resource) {
        var service = resource.getResource().getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals("service.name"))
                .map(KeyValue::getValue)
                .findFirst()
                .orElseThrow()
                .getStringValue();
        resource.getScopeSpansList().forEach(scope -> scope.getSpansList().forEach(span -> keep(seen(service, span))));
    }

    private void keep(Seen span) {
        spans.add(span);
        if (spans.size() > MOST_KEPT) {
            spans.remove();
        }
    }

    private static Seen seen(String service, Span span) {
        var hex = HexFormat.of();
        return new Seen(
                service,
                span.getName(),
                hex.formatHex(span.getTraceId().toByteArray()),
                hex.formatHex(span.getSpanId().toByteArray()),
                hex.formatHex(span.getParentSpanId().toByteArray()));
    }

    synchronized List<Seen> of(String trace) {
        var found = new ArrayList<Seen>();
        spans.stream().filter(span -> span.trace().equals(trace)).forEach(found::add);
        return found;
    }
}
