package dev.sluice.engine.kafka;

import dev.sluice.schemas.Topic;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.jboss.logging.Logger;

/**
 * Has the compacted topics compacted soon, those of earlier versions too: whoever reads one at its start reads little more than
 * the last record of each key. What somebody has set on a topic stays, and nothing waits for this.
 */
final class Compaction {
    private static final Logger LOG = Logger.getLogger(Compaction.class);
    private static final List<String> SETTINGS =
            List.of(Topic.SEGMENT_MILLIS, Topic.COMPACTION_LAG_MILLIS, Topic.DIRTY_RATIO);

    private final Admin admin;
    private final String prefix;

    Compaction(Admin admin, String prefix) {
        this.admin = admin;
        this.prefix = prefix;
    }

    void prepare() {
        try {
            var topics =
                    Arrays.stream(Topic.values()).filter(Topic::isCompacted).toList();
            var found = Topics.await(
                    admin.describeConfigs(topics.stream().map(this::resource).toList())
                            .all());
            var changes = new HashMap<ConfigResource, Collection<AlterConfigOp>>();
            for (var topic : topics) {
                var unset = unset(topic, found.get(resource(topic))).toList();
                if (!unset.isEmpty()) {
                    changes.put(resource(topic), unset);
                }
            }
            if (!changes.isEmpty()) {
                Topics.await(admin.incrementalAlterConfigs(changes).all());
                changes.keySet().forEach(topic -> LOG.infof("Topic %s is compacted sooner from now on", topic.name()));
            }
        } catch (KafkaException e) {
            // a broker that is away is noticed by whatever is asked next
            LOG.infof(
                    "The settings of compacted topics can't be changed (%s): %s as Topic has them let a restart read less",
                    e.getMessage(), SETTINGS);
        }
    }

    private static Stream<AlterConfigOp> unset(Topic topic, Config config) {
        return SETTINGS.stream()
                .filter(name -> config.get(name).source() != ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .map(name -> new ConfigEntry(name, topic.settings().get(name)))
                .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET));
    }

    private ConfigResource resource(Topic topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic.name(prefix));
    }
}
