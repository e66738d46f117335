package dev.sluice.engine.core.rule.command;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.state.HeldRevisions.Held;
import dev.sluice.schemas.message.Command;
import java.util.List;

/** {@code release}: automation may start a revision again that a person went back from (B47). */
final class Release {
    private Release() {}

    static void take(Draft d, Command command) {
        if (command.target() != null || !command.targets().isEmpty() || command.expect() != null) {
            var words = "a revision is held for the whole application: leave `target`, `targets` and `expect` out";
            Commands.reject(d, null, words, List.of());
            return;
        }
        var held = d.state().held().revisions();
        var meant = held.stream()
                .filter(one -> command.revision() == null || command.revision().equals(one.revision()))
                .toList();
        if (meant.isEmpty()) {
            var what =
                    command.revision() == null ? "nothing is held" : "revision " + command.revision() + " is not held";
            var words = what + "; held are " + held.stream().map(Held::revision).toList();
            Commands.reject(d, null, words, List.of());
        }
        for (var one : meant) {
            var why = Commands.asked(command, null, "revision " + one.revision() + " released");
            d.decide(new Decision.RevisionReleased(why, d.at(), one.revision()));
        }
    }
}
