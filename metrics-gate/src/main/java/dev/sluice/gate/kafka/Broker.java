package dev.sluice.gate.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;

/** Questions to the brokers about offsets. */
class Broker implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Broker.class);
    private static final String APPEND_TIME = "LogAppendTime";

    private final Admin admin;
    private final String group;
    private final Set<String> foreign;
    private final String foreignGroup;
    private final Map<String, Set<TopicPartition>> foreignPartitions = new ConcurrentHashMap<>();

    Broker(Admin admin, String group) {
        this(admin, group, Set.of(), group);
    }

    /**
     * @param foreign topics of others, whose records become metric events
     * @param foreignGroup that hands them over, and whose commits say how far
     */
    Broker(Admin admin, String group, Set<String> foreign, String foreignGroup) {
        this.admin = admin;
        this.group = group;
        this.foreign = Set.copyOf(foreign);
        this.foreignGroup = foreignGroup;
    }

    /** The partitions of others' topics, as far as is known; asks for them anew, for the next time. */
    List<TopicPartition> foreignPartitions() {
        if (!foreign.isEmpty()) {
            admin.describeTopics(foreign).topicNameValues().forEach((topic, answer) -> {
                var unused = answer.whenComplete((found, failure) -> learn(topic, found, failure));
            });
        }
        return foreignPartitions.values().stream().flatMap(Set::stream).toList();
    }

    private void learn(String topic, TopicDescription found, Throwable failure) {
        if (found != null) {
            foreignPartitions.put(
                    topic,
                    found.partitions().stream()
                            .map(partition -> new TopicPartition(topic, partition.partition()))
                            .collect(Collectors.toSet()));
        } else if (failure instanceof UnknownTopicOrPartitionException) {
            foreignPartitions.remove(topic);
        }
    }

    /** Asks for them the first time. One that isn't there has no events to be waited for, until it is. */
    void findForeignPartitions() {
        if (foreign.isEmpty()) {
            return;
        }
        admin.describeTopics(foreign).topicNameValues().forEach((topic, answer) -> {
            try {
                learn(topic, answer.get(), null);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw new IllegalStateException("the Kafka brokers did not say what there is of " + topic, e);
                }
                LOG.warnf("a topic with a format does not exist yet topic=%s", topic);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while asking the Kafka brokers", e);
            }
        });
    }

    KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> offsets(
            Collection<TopicPartition> partitions, OffsetSpec spec) {
        return admin.listOffsets(partitions.stream().collect(Collectors.toMap(Function.identity(), p -> spec)))
                .all();
    }

    /** What the group has committed, of others' topics that which hands them over; a partition without a commit is absent. */
    KafkaFuture<Map<TopicPartition, Long>> committed(Collection<TopicPartition> partitions) {
        var byGroup = partitions.stream()
                .collect(Collectors.groupingBy(
                        partition -> foreign.contains(partition.topic()) ? foreignGroup : group, Collectors.toList()));
        return admin.listConsumerGroupOffsets(byGroup.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                entry -> new ListConsumerGroupOffsetsSpec().topicPartitions(entry.getValue()))))
                .all()
                .thenApply(Broker::present);
    }

    /**
     * How far partitions need not be waited for: to where they are committed, and others' topics at least to where their log
     * starts, for nobody hands over what is lost.
     */
    KafkaFuture<Map<TopicPartition, Long>> handled(Collection<TopicPartition> partitions) {
        var ofOthers = partitions.stream()
                .filter(partition -> foreign.contains(partition.topic()))
                .toList();
        var commits = committed(partitions);
        if (ofOthers.isEmpty()) {
            return commits;
        }
        var starts = offsets(ofOthers, OffsetSpec.earliest());
        return KafkaFuture.allOf(commits, starts).thenApply(none -> {
            var handled = new HashMap<>(await(commits));
            await(starts).forEach((partition, start) -> handled.merge(partition, start.offset(), Math::max));
            return handled;
        });
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

    private static Map<TopicPartition, Long> present(Map<String, Map<TopicPartition, OffsetAndMetadata>> offsets) {
        return offsets.values().stream()
                .flatMap(ofGroup -> ofGroup.entrySet().stream())
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
