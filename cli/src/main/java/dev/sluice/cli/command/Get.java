package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.Session;
import dev.sluice.cli.Stop;
import dev.sluice.cli.follow.Picture;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code get} */
@Command(name = "get", description = "Shows where an application's rollout stands: targets, steps, weights, and why.")
final class Get implements Callable<Integer> {
    @Parameters(paramLabel = "APPLICATION", description = "Such as shop/checkout.")
    String application;

    private final Session session;

    Get(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Stop {
        try (var engine = session.engine()) {
            var shown = engine.rollout(Application.checked(application))
                    .orElseThrow(() -> Unknown.application(application));
            session.printer().print(shown, () -> new Picture(session.printer().colours()).of(shown));
            return Exit.DONE.code();
        }
    }
}
