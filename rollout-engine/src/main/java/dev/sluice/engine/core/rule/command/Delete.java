package dev.sluice.engine.core.rule.command;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.Draft;
import dev.sluice.schemas.message.Command;
import java.util.List;

/** {@code delete}: forgets a finished application. */
final class Delete {
    private Delete() {}

    static void take(Draft d, Command command) {
        var expected = command.expect() == null ? null : command.expect().rollout();
        if (d.state().rollout() == null) {
            Commands.reject(
                    d, null, "nothing is known of application " + d.state().application(), List.of());
        } else if (command.target() != null) {
            Commands.reject(
                    d,
                    command.target(),
                    "'delete' forgets the whole application, not target " + command.target()
                            + " alone: leave `target` out",
                    List.of());
        } else if (command.expect() != null
                && (command.expect().step() != null || !d.state().rollout().id().equals(expected))) {
            var wanted = command.expect().step() == null
                    ? "rollout " + expected
                    : "step " + command.expect().step() + ", which 'delete' knows nothing of";
            Commands.reject(
                    d,
                    null,
                    "expected " + wanted + ", but the last rollout is "
                            + d.state().rollout().id() + ": " + Commands.now(d),
                    List.of());
        } else if (d.state().running()) {
            Commands.reject(
                    d, null, "a rollout is running: " + Commands.now(d) + "; wait for its end or abort it", List.of());
        } else {
            d.decide(new Decision.Deleted(why(null, "forgotten; its routes are free"), d.at()));
        }
    }
}
