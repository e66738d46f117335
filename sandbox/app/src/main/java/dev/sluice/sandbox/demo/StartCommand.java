package dev.sluice.sandbox.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The {@code start} command as any client writes it: plain JSON with the rollout file in it. */
public final class StartCommand {
    private final ObjectNode command;

    /** @param file the rollout file */
    public StartCommand(JsonNode file, String revision, String reason) {
        command = Json.mapper().createObjectNode();
        command.put("id", UUID.randomUUID().toString());
        command.put("type", "start");
        command.put("application", file.path("application").asText());
        command.put("actor", "sandbox");
        command.put("reason", reason);
        command.put("revision", revision);
        command.set("rollout", file);
    }

    /** Reads a rollout file from the class path. */
    public static JsonNode file(String resource) {
        try (var yaml = StartCommand.class.getResourceAsStream(resource)) {
            return new YAMLMapper().readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    /** Reads a rollout file of the checkout. */
    public static JsonNode file(Path path) {
        try {
            return new YAMLMapper().readTree(path.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    /** Becomes the rollout's id. */
    public String id() {
        return command.path("id").asText();
    }

    public ProducerRecord<byte[], byte[]> record() {
        return new ProducerRecord<>(
                Topic.COMMANDS.name(Topic.DEFAULT_PREFIX),
                command.path("application").asText().getBytes(StandardCharsets.UTF_8),
                command.toString().getBytes(StandardCharsets.UTF_8));
    }
}
