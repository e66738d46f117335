package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.Session;
import dev.sluice.cli.Stop;
import dev.sluice.cli.engine.Engine;
import dev.sluice.cli.follow.Lines;
import dev.sluice.cli.follow.Redrawn;
import dev.sluice.cli.follow.Sight;
import dev.sluice.cli.follow.Statuses;
import dev.sluice.cli.output.Format;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code watch} */
@Command(
        name = "watch",
        description = "Goes along with a rollout until it is over; the exit code says how it ended.",
        footer = "%nOn a terminal the picture is redrawn; elsewhere each change is a line, and with -o json a status"
                + " object.")
final class Watch implements Callable<Integer> {
    @Parameters(paramLabel = "APPLICATION", description = "Such as shop/checkout.")
    String application;

    @Option(names = "--rollout", paramLabel = "ID", description = "This one; the running or last one unless said.")
    String rollout;

    @Mixin
    Waiting waiting;

    private final Session session;

    Watch(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Stop {
        try (var engine = session.engine()) {
            var id = rollout == null ? current(engine) : rollout;
            return waiting.untilOver(engine, Application.checked(application), id, sight(), false)
                    .code();
        }
    }

    private String current(Engine engine) throws Stop {
        var shown =
                engine.rollout(Application.checked(application)).orElseThrow(() -> Unknown.application(application));
        if (shown.rollout() == null) {
            throw new Stop(Exit.ERROR, "Application " + application + " has no rollout: sluice start begins one");
        }
        return shown.rollout();
    }

    private Sight sight() {
        var here = session.here();
        var colours = session.printer().colours();
        if (session.format() != Format.table) {
            return new Statuses(session.printer(), here.err());
        }
        return here.terminal() ? new Redrawn(here.out(), colours) : new Lines(here.out(), colours);
    }
}
