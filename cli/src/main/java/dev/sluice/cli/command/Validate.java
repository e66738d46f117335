package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.Session;
import dev.sluice.cli.Stop;
import dev.sluice.cli.output.Problems;
import dev.sluice.schemas.message.Problem;
import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.RolloutFileReader.Overrides;
import dev.sluice.schemas.rollout.RolloutFileReader.Read;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code validate} */
@Command(
        name = "validate",
        description = "Says whether a rollout file is valid, and everything that is wrong with it; asks nobody.")
final class Validate implements Callable<Integer> {
    /** @param warnings what its author may not want */
    private record Shown(boolean valid, String application, List<Problem> problems, List<Problem> warnings) {}

    @Mixin
    WrittenRollout written;

    private final Session session;

    Validate(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Stop {
        var context = written.context == null ? Map.<String, Object>of() : Map.<String, Object>copyOf(written.context);
        return switch (new RolloutFileReader().read(written.read(), new Overrides(context, written.targets))) {
            case Read.Valid valid -> {
                var application = valid.plan().application();
                var shown = new Shown(true, application, List.of(), valid.warnings());
                session.printer().print(shown, () -> lines("valid: " + application, valid.warnings()));
                yield Exit.DONE.code();
            }
            case Read.Invalid invalid -> {
                var shown = new Shown(false, null, invalid.problems(), List.of());
                session.printer().print(shown, () -> lines("not valid", invalid.problems()));
                yield Exit.INVALID.code();
            }
        };
    }

    private static String lines(String first, List<Problem> problems) {
        return problems.isEmpty() ? first : first + "\n" + String.join("\n", Problems.lines(problems));
    }
}
