package dev.sluice.gate.format.foreign;

import dev.sluice.gate.config.GateConfig;
import dev.sluice.schemas.Topic;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The topics of others that are configured; what is wrong with their configuration ends the start. */
@Singleton
public class ForeignTopics {
    private final Map<String, ForeignTopic> topics = new TreeMap<>();

    /** @throws IllegalArgumentException naming the topic, what is wrong and what there is */
    public ForeignTopics(GateConfig config, @All List<MetricFormat> formats) {
        var known = new TreeMap<>(formats.stream().collect(Collectors.toMap(MetricFormat::name, format -> format)));
        config.gate().formats().forEach((topic, configured) -> {
            try {
                refuseOwn(topic, config.topics().prefix());
                topics.put(topic, topic(topic, configured, known));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("sluice.gate.formats.\"" + topic + "\": " + e.getMessage(), e);
            }
        });
    }

    /** What it wrote would come back to it. */
    private static void refuseOwn(String topic, String prefix) {
        if (Arrays.stream(Topic.values()).anyMatch(own -> own.name(prefix).equals(topic))) {
            throw new IllegalArgumentException("it is one of Sluice's own topics, which are read without a format");
        }
    }

    private static ForeignTopic topic(String topic, GateConfig.Format configured, Map<String, MetricFormat> known) {
        var format = known.get(configured.format());
        if (format == null) {
            throw new IllegalArgumentException(
                    "there is no format `" + configured.format() + "`; known are " + known.keySet());
        }
        var mapping = configured
                .mapping()
                .map(rules -> Mapping.of(rules, format.comesInPairs()))
                .orElse(null);
        if (mapping == null && !(format instanceof SluiceJson)) {
            throw new IllegalArgumentException("the format `" + format.name() + "` needs a `mapping`");
        }
        return new ForeignTopic(topic, format, mapping);
    }

    public boolean isEmpty() {
        return topics.isEmpty();
    }

    public List<String> names() {
        return List.copyOf(topics.keySet());
    }

    /** One of {@link #names}. */
    public ForeignTopic get(String name) {
        return topics.get(name);
    }
}
