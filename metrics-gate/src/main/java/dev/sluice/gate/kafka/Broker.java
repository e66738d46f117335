package dev.sluice.gate.kafka;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** Questions to the brokers about offsets. */
class Broker implements AutoCloseable {
    private static final String APPEND_TIME = "LogAppendTime";

    private final Admin admin;
    private final String group;

    Broker(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> offsets(
            Collection<TopicPartition> partitions, OffsetSpec spec) {
        return admin.listOffsets(partitions.stream().collect(Collectors.toMap(Function.identity(), p -> spec)))
                .all();
    }

    /** What the group has committed; a partition without a commit is absent. */
    KafkaFuture<Map<TopicPartition, Long>> committed(Collection<TopicPartition> partitions) {
        var spec = new ListConsumerGroupOffsetsSpec().topicPartitions(partitions);
        return admin.listConsumerGroupOffsets(Map.of(group, spec))
                .partitionsToOffsetAndMetadata(group)
                .thenApply(Broker::present);
    }

    /**
     * Windows close by the brokers' time: a topic that takes its senders' would let any of them close or keep open
     * everybody's.
     *
     * @throws IllegalStateException saying what to do, where the topic doesn't use append time
     */
    void requireAppendTime(String topic) {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var type = await(admin.describeConfigs(List.of(resource)).all())
                .get(resource)
                .get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
        if (type != null && !APPEND_TIME.equals(type.value())) {
            throw new IllegalStateException(("topic %1$s has %2$s=%3$s and needs %4$s: kafka-configs.sh --alter"
                            + " --entity-type topics --entity-name %1$s --add-config %2$s=%4$s")
                    .formatted(topic, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, type.value(), APPEND_TIME));
        }
    }

    private static Map<TopicPartition, Long> present(Map<TopicPartition, OffsetAndMetadata> offsets) {
        return offsets.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    /** @throws IllegalStateException where the brokers don't answer */
    static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the Kafka brokers did not answer", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the Kafka brokers", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
