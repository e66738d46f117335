package dev.sluice.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.utils.Time;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsumerLagTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();

    @BeforeEach
    void bind() {
        Metrics.addRegistry(registry);
    }

    @AfterEach
    void unbind() {
        Metrics.removeRegistry(registry);
    }

    private static org.apache.kafka.common.metrics.Metrics client(String group) {
        var reporter = new ConsumerLag();
        reporter.configure(group == null ? Map.of() : Map.of("group.id", group));
        return new org.apache.kafka.common.metrics.Metrics(new MetricConfig(), List.of(reporter), Time.SYSTEM);
    }

    private static MetricName lag(String topic, int partition) {
        var tags = Map.of("client-id", "c", "topic", topic, "partition", Integer.toString(partition));
        return new MetricName("records-lag", "consumer-fetch-manager-metrics", "", tags);
    }

    private static void lag(
            org.apache.kafka.common.metrics.Metrics client, String topic, int partition, double records) {
        client.addMetric(lag(topic, partition), (config, now) -> records);
    }

    private Map<String, Double> told() {
        return registry.find(ConsumerLag.NAME).gauges().stream()
                .collect(Collectors.toMap(gauge -> gauge.getId().getTag("topic"), gauge -> gauge.value()));
    }

    @Test
    void theLagOfATopicIsThatOfAllItsPartitionsAndClients() {
        try (var one = client("engine");
                var other = client("engine-2")) {
            // when
            lag(one, "commands", 0, 3);
            lag(one, "commands", 1, 4);
            lag(other, "commands", 2, 5);
            lag(other, "verdicts", 0, Double.NaN);

            // then
            assertThat(told()).containsOnly(Map.entry("commands", 12.0), Map.entry("verdicts", 0.0));
        }
    }

    @Test
    void whatTheClientCountsUnderASecondNameCountsOnce() {
        try (var client = client("dashboard")) {
            // when
            lag(client, "rollout_status", 0, 7);
            lag(client, "rollout.status", 0, 7);
            lag(client, "rollout_status", 1, 1);
            lag(client, "rollout.status", 1, 1);

            // then
            assertThat(told()).containsOnly(Map.entry("rollout.status", 8.0));
        }
    }

    @Test
    void aClientInNoGroupCountsForNothing() {
        try (var client = client(null)) {
            // when
            lag(client, "commands", 0, 3);

            // then
            assertThat(told()).isEmpty();
        }
    }

    @Test
    void aPartitionThatGoesAndAClientThatEndsTakeTheirSeriesAlong() {
        // given
        var client = client("engine");
        lag(client, "commands", 0, 3);
        lag(client, "verdicts", 0, 3);

        // when
        client.removeMetric(lag("commands", 0));

        // then
        assertThat(told()).containsOnlyKeys("verdicts");

        // when
        client.close();

        // then
        assertThat(told()).isEmpty();
    }
}
