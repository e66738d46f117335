package dev.sluice.cli.command;

import dev.sluice.cli.Session;
import dev.sluice.cli.Stop;
import dev.sluice.schemas.message.CommandType;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code update} */
@Command(
        name = "update",
        description = "Lets the running rollout go on by another file: steps that have not begun, and limits.")
final class Update implements Callable<Integer> {
    @Mixin
    WrittenRollout written;

    @Mixin
    Asker asker;

    @Mixin
    Sending sending;

    @Option(
            names = "--rollout",
            paramLabel = "ID",
            description = "Refused (exit code 3) unless this rollout is the one that runs.")
    String rollout;

    private final Session session;

    Update(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Stop {
        var file = written.read();
        var command = asker.command(CommandType.UPDATE, written.application(file));
        written.into(command, file);
        if (rollout != null) {
            command.putObject("expect").put("rollout", rollout);
        }
        try (var engine = session.engine()) {
            return sending.send(engine, command).exit().code();
        }
    }
}
