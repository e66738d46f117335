package dev.sluice.cli.command;

import dev.sluice.cli.Session;
import dev.sluice.cli.Stop;
import dev.sluice.schemas.message.CommandType;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code unfreeze} */
@Command(name = "unfreeze", description = "Lifts a freeze by its id, or all with just these labels.")
final class Unfreeze implements Callable<Integer> {
    @Option(names = "--freeze", paramLabel = "ID", description = "This one; `sluice freezes` lists them.")
    String freeze;

    @Option(
            names = "--label",
            paramLabel = "NAME=VALUE",
            description = "Those that were put up with just these labels; without any, those over everything.")
    Map<String, String> labels;

    @Mixin
    Asker asker;

    @Mixin
    Sending sending;

    private final Session session;

    Unfreeze(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Stop {
        try (var engine = session.engine()) {
            var command = asker.command(CommandType.UNFREEZE, Application.ALL);
            if (labels != null) {
                labels.forEach(command.putObject("labels")::put);
            }
            if (freeze != null) {
                command.put("freeze", freeze);
            }
            return sending.send(engine, command).exit().code();
        }
    }
}
