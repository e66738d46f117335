package dev.sluice.gate.format.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.gate.format.Times;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;

/**
 * {@code prometheus_json}: one sample of Prometheus's remote write as {@code prometheus-kafka-adapter} writes it, {@code
 * {"timestamp":"2026-11-20T12:00:00Z","value":"17","name":"http_requests_total","labels":{"__name__":…}}}. Times are whole
 * seconds, values texts. It doesn't say what is a counter: a mapping does, by the name.
 */
@Singleton
public class PrometheusJson implements MetricFormat {
    static final String NAME_LABEL = "__name__";

    @Override
    public String name() {
        return "prometheus_json";
    }

    /** Of servers in a pair each writes all samples. */
    @Override
    public boolean comesInPairs() {
        return true;
    }

    @Override
    public ForeignReading read(byte[] value, Headers headers) {
        if (value == null) {
            return new ForeignReading.Unreadable("no value");
        }
        try {
            return sample(JsonTree.of(value));
        } catch (IOException e) {
            return new ForeignReading.Unreadable("no JSON of prometheus-kafka-adapter: " + e.getMessage());
        }
    }

    private static ForeignReading sample(JsonNode tree) throws IOException {
        var labels = labels(tree.path("labels"));
        var name = tree.path("name").asText();
        var metric = name.isEmpty() ? labels.getOrDefault(NAME_LABEL, "") : name;
        var value = tree.get("value");
        var time = Times.instant(tree.path("timestamp").asText());
        if (metric.isEmpty() || value == null || time == null) {
            return new ForeignReading.Unreadable("a sample has a name, a value and a timestamp (RFC 3339)");
        }
        labels.remove(NAME_LABEL);
        var amount = Amount.untyped(JsonTree.number(value));
        return new ForeignReading.Samples(List.of(new ForeignSample(metric, labels, amount, time, null)));
    }

    private static Map<String, String> labels(JsonNode node) throws IOException {
        var labels = Bounded.labels();
        var bounded = new Bounded();
        for (var label : node.properties()) {
            bounded.put(labels, label.getKey(), label.getValue().asText());
        }
        return labels;
    }
}
