package dev.sluice.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.Exit;
import dev.sluice.cli.Session;
import dev.sluice.cli.Stop;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.wire.Json;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Who asks, why, and by which id: what every command that changes something carries. */
final class Asker {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    private final Session session;

    @Option(
            names = "--actor",
            paramLabel = "NAME",
            description =
                    "Who asks, for the audit; else SLUICE_ACTOR, else the user's name. Not needed with a token, which "
                            + "says so: another name is refused then.")
    String actor;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "A role of whoever asks, for approvals that need one; may be given several times. Not with a "
                    + "token, which brings its own.")
    List<String> roles;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for people; goes to the audit.")
    String reason;

    @Option(
            names = "--request-id",
            paramLabel = "ID",
            description =
                    "The command's id; else a new one. The same id again is one effect, so that a repeated call is "
                            + "safe.")
    String id;

    Asker(Session session) {
        this.session = session;
    }

    ObjectNode command(CommandType type, String application) throws Stop {
        if (id != null && !ID.matcher(id).matches()) {
            throw new Stop(Exit.INVALID, "--request-id takes 1 to 128 of A-Z a-z 0-9 . _ : -, not '" + id + "'");
        }
        var command = Json.mapper()
                .createObjectNode()
                .put("id", id == null ? UUID.randomUUID().toString() : id)
                .put("type", type.word())
                .put("application", application);
        actor().ifPresent(name -> command.put("actor", name));
        if (roles != null) {
            roles.forEach(command.putArray("roles")::add);
        }
        if (reason != null) {
            command.put("reason", reason);
        }
        return command;
    }

    /** Empty where a token says it. */
    private Optional<String> actor() throws Stop {
        var said = Optional.ofNullable(actor).or(() -> session.here().variable("SLUICE_ACTOR"));
        return said.isPresent() || session.showsToken()
                ? said
                : Optional.of(System.getProperty("user.name", "unknown"));
    }
}
