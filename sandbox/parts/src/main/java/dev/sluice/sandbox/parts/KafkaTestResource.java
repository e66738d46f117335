package dev.sluice.sandbox.parts;

import dev.sluice.schemas.Topic;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.testcontainers.kafka.KafkaContainer;

/** Kafka with all topics for a {@code @QuarkusTest}: sets {@code kafka.bootstrap.servers}. Argument {@code prefix}: of the topics. */
public final class KafkaTestResource implements QuarkusTestResourceLifecycleManager {
    private String prefix = Topic.DEFAULT_PREFIX;
    private AutoCloseable running = () -> {};

    @Override
    public void init(Map<String, String> arguments) {
        prefix = arguments.getOrDefault("prefix", prefix);
    }

    @Override
    public Map<String, String> start() {
        var bootstrapServers = Containers.image(PartsChoice.current(), "apache/kafka", "4.1.1", "")
                .map(this::container)
                .orElseGet(this::embedded);
        SluiceTopics.create(bootstrapServers, prefix);
        return Map.of("kafka.bootstrap.servers", bootstrapServers);
    }

    private String container(String image) {
        var container = new KafkaContainer(image)
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "1");
        container.start();
        running = container;
        Containers.say("Kafka", "container " + image);
        return container.getBootstrapServers();
    }

    private String embedded() {
        var part = KafkaPart.start();
        running = part;
        Containers.say("Kafka", "embedded broker at " + part.bootstrapServers());
        return part.bootstrapServers();
    }

    @Override
    public void stop() {
        Containers.end(running);
    }
}
