package dev.sluice.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;

/**
 * {@code sluice_consumer_lag_records}: what Kafka's own client counts anyway, summed up by topic. Binding all that it counts would be
 * hundreds of series for each client. Kafka's clients make it, by its name in {@code metric.reporters}, one for each; those
 * that are in no group look at what another reads already, and count for nothing.
 */
public final class ConsumerLag implements MetricsReporter {
    static final String NAME = "sluice.consumer.lag";

    private static final String LAG = "records-lag";
    private static final String TOPIC = "topic";
    /** Of all clients of this process. */
    private static final Map<String, Set<KafkaMetric>> BY_TOPIC = new ConcurrentHashMap<>();

    private final Set<KafkaMetric> own = ConcurrentHashMap.newKeySet();
    /** The client counts a topic whose name has dots a second time, with underscores for them. */
    private final Set<String> secondNames = ConcurrentHashMap.newKeySet();

    private boolean isInGroup;

    @Override
    public void configure(Map<String, ?> configs) {
        isInGroup = configs.get(ConsumerConfig.GROUP_ID_CONFIG) != null;
    }

    @Override
    public void init(List<KafkaMetric> metrics) {
        metrics.forEach(this::metricChange);
    }

    @Override
    public void metricChange(KafkaMetric metric) {
        var topic = metric.metricName().tags().get(TOPIC);
        if (!isInGroup || topic == null || !metric.metricName().name().equals(LAG) || secondNames.contains(topic)) {
            return;
        }
        own.add(metric);
        BY_TOPIC.compute(topic, (name, lags) -> with(metric, lags));
        Gauge.builder(NAME, BY_TOPIC, all -> sum(all.getOrDefault(topic, Set.of())))
                .description("Records of a topic that this instance has yet to read, as of when it last fetched some")
                .baseUnit("records")
                .tag(TOPIC, topic)
                .register(Metrics.globalRegistry);
        if (topic.contains(".") && secondNames.add(topic.replace('.', '_'))) {
            own.stream()
                    .filter(other ->
                            secondNames.contains(other.metricName().tags().get(TOPIC)))
                    .forEach(this::metricRemoval);
        }
    }

    private static Set<KafkaMetric> with(KafkaMetric metric, Set<KafkaMetric> lags) {
        var all = lags == null ? ConcurrentHashMap.<KafkaMetric>newKeySet() : lags;
        all.add(metric);
        return all;
    }

    private static double sum(Set<KafkaMetric> lags) {
        return lags.stream()
                .mapToDouble(lag -> ((Number) lag.metricValue()).doubleValue())
                .filter(lag -> !Double.isNaN(lag))
                .sum();
    }

    @Override
    public void metricRemoval(KafkaMetric metric) {
        if (!own.remove(metric)) {
            return;
        }
        var topic = metric.metricName().tags().get(TOPIC);
        BY_TOPIC.computeIfPresent(topic, (name, lags) -> {
            lags.remove(metric);
            return lags.isEmpty() ? gone(name) : lags;
        });
    }

    private static Set<KafkaMetric> gone(String topic) {
        Metrics.globalRegistry.remove(new Meter.Id(NAME, Tags.of(TOPIC, topic), "records", null, Meter.Type.GAUGE));
        return null;
    }

    @Override
    public void close() {
        Set.copyOf(own).forEach(this::metricRemoval);
    }
}
