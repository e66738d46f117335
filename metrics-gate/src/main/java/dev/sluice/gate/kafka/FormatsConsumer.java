package dev.sluice.gate.kafka;

import dev.sluice.gate.config.GateConfig;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.ClientCustomizer;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.Config;

/** What the channel's consumer has in common with those of the metric topics. */
@ApplicationScoped
@Identifier(FormatsChannel.NAME)
class FormatsConsumer implements ClientCustomizer<Map<String, Object>>, KafkaConsumerRebalanceListener {
    private final GateConfig config;

    FormatsConsumer(GateConfig config) {
        this.config = config;
    }

    /** A pass waits for it: another instance takes over as soon as it does for the metric topics. */
    @Override
    public Map<String, Object> customize(String channel, Config ignored, Map<String, Object> client) {
        if (channel.equals(FormatsChannel.NAME)) {
            var timeout = config.gate().sessionTimeout();
            client.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, Math.toIntExact(timeout.toMillis()));
            client.put(
                    ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                    Math.toIntExact(timeout.dividedBy(4).toMillis()));
        }
        return client;
    }

    /** Nothing is to be handed over of a partition that has only lost records: that is committed, or a pass would wait for them. */
    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        var beginnings = new HashMap<TopicPartition, OffsetAndMetadata>();
        consumer.committed(Set.copyOf(partitions)).forEach((partition, committed) -> {
            var position = consumer.position(partition);
            if (committed == null || position > committed.offset()) {
                beginnings.put(partition, new OffsetAndMetadata(position));
            }
        });
        if (!beginnings.isEmpty()) {
            consumer.commitSync(beginnings);
        }
    }
}
