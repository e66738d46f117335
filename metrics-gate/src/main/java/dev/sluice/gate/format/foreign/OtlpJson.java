package dev.sluice.gate.format.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.gate.format.foreign.OtlpMetric.Kind;
import dev.sluice.gate.format.foreign.OtlpMetric.Temporality;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;

/**
 * {@code otlp_json}: the same in JSON, as the Collector writes it with {@code encoding: otlp_json} and as OTLP/HTTP takes it.
 * Integers of 64 bits are texts, names are in lowerCamelCase, and enumerations are numbers (or, by others, names).
 */
@Singleton
public class OtlpJson implements MetricFormat {
    @Override
    public String name() {
        return "otlp_json";
    }

    @Override
    public ForeignReading read(byte[] value, Headers headers) {
        if (value == null) {
            return new ForeignReading.Unreadable("no value");
        }
        try {
            var tree = JsonTree.of(value);
            return tree.isObject()
                            && (tree.isEmpty() || tree.path("resourceMetrics").isArray())
                    ? new ForeignReading.Samples(OtlpSamples.of(new Reader().read(tree)))
                    : new ForeignReading.Unreadable("no resourceMetrics of OTLP in it");
        } catch (IOException e) {
            return new ForeignReading.Unreadable("no OTLP JSON: " + e.getMessage());
        }
    }

    private static final class Reader {
        private final Bounded bounded = new Bounded();
        private final List<OtlpMetric> metrics = new ArrayList<>();

        List<OtlpMetric> read(JsonNode tree) throws IOException {
            for (var resourceMetrics : tree.path("resourceMetrics")) {
                var resource = Bounded.labels();
                attributes(resourceMetrics.path("resource"), resource);
                for (var scopeMetrics : resourceMetrics.path("scopeMetrics")) {
                    var scope = scope(scopeMetrics.path("scope"));
                    for (var metric : scopeMetrics.path("metrics")) {
                        metric(metric, resource, scope);
                    }
                }
            }
            return metrics;
        }

        private Map<String, String> scope(JsonNode node) throws IOException {
            var scope = Bounded.labels();
            bounded.put(scope, OtlpMetric.SCOPE_NAME, node.path("name").asText());
            bounded.put(scope, OtlpMetric.SCOPE_VERSION, node.path("version").asText());
            return scope;
        }

        private void metric(JsonNode node, Map<String, String> resource, Map<String, String> scope) throws IOException {
            var metric = new OtlpMetric(resource, scope);
            bounded.sample();
            metrics.add(metric);
            metric.name = node.path("name").asText();
            points(node, "gauge", metric, Kind.GAUGE);
            points(node, "sum", metric, Kind.SUM);
            points(node, "histogram", metric, Kind.HISTOGRAM);
            points(node, "exponentialHistogram", metric, Kind.EXPONENTIAL);
            points(node, "summary", metric, Kind.SUMMARY);
        }

        private void points(JsonNode node, String field, OtlpMetric metric, Kind kind) throws IOException {
            var kindNode = node.path(field);
            if (!kindNode.isObject()) {
                return;
            }
            metric.kind = kind;
            metric.temporality = temporality(kindNode.path("aggregationTemporality"));
            metric.monotonic = kindNode.path("isMonotonic").asBoolean();
            for (var point : kindNode.path("dataPoints")) {
                bounded.sample();
                metric.points.add(point(point));
            }
        }

        private static Temporality temporality(JsonNode node) {
            return switch (node.asText()) {
                case "1", "AGGREGATION_TEMPORALITY_DELTA" -> Temporality.DELTA;
                case "2", "AGGREGATION_TEMPORALITY_CUMULATIVE" -> Temporality.CUMULATIVE;
                default -> Temporality.UNSPECIFIED;
            };
        }

        private OtlpPoint point(JsonNode node) throws IOException {
            var point = new OtlpPoint();
            attributes(node, point.labels);
            point.time = integer(node.path("timeUnixNano"));
            point.start = integer(node.path("startTimeUnixNano"));
            point.flags = integer(node.path("flags"));
            point.number = JsonTree.number(node.has("asInt") ? node.get("asInt") : node.get("asDouble"));
            point.count = JsonTree.number(node.get("count"));
            point.sum = JsonTree.number(node.get("sum"));
            row(node.path("bucketCounts"), point.counts);
            row(node.path("explicitBounds"), point.bounds);
            point.scale = Math.clamp(integer(node.path("scale")), Integer.MIN_VALUE, Integer.MAX_VALUE);
            point.zeros = node.has("zeroCount") ? JsonTree.number(node.get("zeroCount")) : 0;
            point.zeroThreshold = node.has("zeroThreshold") ? JsonTree.number(node.get("zeroThreshold")) : 0;
            side(node.path("positive"), point.positive);
            side(node.path("negative"), point.negative);
            for (var quantile : node.path("quantileValues")) {
                bounded.sample();
                point.quantile(zeroIfAbsent(quantile.get("quantile")), zeroIfAbsent(quantile.get("value")));
            }
            return point;
        }

        private static double zeroIfAbsent(JsonNode node) {
            return node == null ? 0 : JsonTree.number(node);
        }

        private static void side(JsonNode node, OtlpPoint.Side side) throws IOException {
            side.offset = Math.clamp(integer(node.path("offset")), Integer.MIN_VALUE, Integer.MAX_VALUE);
            row(node.path("bucketCounts"), side.counts);
        }

        private static void row(JsonNode array, OtlpPoint.Row row) throws IOException {
            for (var number : array) {
                row.add(JsonTree.number(number));
            }
        }

        private void attributes(JsonNode node, Map<String, String> into) throws IOException {
            for (var attribute : node.path("attributes")) {
                bounded.put(into, attribute.path("key").asText(), scalar(attribute.path("value")));
            }
        }

        private static String scalar(JsonNode value) {
            for (var kind : List.of("stringValue", "intValue", "boolValue", "doubleValue")) {
                if (value.has(kind)) {
                    return value.get(kind).asText();
                }
            }
            return "";
        }

        /** 0 where it is none, or too large for one. */
        private static long integer(JsonNode node) {
            if (node.isIntegralNumber()) {
                return node.canConvertToLong() ? node.longValue() : 0;
            }
            try {
                return node.isTextual() ? Long.parseLong(node.textValue()) : 0;
            } catch (NumberFormatException notAnInteger) {
                return 0;
            }
        }
    }
}
