package dev.sluice.schemas.contract;

import static dev.sluice.schemas.contract.Yaml.map;
import static dev.sluice.schemas.contract.Yaml.ref;

import java.util.List;
import java.util.Map;

/** What the triggers tell and hear in CDEvents, whose schemas are the specification's (https://github.com/cdevents/spec). */
final class CdEvents {
    static final String MESSAGE = "cdevent";

    private CdEvents() {}

    static Map<String, Object> told() {
        return map(
                "address", "{prefix}cdevents",
                "description",
                        "What rollouts come to, for other tools of continuous delivery. Off unless sluice.triggers.cdevents.tell is set; whoever turns it on creates the topic.",
                "servers", List.of(ref("#/servers/kafka")),
                "messages", map(MESSAGE, ref("#/components/messages/" + MESSAGE)),
                "parameters", AsyncApi.prefix());
    }

    static Map<String, Object> heard() {
        return map(
                "address", "{topic}",
                "description",
                        "What was published elsewhere, which may start rollouts. Off unless sluice.triggers.cdevents.hear is set.",
                "servers", List.of(ref("#/servers/kafka")),
                "messages", map(MESSAGE, ref("#/components/messages/" + MESSAGE)),
                "parameters",
                        map(
                                "topic",
                                map(
                                        "description", "The setting sluice.triggers.cdevents.topic.",
                                        "default", "cdevents")));
    }

    static Map<String, Object> message() {
        return map(
                "name",
                MESSAGE,
                "title",
                "CDEvent",
                "summary",
                "A CDEvent 0.5.1 in a CloudEvent of the same id, source, type, subject and time.",
                "contentType",
                "application/json",
                "headers",
                ref("#/components/schemas/cloudevent"),
                "payload",
                map(
                        "type", "object",
                        "required", List.of("context", "subject"),
                        "properties",
                                map(
                                        "context",
                                                object(
                                                        "Id, source, type, timestamp and, of what is told, the rollout as chainId."),
                                        "subject", object("What it is about, with its content."))),
                "bindings",
                Messages.key("rollout", "The rollout's id, of what is told; of what is heard, nobody looks at it."),
                "externalDocs",
                map("url", "https://github.com/cdevents/spec/tree/v0.5.1"));
    }

    private static Map<String, Object> object(String description) {
        return map("type", "object", "description", description);
    }
}
