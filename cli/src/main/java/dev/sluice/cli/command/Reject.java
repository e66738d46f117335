package dev.sluice.cli.command;

import dev.sluice.cli.Stop;
import dev.sluice.cli.follow.People;
import dev.sluice.schemas.message.CommandType;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code reject} */
@Command(name = "reject", description = "Answers an approval or judgement with no: rolls back at once.")
final class Reject implements Callable<Integer> {
    @Mixin
    Act act;

    @Option(names = "--force", description = "Even onto an active backend without a ready endpoint.")
    boolean force;

    @Override
    public Integer call() throws Stop {
        return act.asShown(CommandType.REJECT, People::asked, command -> command.put("force", force));
    }
}
