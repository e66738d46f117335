package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.Session;
import dev.sluice.cli.Stop;
import dev.sluice.cli.engine.RolloutShown;
import dev.sluice.cli.follow.StatusLine;
import dev.sluice.cli.output.Table;
import dev.sluice.schemas.message.Phase;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code list} */
@Command(name = "list", description = "Lists applications with their running or last rollout, a line for each target.")
final class ListRollouts implements Callable<Integer> {
    @Option(names = "--phase", paramLabel = "PHASE", description = "Only those with a target in this phase.")
    String phase;

    private final Session session;

    ListRollouts(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Stop {
        var word = phase == null ? null : phaseWord();
        try (var engine = session.engine()) {
            var rollouts = engine.rollouts(word);
            session.printer().print(rollouts, () -> table(rollouts).toString());
            return Exit.DONE.code();
        }
    }

    private String phaseWord() throws Stop {
        return Stream.of(Phase.values())
                .map(Phase::word)
                .filter(word -> word.equalsIgnoreCase(phase))
                .findFirst()
                .orElseThrow(() -> new Stop(
                        Exit.INVALID,
                        "There is no phase " + phase + ": use one of "
                                + Stream.of(Phase.values()).map(Phase::word).collect(Collectors.joining(", "))));
    }

    private Table table(List<RolloutShown> rollouts) {
        var colours = session.printer().colours();
        var table = new Table("APPLICATION", "REVISION", "TARGET", "PHASE", "STEP", "WEIGHT", "SINCE", "REASON");
        for (var rollout : rollouts) {
            for (var status : rollout.targets()) {
                table.row(
                        rollout.application(),
                        rollout.revision(),
                        status.target(),
                        colours.of(status.phase()),
                        status.step() + "/" + status.steps(),
                        StatusLine.weight(status),
                        status.since(),
                        status.reason());
            }
        }
        return table;
    }
}
