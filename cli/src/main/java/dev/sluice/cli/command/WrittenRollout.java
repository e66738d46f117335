package dev.sluice.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.Exit;
import dev.sluice.cli.Session;
import dev.sluice.cli.Stop;
import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.RolloutFileReader.Overrides;
import dev.sluice.schemas.rollout.RolloutFileReader.Read;
import dev.sluice.schemas.rollout.RolloutPlan;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The rollout file that a command carries, and what it changes about it. */
final class WrittenRollout {
    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "The rollout file, YAML or JSON; - is standard input.")
    String file;

    @Option(
            names = "--context",
            paramLabel = "NAME=VALUE",
            description =
                    "A value for {{context.NAME}} in the file, which wins over its own; may be given several times.")
    Map<String, String> context;

    @Option(
            names = "--targets",
            paramLabel = "TARGET",
            split = ",",
            description = "Of the file's targets these alone; all of them unless said.")
    List<String> targets;

    private final Session session;

    WrittenRollout(Session session) {
        this.session = session;
    }

    JsonNode read() throws Stop {
        return WrittenFile.tree(session, file);
    }

    /** As it is checked here, by nobody else. */
    RolloutPlan plan() throws Stop {
        var values = context == null ? Map.<String, Object>of() : Map.<String, Object>copyOf(context);
        return switch (new RolloutFileReader().read(read(), new Overrides(values, targets))) {
            case Read.Valid valid -> valid.plan();
            case Read.Invalid invalid ->
                throw new Stop(
                        Exit.INVALID,
                        "The file " + file + " is not valid: correct what each line names",
                        invalid.problems());
        };
    }

    String application(JsonNode rollout) throws Stop {
        var application = rollout.path("application");
        if (!application.isTextual()) {
            throw new Stop(
                    Exit.INVALID, "The file " + file + " names no application: add `application: shop/checkout`");
        }
        return Application.checked(application.asText());
    }

    void into(ObjectNode command, JsonNode rollout) {
        command.set("rollout", rollout);
        if (context != null) {
            context.forEach(command.putObject("context")::put);
        }
        if (targets != null) {
            targets.forEach(command.putArray("targets")::add);
        }
    }
}
