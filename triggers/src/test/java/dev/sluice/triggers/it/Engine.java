package dev.sluice.triggers.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.Examples;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.wire.Json;
import dev.sluice.schemas.wire.MessageReader;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.MessageWriter;
import dev.sluice.schemas.wire.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** Stands where the engine is: sees the commands that come, and says what a test has it say. */
final class Engine implements AutoCloseable {
    static final Duration LIMIT = Duration.ofMinutes(1);

    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final MessageReader reader = new MessageReader();
    private final MessageWriter writer = new MessageWriter("sluice/rollout-engine", "rollout.");
    private final List<Command> commands = new ArrayList<>();
    private long version = System.currentTimeMillis();

    Engine(String brokers) {
        Map<String, Object> broker = Map.of("bootstrap.servers", brokers);
        producer = new KafkaProducer<>(broker, new ByteArraySerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(broker, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var partitions = consumer.partitionsFor("rollout.commands").stream()
                .map(one -> new TopicPartition(one.topic(), one.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    Stream<Command> commands(String application) {
        for (var record : consumer.poll(Duration.ofMillis(100))) {
            if (reader.read(MessageType.COMMAND, record.value(), record.headers())
                    instanceof Reading.Message<Command> read) {
                commands.add(read.message());
            }
        }
        return commands.stream().filter(command -> command.application().equals(application));
    }

    Command await(String application, String type) {
        return await(application, type, 1);
    }

    /** @param number how many different ones there are by then; the last of them is the answer */
    Command await(String application, String type, int number) {
        return Awaitility.await(type + " of " + application)
                .atMost(LIMIT)
                .until(() -> different(application, type), found -> found.size() >= number)
                .getLast();
    }

    List<Command> different(String application, String type) {
        var ids = new LinkedHashMap<String, Command>();
        commands(application)
                .filter(command -> command.type().word().equals(type))
                .forEach(command -> ids.putIfAbsent(command.id(), command));
        return List.copyOf(ids.values());
    }

    void says(Command start, Phase phase) {
        says(start, phase, json -> {});
    }

    void says(Command start, Phase phase, Consumer<ObjectNode> more) {
        var json = json("status", "analyzing");
        json.put("rollout", start.id())
                .put("application", start.application())
                .put("revision", start.revision())
                .put("phase", phase.word())
                .put("version", ++version)
                .put("updatedAt", Instant.now().toString());
        more.accept(json);
        var status = read(json, Status.class);
        send(writer.write(MessageType.STATUS, status, "s" + version, status.updatedAt()));
    }

    void refuses(Command command, String words) {
        decides(command, "Rejected", words);
    }

    void decides(Command command, String decision, String words) {
        tells(decision(command.application(), decision, words, command.type().word(), command.id()));
    }

    /** Somebody says {@code sluice release}. */
    void releases(String application, String revision) {
        var json = decision(application, "RevisionReleased", "released", "release", "release-" + ++version);
        json.putObject("before").put("held", revision);
        tells(json);
    }

    private ObjectNode decision(String application, String decision, String words, String type, String command) {
        var json = json("audit", "rejected");
        json.put("id", application + ":" + ++version)
                .put("decision", decision)
                .put("application", application)
                .put("reason", words)
                .put("time", Instant.now().toString())
                .putNull("rollout");
        json.withObject("/event").put("type", type).put("id", command);
        return json;
    }

    private void tells(ObjectNode json) {
        var audit = read(json, Audit.class);
        send(writer.write(MessageType.AUDIT, audit, audit.id(), audit.time()));
    }

    private static ObjectNode json(String type, String example) {
        return Examples.valid(type).stream()
                .filter(one -> one.path().endsWith("/" + example + ".json"))
                .map(one -> read(one.text()))
                .findFirst()
                .orElseThrow();
    }

    private static ObjectNode read(String text) {
        try {
            return (ObjectNode) Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T read(ObjectNode json, Class<T> type) {
        try {
            return Json.mapper().treeToValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        try {
            producer.send(record).get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
