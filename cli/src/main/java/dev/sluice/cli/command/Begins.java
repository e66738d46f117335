package dev.sluice.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.Exit;
import dev.sluice.cli.Session;
import dev.sluice.cli.Stop;
import dev.sluice.cli.engine.Engine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Begins a rollout, whose id is its command's, and stays with it where that is wanted. */
final class Begins {
    @Mixin
    Asker asker;

    @Mixin
    Sending sending;

    @Mixin
    Waiting waiting;

    @Option(
            names = {"-w", "--wait"},
            description = "Stay until this very rollout is over, and tell by the exit code how it ended.")
    boolean wait;

    private final Session session;

    Begins(Session session) {
        this.session = session;
    }

    int begin(Engine engine, ObjectNode command) throws Stop {
        if (!wait) {
            return sending.send(engine, command).exit().code();
        }
        var id = command.path("id").asText();
        session.progress().println("rollout " + id);
        var outcome = sending.sendOnTheWay(engine, command);
        return outcome.exit() == Exit.DONE
                ? waiting.untilOver(engine, outcome.application(), id).code()
                : outcome.exit().code();
    }
}
