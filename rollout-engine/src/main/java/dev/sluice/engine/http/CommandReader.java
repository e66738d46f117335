package dev.sluice.engine.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.access.Caller;
import dev.sluice.access.Forbidden;
import dev.sluice.schemas.check.DocumentSchema;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.Problem;
import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.RolloutFileReader.Overrides;
import dev.sluice.schemas.rollout.reader.YamlTree;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.StrictJson;
import dev.sluice.schemas.wire.UnacceptableJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * Reads a command as people and pipelines post it; stricter than the topic, since it can still ask back. Who sends it, and with which
 * roles, is the token's to say and never the body's.
 */
@ApplicationScoped
class CommandReader {
    private final DocumentSchema schema = DocumentSchema.named(MessageType.COMMAND.schema());
    private final RolloutFileReader files = new RolloutFileReader();

    sealed interface Read {
        /** @param warnings of its rollout file: what its author may not want */
        record Good(Command command, List<Problem> warnings) implements Read {}

        record NoDocument(String reason) implements Read {}

        /** @param warnings as of a good one */
        record Invalid(List<Problem> problems, List<Problem> warnings) implements Read {}
    }

    /** @throws Forbidden where the caller may not ask for it, or says to be somebody else */
    Read read(String text, Caller caller) {
        try {
            // JSON is read as JSON, for its own messages; YAML's flow style begins with the same brace
            var document = text.stripLeading().startsWith("{\"") ? StrictJson.parse(text) : YamlTree.parse(text);
            return document instanceof ObjectNode command
                    ? read(command, caller)
                    : new Read.NoDocument("A command is an object, not " + DocumentSchema.kindOf(document));
        } catch (UnacceptableJson e) {
            return new Read.NoDocument(e.getMessage());
        }
    }

    private Read read(ObjectNode document, Caller caller) throws UnacceptableJson {
        if (isAbsent(document.get("id"))) {
            document.put("id", UUID.randomUUID().toString());
        }
        var problems = schema.problems(document);
        if (!problems.isEmpty()) {
            return new Read.Invalid(problems, List.of());
        }
        var command = of(caller, document, StrictJson.toRecord(document, Command.class));
        caller.command(command);
        return command.type().takesFile() ? withFile(command) : new Read.Good(command, List.of());
    }

    /** Where nobody has to prove anything, everybody is believed. */
    private static Command of(Caller caller, ObjectNode document, Command command) {
        if (!caller.isProven()) {
            return command;
        }
        if (!isAbsent(document.get("actor")) && !command.actor().equals(caller.name())) {
            throw claims(
                    command,
                    "The body says that " + command.actor() + " sends it, and the token is of " + caller.name());
        }
        if (!command.roles().isEmpty()) {
            throw claims(
                    command, "The body names roles, and " + caller.name() + " has those of the token and the rules");
        }
        return command.by(caller.name(), caller.namedRoles(command.application()));
    }

    private static Forbidden claims(Command command, String words) {
        return new Forbidden(
                command.application(),
                command.type().word(),
                command.id(),
                words,
                "Leave `actor` and `roles` out: both come from the token");
    }

    /** The engine would reject an invalid file in the audit; here its sender is still there to be told. */
    private Read withFile(Command command) {
        return switch (files.read(command.rollout(), new Overrides(command.context(), command.targets()))) {
            case RolloutFileReader.Read.Valid valid -> new Read.Good(command, within(valid.warnings()));
            case RolloutFileReader.Read.Invalid invalid ->
                new Read.Invalid(within(invalid.problems()), within(invalid.warnings()));
        };
    }

    private static List<Problem> within(List<Problem> ofFile) {
        return ofFile.stream()
                .map(problem -> new Problem("/rollout" + problem.pointer(), problem.message(), problem.allowed()))
                .toList();
    }

    private static boolean isAbsent(JsonNode node) {
        return node == null || node.isNull();
    }
}
