package dev.sluice.cli.command;

import dev.sluice.cli.Session;
import dev.sluice.cli.Stop;
import dev.sluice.schemas.message.Assessment.Ending;
import dev.sluice.schemas.message.CommandType;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code assess} */
@Command(
        name = "assess",
        description =
                "Says, looking back, whether a rollout was rightly rolled back or promoted. Moves nothing; a rollback"
                        + " that was wrong counts as a false abort, and the last word counts.")
final class Assess implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "APPLICATION", description = "Such as shop/checkout.")
    String application;

    @Parameters(
            index = "1",
            paramLabel = "ROLLOUT",
            description = "Id of a rollout that is over; `sluice history` lists them.")
    String rollout;

    @Parameters(
            index = "2",
            paramLabel = "wrong|right",
            description =
                    "wrong: what was rolled back was good, or what was promoted was bad. right: the other way round.")
    Ending ending;

    @Mixin
    Asker asker;

    @Mixin
    Sending sending;

    private final Session session;

    Assess(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Stop {
        try (var engine = session.engine()) {
            var command = asker.command(CommandType.ASSESS, Application.checked(application));
            command.putObject("assessment").put("rollout", rollout).put("ending", ending.word());
            return sending.send(engine, command).exit().code();
        }
    }
}
