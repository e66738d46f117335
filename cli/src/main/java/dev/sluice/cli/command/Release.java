package dev.sluice.cli.command;

import dev.sluice.cli.Session;
import dev.sluice.cli.Stop;
import dev.sluice.schemas.message.CommandType;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code release} */
@Command(name = "release", description = "Lets automation start a revision again that a person went back from.")
final class Release implements Callable<Integer> {
    @Parameters(paramLabel = "APPLICATION", description = "Such as shop/checkout.")
    String application;

    @Option(
            names = "--revision",
            paramLabel = "REVISION",
            description = "This one alone; all that are held unless said.")
    String revision;

    @Mixin
    Asker asker;

    @Mixin
    Sending sending;

    private final Session session;

    Release(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Stop {
        try (var engine = session.engine()) {
            var command = asker.command(CommandType.RELEASE, Application.checked(application));
            if (revision != null) {
                command.put("revision", revision);
            }
            return sending.send(engine, command).exit().code();
        }
    }
}
