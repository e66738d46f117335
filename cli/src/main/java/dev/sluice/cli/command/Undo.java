package dev.sluice.cli.command;

import dev.sluice.cli.Session;
import dev.sluice.cli.Stop;
import dev.sluice.schemas.message.CommandType;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code undo} */
@Command(
        name = "undo",
        description = "Takes the last promotion back: all traffic to the backend that was active before.")
final class Undo implements Callable<Integer> {
    @Mixin
    Aim aim;

    @Mixin
    Begins begins;

    @Option(
            names = "--force",
            description = "Even onto an active backend without a ready endpoint, or to undo an undo.")
    boolean force;

    private final Session session;

    Undo(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Stop {
        var command = begins.asker.command(CommandType.UNDO, Application.checked(aim.application));
        aim.into(command);
        command.put("force", force);
        try (var engine = session.engine()) {
            return begins.begin(engine, command);
        }
    }
}
