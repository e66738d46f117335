package dev.sluice.triggers.core;

import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import java.util.List;

/** Commands without a file. */
final class Steering {
    private Steering() {}

    /** @param rollout the only one that is meant: no command of a resource is about another one's */
    static Command command(
            Subject subject, String id, CommandType type, boolean automated, String reason, String rollout) {
        return new Command(
                id,
                type,
                subject.wish().application(),
                null,
                subject.actor(),
                List.of(),
                reason,
                null,
                null,
                null,
                null,
                new Command.Expect(rollout, null),
                null,
                null,
                automated,
                null,
                null,
                false,
                false);
    }
}
