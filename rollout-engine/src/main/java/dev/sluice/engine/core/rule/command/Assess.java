package dev.sluice.engine.core.rule.command;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.state.Rollout;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.Phase;
import java.util.List;
import java.util.Optional;

/** {@code assess}: whether a rollout that is over ended rightly. Moves nothing; the last word on a rollout counts. */
final class Assess {
    private Assess() {}

    static void take(Draft d, Command command) {
        var refusal = refusal(d, command);
        if (refusal != null) {
            Commands.reject(d, null, refusal, List.of());
            return;
        }
        var assessment = command.assessment();
        var phase = phase(d, assessment.rollout()).orElseThrow();
        var words = "that it was " + was(phase) + " was " + assessment.ending().word() + ", says " + command.actor();
        var why = Draft.why(null, command.reason() == null ? words : words + ": " + command.reason());
        d.decide(new Decision.Assessed(why, d.at(), assessment, command.actor(), phase));
    }

    /** Null where it may be said. */
    private static String refusal(Draft d, Command command) {
        if (command.automated()) {
            return "'assess' is a person's word, and this one says that it is automation's: leave `automated` out";
        }
        if (command.target() != null || !command.targets().isEmpty() || command.expect() != null) {
            return "'assess' is about a rollout as a whole: leave `target`, `targets` and `expect` out";
        }
        var rollout = command.assessment().rollout();
        var name = "rollout " + rollout + " of application " + d.state().application();
        if (d.state().queued() != null && d.state().queued().id().equals(rollout)) {
            return name + " has not begun: assess it when it is over";
        }
        var phase = phase(d, rollout);
        if (phase.isEmpty()) {
            return name + " is not known: the application's history has the ids of those that are";
        }
        if (!phase.get().isFinal()) {
            return name + " is " + phase.get().word() + ": assess it when it is over";
        }
        return was(phase.get()) == null
                ? name + " ended " + phase.get().word() + ": only one that was promoted or rolled back can be assessed"
                : null;
    }

    /** The last rollout's is in the state; those before it are not, and whoever loads the state looks them up. */
    private static Optional<Phase> phase(Draft d, String rollout) {
        return Optional.ofNullable(d.state().rollout())
                .filter(last -> last.id().equals(rollout))
                .map(Rollout::phase)
                .or(() -> Optional.ofNullable(d.surroundings().past().get(rollout)));
    }

    /** Null where nothing was judged. */
    private static String was(Phase phase) {
        return switch (phase) {
            case PROMOTED -> "promoted";
            case ROLLED_BACK -> "rolled back";
            default -> null;
        };
    }
}
