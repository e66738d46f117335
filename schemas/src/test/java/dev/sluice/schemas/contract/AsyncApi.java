package dev.sluice.schemas.contract;

import static dev.sluice.schemas.contract.Yaml.map;
import static dev.sluice.schemas.contract.Yaml.ref;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.wire.MessageType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The AsyncAPI 3 document (https://www.asyncapi.com/docs/reference/specification/v3.0.0), made from topics, schemas and examples. */
final class AsyncApi {
    private static final String KAFKA_BINDING = "0.5.0";
    /** Where nothing else is set; the engine's tests hold it, and the rest of the bindings, against a broker. */
    private static final int PARTITIONS = 6;

    private static final String ABOUT = """
            Sluice moves live traffic from the stable to the canary version of a service, step by step, and takes it back when the
            canary is bad. Its services share nothing but these topics. Operations are those of Sluice's own services, each tagged
            with the one that does it: whoever else sends does so where a service receives, and reads where one sends.
            Values are JSON without a schema registry's prefix; what counts as a break is told in docs/contracts.md.
            """;

    private AsyncApi() {}

    static Map<String, Object> document() {
        return map(
                "asyncapi", "3.0.0",
                "id", "urn:dev:sluice:topics",
                "info", info(),
                "defaultContentType", "application/json",
                "servers", servers(),
                "channels", channels(),
                "operations", operations(),
                "components", components());
    }

    private static Map<String, Object> info() {
        return map(
                "title",
                "Sluice's topics",
                "version",
                "1.0.0",
                "description",
                ABOUT,
                "license",
                map("name", "Apache-2.0", "url", "https://www.apache.org/licenses/LICENSE-2.0.txt"),
                "tags",
                Arrays.stream(Service.values())
                        .map(service -> map("name", service.word(), "description", service.words))
                        .toList());
    }

    private static Map<String, Object> servers() {
        return map(
                "kafka",
                map(
                        "host", "{bootstrapServers}",
                        "protocol", "kafka",
                        "description", "The broker that all services share (kafka.bootstrap.servers).",
                        "variables",
                                map(
                                        "bootstrapServers",
                                        map(
                                                "default", "localhost:9092",
                                                "description", "Host and port of a broker."))));
    }

    private static Map<String, Object> channels() {
        var channels = new LinkedHashMap<String, Object>();
        for (var topic : Topic.values()) {
            channels.put(topic.word(), channel(topic));
        }
        for (var topic : Topic.values()) {
            if (topic.hasDeadLetters()) {
                channels.put(topic.word() + Topic.DEAD_LETTERS, deadLetters(topic));
            }
        }
        channels.put("cdevents", CdEvents.told());
        channels.put("cdevents-heard", CdEvents.heard());
        return channels;
    }

    private static Map<String, Object> channel(Topic topic) {
        var messages = map(message(topic), ref("#/components/messages/" + message(topic)));
        if (topic.isCompacted()) {
            messages.put("tombstone", ref("#/components/messages/tombstone"));
        }
        return map(
                "address", "{prefix}" + topic.word(),
                "description", Words.of(topic),
                "servers", List.of(ref("#/servers/kafka")),
                "messages", messages,
                "parameters", prefix(),
                "bindings",
                        kafka(map("partitions", PARTITIONS, "topicConfiguration", configuration(topic.settings()))));
    }

    private static Map<String, Object> deadLetters(Topic topic) {
        return map(
                "address", "{prefix}" + topic.word() + Topic.DEAD_LETTERS,
                "description",
                        "What nobody can read of " + topic.word() + ", unchanged; headers say why and where it stood.",
                "servers", List.of(ref("#/servers/kafka")),
                "messages", map("dead-letter", ref("#/components/messages/dead-letter")),
                "parameters", prefix(),
                "bindings",
                        kafka(map("partitions", 1, "topicConfiguration", configuration(topic.deadLetterSettings()))));
    }

    static Map<String, Object> prefix() {
        return map("prefix", ref("#/components/parameters/prefix"));
    }

    static Map<String, Object> kafka(Map<String, Object> binding) {
        binding.put("bindingVersion", KAFKA_BINDING);
        return map("kafka", binding);
    }

    /** Numbers as numbers, and the policy as a list, as the binding has them. */
    private static Map<String, Object> configuration(Map<String, String> settings) {
        var configuration = new LinkedHashMap<String, Object>();
        settings.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(setting -> {
            var value = setting.getValue();
            configuration.put(
                    setting.getKey(),
                    setting.getKey().equals("cleanup.policy")
                            ? List.of(value)
                            : value.matches("[0-9]+") ? (Object) Long.valueOf(value) : value);
        });
        return configuration;
    }

    private static Map<String, Object> operations() {
        var operations = new LinkedHashMap<String, Object>();
        for (var service : Service.values()) {
            service.receives.forEach(topic -> operations.put(
                    service.word() + ".receives." + topic.word(),
                    operation("receive", service, topic.word(), message(topic))));
            service.sends.forEach(topic -> operations.put(
                    service.word() + ".sends." + topic.word(),
                    operation("send", service, topic.word(), message(topic))));
            service.receives.forEach(topic -> {
                var letters = topic.word() + Topic.DEAD_LETTERS;
                if (topic.hasDeadLetters() && service.buries) {
                    operations.put(
                            service.word() + ".sends." + letters, operation("send", service, letters, "dead-letter"));
                }
            });
        }
        operations.put("triggers.sends.cdevents", operation("send", Service.TRIGGERS, "cdevents", CdEvents.MESSAGE));
        operations.put(
                "triggers.receives.cdevents-heard",
                operation("receive", Service.TRIGGERS, "cdevents-heard", CdEvents.MESSAGE));
        return operations;
    }

    private static Map<String, Object> operation(String action, Service service, String channel, String message) {
        return map(
                "action", action,
                "channel", ref("#/channels/" + channel),
                "tags", List.of(map("name", service.word())),
                "messages", List.of(ref("#/channels/" + channel + "/messages/" + message)));
    }

    private static String message(Topic topic) {
        return topic == Topic.METRICS_PLACED
                ? Messages.PLACED
                : Messages.on(topic).schema();
    }

    private static Map<String, Object> components() {
        var messages = new LinkedHashMap<String, Object>();
        MessageType.ALL.forEach(type -> messages.put(type.schema(), Messages.of(type)));
        messages.put(Messages.PLACED, Messages.placed());
        messages.put("tombstone", Messages.tombstone());
        messages.put("dead-letter", Messages.deadLetter());
        messages.put(CdEvents.MESSAGE, CdEvents.message());
        return map(
                "parameters",
                map(
                        "prefix",
                        map(
                                "description",
                                "The setting sluice.topics.prefix, the same for all services.",
                                "default",
                                Topic.DEFAULT_PREFIX)),
                "messages",
                messages,
                "schemas",
                map(
                        "cloudevent",
                        Messages.headers(List.of()),
                        "sluice-cloudevent",
                        Messages.headers(new ArrayList<>(Messages.ALWAYS))));
    }
}
