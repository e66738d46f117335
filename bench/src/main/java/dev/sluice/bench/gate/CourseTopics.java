package dev.sluice.bench.gate;

import dev.sluice.sandbox.parts.SluiceTopics;
import dev.sluice.schemas.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;

/** The topics of a course, and whose clock tells the time of their metric events. */
final class CourseTopics {
    private static final String CREATE_TIME = "CreateTime";

    private CourseTopics() {}

    /** The topic's clock is the sender's, so that all runs have the same; the gate takes it for the broker's all the same. */
    static void make(Course course) throws InterruptedException {
        try (var admin = admin(course)) {
            var settings = new HashMap<>(Topic.METRICS.settings());
            settings.put(Topic.TIMESTAMPS, CREATE_TIME);
            var metrics = new NewTopic(course.topic(), course.partitions(), (short) 1).configs(settings);
            admin.createTopics(List.of(metrics)).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the topic cannot be made", e);
        }
        // the others; those that are there stay as they are
        SluiceTopics.create(course.bootstrapServers(), course.prefix(), course.partitions());
    }

    /** Until it is the broker's again, records have the time that their sender says: a past can be written at once. */
    static void sendersTellTheTime(Course course) throws InterruptedException {
        setTimestamps(course, CREATE_TIME);
    }

    static void brokerTellsTheTime(Course course) throws InterruptedException {
        setTimestamps(course, Topic.APPEND_TIME);
    }

    private static void setTimestamps(Course course, String whose) throws InterruptedException {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, course.topic());
        var set = new AlterConfigOp(new ConfigEntry(Topic.TIMESTAMPS, whose), AlterConfigOp.OpType.SET);
        try (var admin = admin(course)) {
            admin.incrementalAlterConfigs(Map.of(topic, List.of(set))).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the clock of %s cannot be changed".formatted(course.topic()), e);
        }
    }

    private static Admin admin(Course course) {
        return Admin.create(Map.of("bootstrap.servers", (Object) course.bootstrapServers()));
    }
}
