package dev.sluice.cli.command;

import dev.sluice.cli.Stop;
import dev.sluice.schemas.message.CommandType;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code resume} */
@Command(name = "resume", description = "Ends an operator's or an inconclusive pause.")
final class Resume implements Callable<Integer> {
    @Mixin
    Act act;

    @Override
    public Integer call() throws Stop {
        return act.onThisRollout(CommandType.RESUME, command -> {});
    }
}
