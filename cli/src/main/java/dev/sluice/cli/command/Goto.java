package dev.sluice.cli.command;

import dev.sluice.cli.Stop;
import dev.sluice.schemas.message.CommandType;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code goto} */
@Command(name = "goto", description = "Enters a step anew, forward or back.")
final class Goto implements Callable<Integer> {
    @Mixin
    Act act;

    @Parameters(index = "1", paramLabel = "NUMBER", description = "The step, counted from 1.")
    int number;

    @Override
    public Integer call() throws Stop {
        return act.onThisRollout(CommandType.GOTO, command -> command.put("step", number));
    }
}
