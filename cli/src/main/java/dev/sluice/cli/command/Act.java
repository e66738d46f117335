package dev.sluice.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.Session;
import dev.sluice.cli.Stop;
import dev.sluice.cli.follow.StatusLine;
import dev.sluice.cli.output.Plain;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Status;
import java.util.function.Consumer;
import java.util.function.Predicate;
import picocli.CommandLine.Mixin;

/** Steers an application's rollout: what its commands have in common. */
final class Act {
    @Mixin
    Aim aim;

    @Mixin
    Asker asker;

    @Mixin
    Sending sending;

    private final Session session;

    Act(Session session) {
        this.session = session;
    }

    /** Sends it as it is, whatever runs. */
    int asSaid(CommandType type, Consumer<ObjectNode> more) throws Stop {
        try (var engine = session.engine()) {
            var command = command(type, more);
            aim.into(command);
            return sending.send(engine, command).exit().code();
        }
    }

    /** Sends it for the rollout that runs now, so that it can't act on the one that comes after it. */
    int onThisRollout(CommandType type, Consumer<ObjectNode> more) throws Stop {
        return asShown(type, status -> false, more);
    }

    /** Says first what it is about, and sends it for just that rollout and step. */
    int asShown(CommandType type, Predicate<Status> meant, Consumer<ObjectNode> more) throws Stop {
        try (var engine = session.engine()) {
            var command = command(type, more);
            var shown = aim.intoAsShown(engine, command, meant);
            if (shown != null) {
                aim.of(shown, meant)
                        .forEach(status -> session.progress()
                                .println(Plain.of(
                                        StatusLine.of(status, session.printer().colours()))));
            }
            return sending.send(engine, command).exit().code();
        }
    }

    private ObjectNode command(CommandType type, Consumer<ObjectNode> more) throws Stop {
        var command = asker.command(type, Application.checked(aim.application));
        more.accept(command);
        return command;
    }
}
