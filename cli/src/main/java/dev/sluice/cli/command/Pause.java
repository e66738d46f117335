package dev.sluice.cli.command;

import dev.sluice.cli.Stop;
import dev.sluice.schemas.message.CommandType;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pause} */
@Command(name = "pause", description = "Holds every step until somebody resumes; going back never waits.")
final class Pause implements Callable<Integer> {
    @Mixin
    Act act;

    @Override
    public Integer call() throws Stop {
        return act.onThisRollout(CommandType.PAUSE, command -> {});
    }
}
