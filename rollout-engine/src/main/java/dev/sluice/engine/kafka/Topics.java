package dev.sluice.engine.kafka;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.schemas.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;

/** The topics as the broker knows them: created where missing, told apart by their ids. */
@ApplicationScoped
public class Topics {
    private static final Logger LOG = Logger.getLogger(Topics.class);
    private static final int DEAD_LETTER_PARTITIONS = 1;

    private final KafkaSettings settings;
    private final EngineConfig.Topics config;
    private final Set<String> commands;

    Topics(KafkaSettings settings, EngineConfig config) {
        this.settings = settings;
        this.config = config.topics();
        this.commands = new TreeSet<>(config.commands().topics().keySet());
        this.commands.add(Topic.COMMANDS.name(this.config.prefix()));
    }

    /** Those that commands are read from. */
    Set<String> commands() {
        return commands;
    }

    /**
     * Creates what is missing and sets what is set wrongly, where the settings say so.
     *
     * @return what somebody has to do before the engine can work; empty when all is as it has to be
     * @throws KafkaException when the broker cannot be asked, or refuses
     */
    public Optional<String> prepare() {
        try (var admin = Admin.create(settings.admin())) {
            var there = await(admin.listTopics().names());
            var missing =
                    wanted().filter(topic -> !there.contains(topic.name())).toList();
            if (config.create()) {
                create(admin, missing);
                new Compaction(admin, config.prefix()).prepare();
            } else if (!missing.isEmpty()) {
                var names = missing.stream().map(NewTopic::name).toList();
                return Optional.of("topics " + names + "; somebody has to create them");
            }
            return commands.stream()
                    .flatMap(name -> timedBySenders(admin, name).stream())
                    .filter(topic -> !mend(admin, topic))
                    .findFirst()
                    .map(Topics::words);
        }
    }

    /**
     * A topic of commands where records' times are from their senders' clocks, by which nobody came first (B37). Not to
     * be allowed to ask is no reason to stand still.
     */
    private Optional<ConfigResource> timedBySenders(Admin admin, String commands) {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, commands);
        try {
            var setting = await(admin.describeConfigs(List.of(resource)).all())
                    .get(resource)
                    .get(Topic.TIMESTAMPS);
            return Topic.APPEND_TIME.equals(setting.value()) ? Optional.empty() : Optional.of(resource);
        } catch (AuthorizationException e) {
            LOG.warnf(
                    "The settings of topic %s may not be read (%s): make sure that it has %s=%s",
                    resource.name(), e.getMessage(), Topic.TIMESTAMPS, Topic.APPEND_TIME);
            return Optional.empty();
        }
    }

    private boolean mend(Admin admin, ConfigResource topic) {
        if (!config.create()) {
            return false;
        }
        var byAppendTime =
                new AlterConfigOp(new ConfigEntry(Topic.TIMESTAMPS, Topic.APPEND_TIME), AlterConfigOp.OpType.SET);
        try {
            await(admin.incrementalAlterConfigs(Map.of(topic, List.of(byAppendTime)))
                    .all());
        } catch (AuthorizationException e) {
            return false;
        }
        LOG.infof("Set %s=%s on topic %s", Topic.TIMESTAMPS, Topic.APPEND_TIME, topic.name());
        return true;
    }

    private static String words(ConfigResource topic) {
        return "topic %s to tell the broker's time; somebody has to set %s=%s on it"
                .formatted(topic.name(), Topic.TIMESTAMPS, Topic.APPEND_TIME);
    }

    private Stream<NewTopic> wanted() {
        var topics = Stream.of(Topic.values())
                .map(topic -> new NewTopic(topic.name(config.prefix()), config.partitions(), config.replication())
                        .configs(topic.settings()));
        // those of the other services' topics as well: a gate or an applier without one could not go on
        var deadLetters = Stream.of(Topic.values())
                .filter(Topic::hasDeadLetters)
                .map(topic -> new NewTopic(
                                topic.deadLetters(config.prefix()), DEAD_LETTER_PARTITIONS, config.replication())
                        .configs(topic.deadLetterSettings()));
        var others = commands.stream()
                .filter(name -> !name.equals(Topic.COMMANDS.name(config.prefix())))
                .map(name -> new NewTopic(name, config.partitions(), config.replication())
                        .configs(Topic.COMMANDS.settings()));
        return Stream.of(topics, deadLetters, others).flatMap(Function.identity());
    }

    private static void create(Admin admin, List<NewTopic> missing) {
        var answers = new ArrayList<>(admin.createTopics(missing).values().entrySet());
        for (var answer : answers) {
            try {
                await(answer.getValue());
                LOG.infof("Created topic %s", answer.getKey());
            } catch (TopicExistsException anotherInstanceWasFaster) {
                LOG.debugf("Topic %s was created meanwhile", answer.getKey());
            }
        }
    }

    /** Topic ids by name; a topic made anew under an old name has another one. */
    Map<String, String> ids(Collection<String> names) {
        try (var admin = Admin.create(settings.admin())) {
            return await(admin.describeTopics(names).allTopicNames()).entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            topic -> topic.getValue().topicId().toString()));
        }
    }

    /** How long the broker keeps commands, on the topic where it does the longest; empty where it keeps them for ever. */
    public Optional<Duration> commandRetention() {
        var resources = commands.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        try (var admin = Admin.create(settings.admin())) {
            var kept = await(admin.describeConfigs(resources).all()).values().stream()
                    .mapToLong(
                            config -> Long.parseLong(config.get("retention.ms").value()))
                    .summaryStatistics();
            return kept.getMin() < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(kept.getMax()));
        }
    }

    static <T> T await(org.apache.kafka.common.KafkaFuture<T> answer) {
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
