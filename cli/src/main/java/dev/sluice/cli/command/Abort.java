package dev.sluice.cli.command;

import dev.sluice.cli.Stop;
import dev.sluice.schemas.message.CommandType;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code abort}: nothing is asked first, for it has to work whatever else does not. */
@Command(name = "abort", description = "Takes all traffic back to the stable version now, whatever runs or waits.")
final class Abort implements Callable<Integer> {
    @Mixin
    Act act;

    @Option(names = "--force", description = "Even onto an active backend without a ready endpoint.")
    boolean force;

    @Override
    public Integer call() throws Stop {
        return act.asSaid(CommandType.ABORT, command -> command.put("force", force));
    }
}
