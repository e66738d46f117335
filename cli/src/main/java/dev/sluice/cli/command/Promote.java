package dev.sluice.cli.command;

import dev.sluice.cli.Stop;
import dev.sluice.schemas.message.CommandType;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code promote} */
@Command(name = "promote", description = "Takes all traffic to the canary, past every pause and analysis.")
final class Promote implements Callable<Integer> {
    @Mixin
    Act act;

    @Option(
            names = "--override-freeze",
            description = "Past freezes and windows; needs a role that is configured for it, and a reason.")
    boolean overrideFreeze;

    @Override
    public Integer call() throws Stop {
        return act.asShown(
                CommandType.PROMOTE,
                status -> !status.phase().isFinal(),
                command -> command.put("overrideFreeze", overrideFreeze));
    }
}
