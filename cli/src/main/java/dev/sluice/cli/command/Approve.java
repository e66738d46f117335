package dev.sluice.cli.command;

import dev.sluice.cli.Stop;
import dev.sluice.cli.follow.People;
import dev.sluice.schemas.message.CommandType;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code approve}: for the step that is shown, so that it can't approve a later one. */
@Command(name = "approve", description = "Answers the approvals or judgements that are waited for now: goes on.")
final class Approve implements Callable<Integer> {
    @Mixin
    Act act;

    @Option(
            names = "--override-freeze",
            description = "Past freezes and windows; needs a role that is configured for it, and a reason.")
    boolean overrideFreeze;

    @Override
    public Integer call() throws Stop {
        return act.asShown(
                CommandType.APPROVE, People::asked, command -> command.put("overrideFreeze", overrideFreeze));
    }
}
