package dev.sluice.cli.command;

import dev.sluice.cli.Session;
import dev.sluice.cli.Stop;
import dev.sluice.schemas.message.CommandType;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code retry} */
@Command(name = "retry", description = "Begins the last rollout anew, where it did not pass.")
final class Retry implements Callable<Integer> {
    @Mixin
    Aim aim;

    @Mixin
    Begins begins;

    private final Session session;

    Retry(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Stop {
        var command = begins.asker.command(CommandType.RETRY, Application.checked(aim.application));
        aim.into(command);
        try (var engine = session.engine()) {
            return begins.begin(engine, command);
        }
    }
}
