package dev.sluice.cli.command;

import dev.sluice.cli.Stop;
import dev.sluice.schemas.message.CommandType;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code skip}: of the step that is shown. */
@Command(name = "skip", description = "Ends what the current step waits for.")
final class Skip implements Callable<Integer> {
    @Mixin
    Act act;

    @Override
    public Integer call() throws Stop {
        return act.asShown(CommandType.SKIP, status -> !status.phase().isFinal(), command -> {});
    }
}
