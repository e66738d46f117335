package dev.sluice.cli.command;

import dev.sluice.cli.Session;
import dev.sluice.cli.Stop;
import dev.sluice.cli.engine.Durations;
import dev.sluice.schemas.message.CommandType;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freeze} */
@Command(
        name = "freeze",
        description = "Lets no weight go up, of all rollouts or of those with the labels; going back never waits.")
final class Freeze implements Callable<Integer> {
    @Option(
            names = "--label",
            paramLabel = "NAME=VALUE",
            description =
                    "Only rollouts whose file has this label; may be given several times, and all have to be there.")
    Map<String, String> labels;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = Durations.class,
            description = "It lifts itself after this time.")
    Duration lasting;

    @Option(names = "--until", paramLabel = "TIME", description = "It lifts itself then, such as 2026-12-24T12:00:00Z.")
    Instant until;

    @Option(names = "--freeze", paramLabel = "ID", description = "Its id, to lift it by; the command's unless said.")
    String freeze;

    @Mixin
    Asker asker;

    @Mixin
    Sending sending;

    private final Session session;

    Freeze(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Stop {
        try (var engine = session.engine()) {
            var command = asker.command(CommandType.FREEZE, Application.ALL);
            if (labels != null) {
                labels.forEach(command.putObject("labels")::put);
            }
            if (until != null || lasting != null) {
                command.put("until", (until == null ? Instant.now().plus(lasting) : until).toString());
            }
            if (freeze != null) {
                command.put("freeze", freeze);
            }
            return sending.send(engine, command).exit().code();
        }
    }
}
