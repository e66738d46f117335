package dev.sluice.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.Exit;
import dev.sluice.cli.Session;
import dev.sluice.cli.Stop;
import dev.sluice.cli.engine.Durations;
import dev.sluice.cli.engine.Engine;
import dev.sluice.cli.output.Plain;
import dev.sluice.cli.output.Problems;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Sends a command and tells what became of it. */
final class Sending {
    private final Session session;

    @Option(
            names = "--answer-within",
            paramLabel = "DURATION",
            converter = Durations.class,
            defaultValue = "30s",
            description = "How long to wait for what the command leads to. ${DEFAULT-VALUE} unless said.")
    Duration answerWithin;

    Sending(Session session) {
        this.session = session;
    }

    /** Tells it, too. */
    Outcome send(Engine engine, ObjectNode command) throws Stop {
        var outcome = quietly(engine, command);
        session.printer().print(outcome.shown(), outcome::words);
        return outcome;
    }

    /** For those who go on to tell something else: in words beside the data. */
    Outcome sendOnTheWay(Engine engine, ObjectNode command) throws Stop {
        var outcome = quietly(engine, command);
        session.progress().println(Plain.of(outcome.words()));
        return outcome;
    }

    private Outcome quietly(Engine engine, ObjectNode command) throws Stop {
        var application = command.path("application").asText();
        var id = command.path("id").asText();
        var warnings = engine.send(command);
        if (!warnings.isEmpty()) {
            session.progress().println("Warnings:");
            Problems.lines(warnings).forEach(session.progress()::println);
        }
        var decisions = engine.outcome(application, id, answerWithin);
        if (decisions.isEmpty()) {
            throw new Stop(
                    Exit.ERROR,
                    "Command " + id + " is taken, but nothing has followed from it within "
                            + Durations.words(answerWithin) + ": is the engine running? Ask again with the same"
                            + " --request-id " + id + ", which has no second effect");
        }
        return new Outcome(command.path("type").asText(), application, id, decisions);
    }
}
