package dev.sluice.deploy;

import dev.sluice.schemas.Topic;
import java.util.Map;
import java.util.TreeMap;

/** The topics as Strimzi's resources, with what the engine would create them with. */
final class TopicsFile {
    private static final String BETWEEN = "---\n";
    private static final int PARTITIONS = 6;
    private static final int ONE = 1;
    private static final int REPLICAS = 3;

    private final StringBuilder text = new StringBuilder();
    private String next = BETWEEN;

    private TopicsFile() {}

    static String write() {
        var file = new TopicsFile();
        file.text.append("""
                # All topics, for Strimzi's topic operator: kubectl apply -n kafka -f deploy/strimzi/topics.yaml, and topics.create=false in the
                # chart. Made from what the engine creates them with otherwise; a test holds it against that (StrimziTest).
                """);
        for (var topic : Topic.values()) {
            file.topic(topic.name(Topic.DEFAULT_PREFIX), PARTITIONS, topic.settings());
            if (topic.hasDeadLetters()) {
                file.topic(topic.deadLetters(Topic.DEFAULT_PREFIX), ONE, topic.deadLetterSettings());
            }
        }
        file.note("of the notifier: as many partitions as the topic of statuses has");
        file.topic(Topic.DEFAULT_PREFIX + "notifications", PARTITIONS, ofLedger());
        file.note("of the triggers, where CDEvents are told");
        file.topic(
                Topic.DEFAULT_PREFIX + "cdevents",
                PARTITIONS,
                Map.of("cleanup.policy", "delete", "retention.ms", "604800000"));
        return file.text.toString();
    }

    /** As the notifier would make it, whose own test holds it against that (LedgerTopicTest). */
    private static Map<String, String> ofLedger() {
        var settings = new TreeMap<>(Topic.STATUS.settings());
        settings.put("max.message.bytes", Integer.toString(4 << 20));
        return settings;
    }

    private void note(String words) {
        next = BETWEEN + "# " + words + "\n";
    }

    private void topic(String name, int partitions, Map<String, String> settings) {
        text.append(next).append("""
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaTopic
                metadata:
                  name: %s
                  labels: {strimzi.io/cluster: my-cluster}
                spec:
                  partitions: %d
                  replicas: %d
                  config:
                """.formatted(name, partitions, REPLICAS));
        new TreeMap<>(settings).forEach((key, value) -> text.append("    %s: %s\n".formatted(key, value)));
        next = BETWEEN;
    }
}
