package dev.sluice.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.Stop;
import dev.sluice.cli.engine.Engine;
import dev.sluice.cli.engine.RolloutShown;
import dev.sluice.schemas.message.Status;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a command is about: an application, one of its targets, and the rollout and step that it is meant for. */
final class Aim {
    @Parameters(paramLabel = "APPLICATION", description = "Such as shop/checkout.")
    String application;

    @Option(names = "--target", paramLabel = "TARGET", description = "This target alone; all of them unless said.")
    String target;

    @Option(
            names = "--rollout",
            paramLabel = "ID",
            description = "Refused (exit code 3) unless this rollout is the one that runs.")
    String rollout;

    @Option(names = "--step", paramLabel = "N", description = "Refused (exit code 3) unless a target is at this step.")
    Integer step;

    void into(ObjectNode command) {
        if (target != null) {
            command.put("target", target);
        }
        expect(command, rollout, step);
    }

    /**
     * The same, for whoever acts on what they were shown: the rollout that runs now, and the step where all targets that can be
     * meant are at one.
     *
     * @param meant which of the targets the command can be for
     * @return what was shown; null where nothing is known, which the engine then says
     */
    RolloutShown intoAsShown(Engine engine, ObjectNode command, Predicate<Status> meant) throws Stop {
        into(command);
        var shown = engine.rollout(application).orElse(null);
        if (shown == null || shown.rollout() == null || rollout != null || shown.isOver()) {
            return shown;
        }
        expect(command, shown.rollout(), step != null ? step : oneStep(shown, meant));
        return shown;
    }

    private Integer oneStep(RolloutShown shown, Predicate<Status> meant) {
        var steps = of(shown, meant).stream().map(Status::step).distinct().toList();
        return steps.size() == 1 ? steps.getFirst() : null;
    }

    /** The targets that the command can be for. */
    List<Status> of(RolloutShown shown, Predicate<Status> meant) {
        return shown.targets().stream()
                .filter(status -> target == null || Objects.equals(status.target(), target))
                .filter(meant)
                .toList();
    }

    private static void expect(ObjectNode command, String rollout, Integer step) {
        if (rollout == null && step == null) {
            return;
        }
        var expect = command.putObject("expect");
        if (rollout != null) {
            expect.put("rollout", rollout);
        }
        if (step != null) {
            expect.put("step", step);
        }
    }
}
