package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.Session;
import dev.sluice.cli.Stop;
import dev.sluice.cli.engine.Durations;
import dev.sluice.cli.engine.Engine;
import dev.sluice.cli.follow.Follow;
import dev.sluice.cli.follow.Lines;
import dev.sluice.cli.follow.People;
import dev.sluice.cli.follow.Sight;
import dev.sluice.cli.output.Plain;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How long a rollout is waited for, and what for. */
final class Waiting {
    private final Session session;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = Durations.class,
            description = "Give up waiting after this time (exit code 6); the rollout goes on. Never unless said.")
    Duration timeout;

    @Option(
            names = "--no-wait-approval",
            description = "Don't wait for people: end with exit code 7 once nothing goes on without one.")
    boolean noWaitApproval;

    Waiting(Session session) {
        this.session = session;
    }

    /** Tells how it goes beside the data, and how it ended as data. */
    Exit untilOver(Engine engine, String application, String rollout) throws Stop {
        return untilOver(
                engine,
                application,
                rollout,
                new Lines(session.progress(), session.printer().colours()),
                true);
    }

    /** @param ending whether its end is data too */
    Exit untilOver(Engine engine, String application, String rollout, Sight sight, boolean ending) throws Stop {
        var came = new Follow(engine, application, rollout, sight).untilOver(timeout, !noWaitApproval);
        return switch (came) {
            case Follow.Came.ToAnEnd end -> {
                if (ending) {
                    session.printer().print(end.ending().shown(), end.ending()::words);
                }
                yield end.ending().exit();
            }
            case Follow.Came.ToAPerson person -> {
                session.progress().println(Plain.of(People.words(person.shown())));
                yield Exit.AWAITS_PERSON;
            }
            case Follow.Came.TimeOver over -> {
                session.progress()
                        .println("Rollout " + rollout + " still runs after " + Durations.words(timeout)
                                + ": go on with sluice watch " + application + " --rollout " + rollout);
                yield Exit.TIMED_OUT;
            }
        };
    }
}
