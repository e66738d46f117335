package dev.sluice.gate.format.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;

/**
 * {@code telegraf_json}: what Telegraf writes with {@code data_format = "json"}, one metric or a batch of them. A field is a metric
 * {@code <name>_<field>}; what the Prometheus input (metric_version 1) calls counter, gauge or value has the name alone, and its
 * histograms and summaries become what Prometheus makes of them. The timestamp's unit is told by its size.
 */
@Singleton
public class TelegrafJson implements MetricFormat {
    private static final String INFINITE = "+Inf";

    @Override
    public String name() {
        return "telegraf_json";
    }

    @Override
    public ForeignReading read(byte[] value, Headers headers) {
        if (value == null) {
            return new ForeignReading.Unreadable("no value");
        }
        try {
            var tree = JsonTree.of(value);
            var metrics = tree.path("metrics").isArray() ? tree.path("metrics") : List.of(tree);
            var reader = new Reader();
            for (var metric : metrics) {
                if (!reader.read(metric)) {
                    return new ForeignReading.Unreadable("a metric has a name, fields and a timestamp");
                }
            }
            return new ForeignReading.Samples(reader.samples);
        } catch (IOException e) {
            return new ForeignReading.Unreadable("no JSON of Telegraf: " + e.getMessage());
        }
    }

    private static final class Reader {
        private final Bounded bounded = new Bounded();
        private final List<ForeignSample> samples = new ArrayList<>();

        private boolean read(JsonNode metric) throws IOException {
            var name = metric.path("name").asText();
            var fields = metric.path("fields");
            if (name.isEmpty()
                    || !fields.isObject()
                    || !metric.path("timestamp").isIntegralNumber()) {
                return false;
            }
            var labels = Bounded.labels();
            for (var tag : metric.path("tags").properties()) {
                bounded.put(labels, tag.getKey(), tag.getValue().asText());
            }
            var time = time(metric.path("timestamp").longValue());
            for (var field : fields.properties()) {
                if (field.getValue().isNumber() && !field.getKey().isEmpty()) {
                    bounded.sample();
                    samples.add(sample(
                            name,
                            labels,
                            field.getKey(),
                            JsonTree.number(field.getValue()),
                            fields.has(INFINITE),
                            time));
                }
            }
            return true;
        }
    }

    private static ForeignSample sample(
            String name, Map<String, String> labels, String field, double number, boolean isHistogram, Instant time) {
        return switch (field) {
            case "counter" -> new ForeignSample(name, labels, Amount.count(number, true), time, null);
            case "gauge", "value" -> new ForeignSample(name, labels, Amount.untyped(number), time, null);
            default ->
                isBound(field)
                        ? part(name, labels, field, number, isHistogram, time)
                        : new ForeignSample(name + "_" + field, labels, Amount.untyped(number), time, null);
        };
    }

    /** One bucket of a histogram, or one quantile of a summary. */
    private static ForeignSample part(
            String name, Map<String, String> labels, String field, double number, boolean isHistogram, Instant time) {
        var named = new HashMap<>(labels);
        named.put(isHistogram ? "le" : "quantile", field);
        return isHistogram
                ? new ForeignSample(name + "_bucket", named, Amount.count(number, true), time, null)
                : new ForeignSample(name, named, Amount.value(number), time, null);
    }

    private static boolean isBound(String field) {
        var first = field.charAt(0);
        return field.equals(INFINITE)
                || ((Character.isDigit(first) || first == '-') && !Double.isNaN(JsonTree.number(field)));
    }

    /** Seconds, milliseconds, microseconds or nanoseconds: no two of them are near each other in this century. */
    private static Instant time(long timestamp) {
        if (timestamp < 100_000_000_000L) {
            return Instant.ofEpochSecond(Math.max(0, timestamp));
        }
        if (timestamp < 100_000_000_000_000L) {
            return Instant.ofEpochMilli(timestamp);
        }
        return timestamp < 100_000_000_000_000_000L
                ? Instant.ofEpochSecond(timestamp / 1_000_000, timestamp % 1_000_000 * 1000)
                : Instant.ofEpochSecond(timestamp / 1_000_000_000, timestamp % 1_000_000_000);
    }
}
