package dev.sluice.dashboard.kafka;

import dev.sluice.dashboard.config.DashboardConfig;
import dev.sluice.schemas.Topic;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.ClientCustomizer;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.Config;

/**
 * Where each channel begins: statuses at the beginning of their topic, audit and verdicts as far back as is remembered. What was
 * read already goes on where it was.
 */
@ApplicationScoped
@Identifier("dashboard")
class Beginnings implements ClientCustomizer<Map<String, Object>>, KafkaConsumerRebalanceListener {
    private final Reaches reaches;
    private final String prefix;

    Beginnings(Reaches reaches, DashboardConfig config) {
        this.reaches = reaches;
        this.prefix = config.topics().prefix();
    }

    @Override
    public Map<String, Object> customize(String channel, Config ignored, Map<String, Object> client) {
        Reaches.TOPICS.stream().filter(topic -> topic.word().equals(channel)).forEach(topic -> {
            client.put(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, List.of(PollWatch.class));
            client.put(PollWatch.REACH, reaches.of(topic));
        });
        return client;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        for (var topic : Reaches.TOPICS) {
            var own = partitions.stream()
                    .filter(partition -> partition.topic().equals(topic.name(prefix)))
                    .toList();
            if (!own.isEmpty()) {
                reaches.of(topic).begins();
                place(consumer, topic, own);
            }
        }
    }

    private void place(Consumer<?, ?> consumer, Topic topic, Collection<TopicPartition> partitions) {
        var fresh = new ArrayList<TopicPartition>();
        for (var partition : partitions) {
            var known = reaches.of(topic).goesOn(partition);
            if (known == null) {
                fresh.add(partition);
            } else {
                consumer.seek(partition, known);
            }
        }
        if (topic == Topic.STATUS) {
            consumer.seekToBeginning(fresh);
        } else {
            placeByTime(consumer, fresh);
        }
    }

    private void placeByTime(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        var times = new HashMap<TopicPartition, Long>();
        partitions.forEach(partition -> times.put(partition, reaches.readFrom().toEpochMilli()));
        consumer.offsetsForTimes(times).forEach((partition, found) -> {
            if (found == null) {
                consumer.seekToEnd(List.of(partition));
            } else {
                consumer.seek(partition, found.offset());
            }
        });
    }
}
