package dev.sluice.engine.core.rule.command;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.state.Freeze;
import dev.sluice.schemas.message.Command;
import java.time.Instant;
import java.util.List;

/** {@code freeze}: no weight goes up, of any application or of those with these labels. Its id is the command's, unless it says one. */
final class Freezing {
    /** So many may stand at once: every decision looks at them. */
    private static final int MOST = 100;

    private Freezing() {}

    static void take(Draft d, Command command, Instant appendedAt) {
        var standing = d.state().freezes();
        var refusal = refusal(d, command);
        if (refusal != null) {
            Commands.reject(d, command.target(), refusal, List.of());
        } else if (standing.stream().anyMatch(freeze -> freeze.id().equals(id(command)))) {
            d.decide(new Decision.Ignored(null, why(null, "duplicate: it stands already"), d.at(), true));
        } else {
            var freeze = new Freeze(
                    id(command), command.labels(), command.actor(), command.reason(), appendedAt, command.until());
            d.decide(new Decision.Frozen(Commands.asked(command, null, "frozen"), d.at(), freeze));
        }
    }

    private static String id(Command command) {
        return command.freeze() == null ? command.id() : command.freeze();
    }

    private static String refusal(Draft d, Command command) {
        var misaddressed = misaddressed(d, command);
        if (misaddressed != null) {
            return misaddressed;
        }
        if (command.until() != null && !d.at().isBefore(command.until())) {
            return "it was to end at " + command.until() + ", and that is over";
        }
        // alerts may come by the hundred, and people are to have their say all the same
        var most = command.automated() ? MOST / 2 : MOST;
        var isFull = d.state().freezes().size() >= most;
        return isFull
                ? "there are " + most + " freezes already: 'unfreeze' one, or use `labels` that several share"
                : null;
    }

    /** Null where it is for all applications or those with labels, as {@code unfreeze} is too. */
    static String misaddressed(Draft d, Command command) {
        var word = "'" + command.type().word() + "'";
        if (!d.state().application().equals(Freeze.APPLICATION)) {
            return word + " is for application \"*\", all of them or those with `labels`; 'pause' holds one alone";
        }
        var names = command.target() != null || command.expect() != null;
        return names ? word + " knows nothing of targets and steps: leave `target` and `expect` out" : null;
    }
}
