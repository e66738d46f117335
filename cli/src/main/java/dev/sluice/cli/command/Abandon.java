package dev.sluice.cli.command;

import dev.sluice.cli.Stop;
import dev.sluice.schemas.message.CommandType;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code abandon} */
@Command(name = "abandon", description = "Stops trying a rollback that can't be carried out.")
final class Abandon implements Callable<Integer> {
    @Mixin
    Act act;

    @Override
    public Integer call() throws Stop {
        return act.onThisRollout(CommandType.ABANDON, command -> {});
    }
}
