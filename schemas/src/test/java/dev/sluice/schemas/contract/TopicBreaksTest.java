package dev.sluice.schemas.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of break is made once, in the document itself. */
class TopicBreaksTest {
    private final JsonNode released = Yaml.read(Yaml.write(AsyncApi.document()));

    static Stream<Arguments> breaks() {
        var status = "/channels/status/bindings/kafka/topicConfiguration";
        var commands = "/channels/commands/bindings/kafka/topicConfiguration";
        return Stream.of(
                broken("a topic is gone", "/channels", all -> all.remove("verdicts"), "/channels/verdicts"),
                broken(
                        "a topic has another name",
                        "/channels/status",
                        each -> each.put("address", "{prefix}state"),
                        "/channels/status/address"),
                broken(
                        "a message doesn't come any more",
                        "/channels/status/messages",
                        all -> all.remove("tombstone"),
                        "/channels/status/messages/tombstone"),
                broken(
                        "another message may come",
                        "/channels/audit/messages",
                        all -> all.putObject("tombstone"),
                        "/channels/audit/messages/tombstone"),
                broken(
                        "another policy",
                        status,
                        each -> each.putArray("cleanup.policy").add("delete"),
                        status + "/cleanup.policy"),
                broken(
                        "another clock",
                        commands,
                        each -> each.remove("message.timestamp.type"),
                        commands + "/message.timestamp.type"),
                broken(
                        "smaller records",
                        commands,
                        each -> each.put("max.message.bytes", 1000),
                        commands + "/max.message.bytes"),
                broken("kept less long", commands, each -> each.put("retention.ms", 1000), commands + "/retention.ms"),
                broken(
                        "nobody sends it any more",
                        "/operations",
                        all -> all.remove("rollout-engine.sends.status"),
                        "/operations/rollout-engine.sends.status"),
                broken(
                        "sent where it was received",
                        "/operations/metrics-gate.receives.metrics",
                        each -> each.put("action", "send"),
                        "/operations/metrics-gate.receives.metrics/action"),
                broken(
                        "received elsewhere",
                        "/operations/metrics-gate.receives.metrics/channel",
                        each -> each.put("$ref", "#/channels/audit"),
                        "/operations/metrics-gate.receives.metrics/channel/$ref"),
                broken(
                        "a message is gone",
                        "/components/messages",
                        all -> all.remove("audit"),
                        "/components/messages/audit"),
                broken(
                        "another type",
                        "/components/messages/audit",
                        each -> each.put("name", "dev.sluice.audit.v2"),
                        "/components/messages/audit/name"),
                broken(
                        "another encoding",
                        "/components/messages/audit",
                        each -> each.put("contentType", "application/avro"),
                        "/components/messages/audit/contentType"),
                broken(
                        "another schema",
                        "/components/messages/audit/payload/schema",
                        each -> each.put("$ref", "./status.schema.json"),
                        "/components/messages/audit/payload"),
                broken(
                        "another key",
                        "/components/messages/audit/bindings/kafka/key",
                        each -> each.put("title", "rollout"),
                        "/components/messages/audit/bindings/kafka/key/title"),
                broken(
                        "a header is gone",
                        "/components/schemas/sluice-cloudevent/properties",
                        all -> all.remove("ce_id"),
                        "/components/messages/status/headers"),
                broken(
                        "a header need not be there",
                        "/components/schemas/sluice-cloudevent",
                        each -> ((ArrayNode) each.get("required")).remove(1),
                        "/components/messages/status/headers"),
                broken(
                        "others have to send a header",
                        "/components/schemas/cloudevent",
                        each -> each.putArray("required").add("ce_id"),
                        "/components/messages/command/headers"),
                broken(
                        "a dead letter says less",
                        "/components/messages/dead-letter/headers/properties",
                        all -> all.remove("sluice-error"),
                        "/components/messages/dead-letter/headers/sluice-error"));
    }

    private static Arguments broken(String what, String where, Consumer<ObjectNode> change, String at) {
        return Arguments.of(what, where, change, at);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breaks")
    void aDifferenceBreaksWhereItIs(String what, String where, Consumer<ObjectNode> change, String at) {
        // given
        var current = released.deepCopy();
        change.accept((ObjectNode) current.at(where));
        // then
        assertThat(TopicBreaks.between(released, current))
                .as(what)
                .extracting(Break::at)
                .contains(at);
    }

    @Test
    void whatIsNewBreaksNobody() {
        // given
        var current = (ObjectNode) released.deepCopy();
        ((ObjectNode) current.at("/channels")).putObject("another").put("address", "{prefix}another");
        ((ObjectNode) current.at("/operations"))
                .putObject("notifier.receives.audit")
                .put("action", "receive");
        ((ObjectNode) current.at("/components/schemas/cloudevent/properties")).putObject("ce_new");
        ((ObjectNode) current.at("/channels/commands/bindings/kafka")).put("partitions", 12);
        ((ObjectNode) current.at("/channels/audit/bindings/kafka/topicConfiguration"))
                .put("retention.ms", Long.MAX_VALUE);
        ((ObjectNode) current.at("/channels/audit")).put("description", "in other words");
        // then
        assertThat(TopicBreaks.between(released, current)).isEmpty();
    }
}
