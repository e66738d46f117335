package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.Session;
import dev.sluice.cli.Stop;
import dev.sluice.cli.engine.Durations;
import dev.sluice.cli.engine.PastRollout;
import dev.sluice.cli.output.Table;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code history} */
@Command(name = "history", description = "Lists an application's rollouts, the newest first.")
final class History implements Callable<Integer> {
    @Parameters(paramLabel = "APPLICATION", description = "Such as shop/checkout.")
    String application;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many. ${DEFAULT-VALUE} unless said.")
    int limit;

    private final Session session;

    History(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Stop {
        try (var engine = session.engine()) {
            var past = engine.history(Application.checked(application), limit);
            if (past.isEmpty()) {
                throw Unknown.application(application);
            }
            session.printer().print(past, () -> table(past).toString());
            return Exit.DONE.code();
        }
    }

    private static Table table(List<PastRollout> past) {
        var table = new Table("ROLLOUT", "REVISION", "PHASE", "STARTED", "TOOK", "ACTOR", "ASSESSED", "WHY");
        for (var rollout : past) {
            var why = rollout.targets().stream()
                    .map(target -> target.target() + ": " + target.reason())
                    .collect(Collectors.joining("; "));
            table.row(
                    rollout.rollout(),
                    rollout.revision(),
                    rollout.phase(),
                    rollout.startedAt(),
                    rollout.endedAt() == null || rollout.startedAt() == null
                            ? null
                            : Durations.words(Duration.between(rollout.startedAt(), rollout.endedAt())),
                    rollout.actor(),
                    rollout.assessment() == null
                            ? null
                            : rollout.assessment().ending() + " by "
                                    + rollout.assessment().actor(),
                    why);
        }
        return table;
    }
}
