package dev.sluice.cli.command;

import dev.sluice.cli.Stop;
import dev.sluice.schemas.message.CommandType;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code finalize} */
@Command(
        name = "finalize",
        description = "Says that the active workload runs the revision now: its traffic is handed back to it.")
final class Finalize implements Callable<Integer> {
    @Mixin
    Act act;

    @Override
    public Integer call() throws Stop {
        return act.onThisRollout(CommandType.FINALIZE, command -> {});
    }
}
