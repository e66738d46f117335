package dev.sluice.sandbox.parts;

import dev.sluice.schemas.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics that the services speak over, with their dead-letter topics. */
public final class SluiceTopics {
    /** Several, so that messages on "wrong" partitions happen in every test that does not choose one. */
    public static final int PARTITIONS = 4;

    private SluiceTopics() {}

    /** Creates what is missing of every topic with this prefix; returns when the broker serves them. */
    public static void create(String bootstrapServers, String prefix) {
        create(bootstrapServers, prefix, PARTITIONS);
    }

    /** The same with a number of partitions for every topic; dead-letter topics have one. */
    public static void create(String bootstrapServers, String prefix, int partitions) {
        var topics = new ArrayList<NewTopic>();
        for (var topic : Topic.values()) {
            topics.add(new NewTopic(topic.name(prefix), partitions, (short) 1).configs(topic.settings()));
            if (topic.hasDeadLetters()) {
                topics.add(new NewTopic(topic.deadLetters(prefix), 1, (short) 1).configs(topic.deadLetterSettings()));
            }
        }
        create(bootstrapServers, topics);
    }

    private static void create(String bootstrapServers, List<NewTopic> topics) {
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, (Object) bootstrapServers))) {
            for (var created : admin.createTopics(topics).values().entrySet()) {
                try {
                    created.getValue().get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw new IllegalStateException("cannot create topic " + created.getKey(), e);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topics", e);
        }
    }
}
