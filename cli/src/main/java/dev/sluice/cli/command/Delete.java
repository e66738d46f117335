package dev.sluice.cli.command;

import dev.sluice.cli.Session;
import dev.sluice.cli.Stop;
import dev.sluice.schemas.message.CommandType;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code delete} */
@Command(name = "delete", description = "Forgets an application whose rollout is over; its routes are free then.")
final class Delete implements Callable<Integer> {
    @Parameters(paramLabel = "APPLICATION", description = "Such as shop/checkout.")
    String application;

    @Option(
            names = "--rollout",
            paramLabel = "ID",
            description = "Refused (exit code 3) unless this is the last rollout.")
    String rollout;

    @Mixin
    Asker asker;

    @Mixin
    Sending sending;

    private final Session session;

    Delete(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Stop {
        try (var engine = session.engine()) {
            var command = asker.command(CommandType.DELETE, Application.checked(application));
            if (rollout != null) {
                command.putObject("expect").put("rollout", rollout);
            }
            return sending.send(engine, command).exit().code();
        }
    }
}
