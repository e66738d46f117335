package dev.sluice.notifier.ledger;

import dev.sluice.notifier.config.NotifierConfig;
import dev.sluice.schemas.Topic;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;

/**
 * The ledger's topic, which nobody but the notifier needs, so that it makes it itself. It has as many partitions as the status topic:
 * what is remembered of a status is on the partition of the same number, and so is its owner's.
 */
@Singleton
class LedgerTopic {
    /** A record has a target's last status and what twenty messages say. */
    static final int MAX_BYTES = 4 << 20;

    private static final Logger LOG = Logger.getLogger(LedgerTopic.class);
    private static final short BROKERS_DEFAULT = -1;

    private final Clients clients;
    private final String statuses;
    private final String name;

    LedgerTopic(Clients clients, NotifierConfig config) {
        this.clients = clients;
        this.statuses = Topic.STATUS.name(config.topics().prefix());
        this.name = config.ledger();
    }

    String name() {
        return name;
    }

    /** @throws KafkaException where it isn't there and can't be made, with what to do */
    void prepare() {
        try (var admin = clients.admin()) {
            var wanted = described(admin, statuses)
                    .orElseThrow(() -> new KafkaException("topic " + statuses + " does not exist"))
                    .partitions()
                    .size();
            var there = described(admin, name)
                    .map(topic -> topic.partitions().size())
                    .orElse(0);
            if (there == 0) {
                create(admin, wanted);
            } else if (there < wanted) {
                await(admin.createPartitions(Map.of(name, NewPartitions.increaseTo(wanted)))
                        .all());
                LOG.infof("Topic %s has %d partitions now, as %s has", name, wanted, statuses);
            }
        }
    }

    /** What it is made with. */
    static Map<String, String> settings() {
        var settings = new TreeMap<>(Topic.STATUS.settings());
        settings.put("max.message.bytes", Integer.toString(MAX_BYTES));
        return settings;
    }

    private void create(Admin admin, int partitions) {
        var settings = settings();
        try {
            await(admin.createTopics(List.of(new NewTopic(name, partitions, BROKERS_DEFAULT).configs(settings)))
                    .all());
            LOG.infof("Created topic %s", name);
        } catch (TopicExistsException anotherInstanceWasFaster) {
            LOG.debugf("Topic %s was created meanwhile", name);
        } catch (KafkaException e) {
            throw new KafkaException(
                    "topic %s has to be created, with %d partitions and the settings %s"
                            .formatted(name, partitions, settings),
                    e);
        }
    }

    private static Optional<TopicDescription> described(Admin admin, String topic) {
        try {
            return Optional.of(
                    await(admin.describeTopics(List.of(topic)).topicNameValues().get(topic)));
        } catch (UnknownTopicOrPartitionException e) {
            return Optional.empty();
        }
    }

    private static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking the broker", e);
        }
    }
}
