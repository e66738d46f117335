package dev.sluice.engine.core.rule.command;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.state.Holding;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.message.Command;
import java.util.Objects;

/** {@code overrideFreeze}: past freezes and windows, for whoever bears a role for it and says why. */
final class FreezeOverride {
    private FreezeOverride() {}

    /** Null where the command may, or doesn't ask for it; going back needs no leave. */
    static String refusal(Draft d, Command command) {
        if (!isAsked(command)) {
            return null;
        }
        var roles = d.surroundings().overriders().stream().sorted().toList();
        if (roles.isEmpty()) {
            return "nobody may override freezes: name the roles that may in `sluice.freezes.override-roles`";
        }
        if (command.roles().stream().noneMatch(roles::contains)) {
            return "overrideFreeze needs one of the roles " + roles + "; " + command.actor() + " has "
                    + command.roles();
        }
        var hasReason = command.reason() != null && !command.reason().isBlank();
        return hasReason ? null : "overrideFreeze needs a `reason`, for the audit";
    }

    private static boolean isAsked(Command command) {
        return command.overrideFreeze()
                && switch (command.type()) {
                    case START, PROMOTE, APPROVE -> true;
                    case PAUSE, RESUME, REJECT, SKIP, ABORT, RETRY, UNDO, FINALIZE, UPDATE -> false;
                    case FREEZE, UNFREEZE, GOTO, RELEASE, ASSESS, ABANDON, DELETE -> false;
                };
    }

    /** An {@code approve} lets raises pass that wait for nothing else. @return whether there are any */
    static boolean freesRaises(Draft d, Command command) {
        if (!command.overrideFreeze()) {
            return false;
        }
        var waiting = Commands.chosen(d, command, FreezeOverride::isClosed);
        waiting.forEach(run -> give(d, command, run.name()));
        return !waiting.isEmpty();
    }

    private static boolean isClosed(TargetRun run) {
        return run.stage() instanceof Holding holding
                && switch (holding.cause()) {
                    case WINDOW, FREEZE -> true;
                    case SHARE, JUDGEMENT, LOCKSTEP -> false;
                };
    }

    /** What the command came to has leave: the rollout that it started, be it later, or the next raise of its targets. */
    static void take(Draft d, Command command) {
        if (!isAsked(command)) {
            return;
        }
        var done = d.decided().stream()
                .filter(Decision::stored)
                .filter(decision -> !(decision instanceof Decision.Rejected
                        || decision instanceof Decision.Ignored
                        || decision instanceof Decision.FreezeOverridden))
                .toList();
        if (done.stream().anyMatch(Decision.Started.class::isInstance)) {
            give(d, command, null);
        } else if (done.stream().anyMatch(Decision.Enqueued.class::isInstance)) {
            var words = "freezes and windows overridden, once rollout " + command.id() + " starts,";
            d.decide(new Decision.FreezeOverridden(null, Commands.asked(command, null, words), d.at(), true));
        } else {
            done.stream()
                    .map(Decision::target)
                    .filter(Objects::nonNull)
                    .distinct()
                    .filter(target -> d.run(target).position().isUnderWay())
                    .forEach(target -> give(d, command, target));
        }
    }

    private static void give(Draft d, Command command, String target) {
        var why = Commands.asked(command, null, "freezes and windows overridden");
        d.decide(new Decision.FreezeOverridden(target, why, d.at(), false));
    }
}
