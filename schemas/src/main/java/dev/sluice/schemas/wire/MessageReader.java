package dev.sluice.schemas.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.check.DocumentSchema;
import dev.sluice.schemas.message.Cut;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Headers;

/**
 * Reads any record of a Sluice topic: CloudEvents in binary or structured mode, or plain JSON, with or without a
 * schema registry's prefix. Whatever the bytes are, the answer is a {@link Reading}; nothing is thrown. Thread-safe.
 */
public final class MessageReader {
    private static final int REASONS_SHOWN = 5;
    private static final int REASON_CHARS = 1000;
    private static final int ACTOR_CHARS = 256;

    private final Map<String, DocumentSchema> schemas = MessageType.ALL.stream()
            .collect(Collectors.toUnmodifiableMap(MessageType::schema, type -> DocumentSchema.named(type.schema())));

    private final ToIntFunction<MessageType<?>> newestForm;

    public MessageReader() {
        this(Forms::newest);
    }

    /** @param newestForm the highest that is read of a message: of another version, another one */
    MessageReader(ToIntFunction<MessageType<?>> newestForm) {
        this.newestForm = newestForm;
    }

    public <T> Reading<T> read(MessageType<T> type, byte[] value, Headers headers) {
        if (value == null) {
            return new Reading.Tombstone<>();
        }
        if (value.length > type.topic().maxBytes()) {
            return new Reading.Unreadable<>("%d bytes; %s takes at most %d"
                    .formatted(value.length, type.topic().word(), type.topic().maxBytes()));
        }
        try {
            var event = CloudEvent.from(value, headers);
            var later = newer(type, event.attributes());
            return later.isPresent() ? new Reading.Newer<>(later.get()) : message(type, event);
        } catch (UnacceptableJson e) {
            return new Reading.Unreadable<>(oneLine(e.getMessage()));
        } catch (JsonProcessingException e) {
            return new Reading.Unreadable<>(oneLine(e.getOriginalMessage()));
        }
    }

    private <T> Reading<T> message(MessageType<T> type, CloudEvent event)
            throws UnacceptableJson, JsonProcessingException {
        refuseOtherType(type, event.attributes().type());
        if (!(event.data() instanceof ObjectNode envelope)) {
            throw new UnacceptableJson("a JSON object is needed, not " + DocumentSchema.kindOf(event.data()));
        }
        if (type.equals(MessageType.COMMAND)) {
            completeCommand(envelope, event.attributes());
        }
        var problems = schemas.get(type.schema()).problems(envelope);
        if (!problems.isEmpty()) {
            var shown = problems.stream()
                    .limit(REASONS_SHOWN)
                    .map(problem -> (problem.pointer() + ": " + problem.message()
                                    + (problem.allowed().isEmpty() ? "" : " " + problem.allowed()))
                            .strip())
                    .collect(Collectors.joining("; "));
            var hidden = problems.size() - REASONS_SHOWN;
            throw new UnacceptableJson(hidden > 0 ? shown + "; and " + hidden + " more" : shown);
        }
        return new Reading.Message<>(StrictJson.toRecord(envelope, type.type()), event.attributes());
    }

    /**
     * What a later version of Sluice wrote is not for this one to judge (B42). Only what names a service of Sluice as its source
     * can hold a partition up; whoever else sends such attributes is told that nobody reads them.
     */
    private Optional<String> newer(MessageType<?> type, Attributes attributes) {
        if (attributes.source() == null || !attributes.source().startsWith(MessageWriter.OWN_SOURCES)) {
            return Optional.empty();
        }
        var known = newestForm.applyAsInt(type);
        if (attributes.format() > known) {
            return Optional.of("written in form " + attributes.format()
                    + " by a later version of Sluice; this one knows " + known + ": upgrade it");
        }
        var family = type.ceType().substring(0, type.ceType().lastIndexOf('v') + 1);
        var found = attributes.type();
        return found != null && found.startsWith(family) && isLater(found.substring(family.length()))
                ? Optional.of("ce_type is " + found + ", of a later version of Sluice; this one knows " + type.ceType()
                        + ": upgrade it")
                : Optional.empty();
    }

    private static boolean isLater(String version) {
        return version.matches("[1-9][0-9]{0,3}") && Integer.parseInt(version) > 1;
    }

    private static void refuseOtherType(MessageType<?> expected, String found) throws UnacceptableJson {
        // other tools' types say nothing about the value; our own do, and a later version may mean something else
        if (found != null && found.startsWith("dev.sluice.") && !found.equals(expected.ceType())) {
            throw new UnacceptableJson("ce_type is " + found + "; this topic carries " + expected.ceType());
        }
    }

    private static void completeCommand(ObjectNode command, Attributes attributes) {
        if (isAbsent(command.get("id")) && attributes.id() != null) {
            command.put("id", attributes.id());
        }
        if (isAbsent(command.get("actor")) && attributes.source() != null) {
            command.put("actor", Cut.to(ACTOR_CHARS, attributes.source()));
        }
    }

    private static boolean isAbsent(JsonNode node) {
        return node == null || node.isNull();
    }

    private static String oneLine(String text) {
        var line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() > REASON_CHARS ? Cut.to(REASON_CHARS, line) + "…" : line;
    }
}
